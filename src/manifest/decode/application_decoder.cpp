#include "manifest/decode/application_decoder.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "manifest/decode/application_settings_decoder.h"
#include "manifest/decode/credentials_decoder.h"
#include "manifest/decode/customization_decoder.h"
#include "manifest/decode/field.h"
#include "manifest/decode/keys.h"
#include "manifest/yaml/yaml_text.h"
#include "syncwright/model/application_members.h"

namespace syncwright::manifest {

namespace {

/// What the job is looked up by (docs/contract.md#4, "Which job").
std::string meaning_of(const model::DesiredJob& job) {
  if (job.job_id) return "the live job " + *job.job_id;
  if (job.template_id) return "the template " + *job.template_id;
  return job.key == "default" ? "the default template" : "the template " + job.key;
}

void check_id_or_template(Keys& keys) {
  const auto id = keys.find("id");
  if (!id || !keys.has("template")) return;
  id->report_key(Code::SW1012, "`template` and `id` exclude each other",
                 "id names a live job, template the kind of job: keep one");
}

/// A job that must not exist has neither state nor schema.
void check_absent_job(Keys& keys) {
  for (const char* key : {"state", "schema"}) {
    const auto found = keys.find(key);
    if (!found) continue;
    found->report_key(Code::SW1012, fmt::format("`absent` and `{}` exclude each other", key),
                      "remove one of them");
  }
}

void read_schema(const Field& field, model::DesiredJob& job,
                 std::vector<MappingSetInclude>& includes) {
  job.schema_where = field.key_range();
  auto schema = as_job_schema(field);
  if (!schema) return;
  job.schema = std::move(schema->customization);
  job.base_schema = std::move(schema->base);
  for (DecodedSchema::Include& include : schema->includes) {
    includes.push_back({job.key, std::move(include.set), include.where});
  }
}

/// An empty mapping is fine here: it asks for a job and nothing else.
std::optional<model::DesiredJob> as_job(const Field& field,
                                        std::vector<MappingSetInclude>& includes) {
  model::DesiredJob job;
  job.key = field.name();
  job.where = job.schema_where = field.key_range();
  if (!model::is_job_key(job.key)) {
    field.report_key(Code::SW1006, fmt::format("{} is no job key", quote_value(job.key)),
                     "use letters, digits, `.`, `_` and `-`; template: takes any template id");
  }
  const YamlNode& node = field.node();
  if (node.kind == YamlNode::Kind::mapping && node.entries.empty()) return job;
  if (node.kind == YamlNode::Kind::null) {
    field.report(Code::SW1004, fmt::format("`{}` is null", job.key),
                 "write {} to ask for the job and nothing else");
    return std::nullopt;
  }
  if (!field.expect_mapping()) return std::nullopt;
  Keys keys(field);
  job.template_id = keys.read("template", as_text);
  job.job_id = keys.read("id", as_name_or_id);
  check_id_or_template(keys);
  job.absent = keys.read("absent", as_absent).value_or(false);
  if (job.absent) check_absent_job(keys);
  job.state = keys.read("state", as_word<model::JobState>({{"started", model::JobState::started},
                                                           {"paused", model::JobState::paused}}));
  if (const auto state = keys.find("state")) job.state_where = state->range();
  if (const auto schema = keys.find("schema")) read_schema(*schema, job, includes);
  keys.done();
  return job;
}

void report_duplicates(const std::vector<model::DesiredJob>& jobs, Diagnostics& diagnostics) {
  std::map<std::string, const model::DesiredJob*> seen;
  for (const model::DesiredJob& job : jobs) {
    const auto [first, added] = seen.emplace(meaning_of(job), &job);
    if (added) continue;
    diagnostics.add(
        Code::SW2010, job.where,
        fmt::format("`{}` and `{}` both mean {}", first->second->key, job.key, first->first),
        "join the two entries under one key");
  }
}

struct DecodedJobs {
  std::vector<model::DesiredJob> jobs;      ///< sorted by key
  std::vector<MappingSetInclude> includes;  ///< of one job in its order
};

/// `spec.jobs`. Two keys that mean one job are SW2010.
std::optional<DecodedJobs> as_jobs(const Field& field) {
  if (!field.expect_mapping()) return std::nullopt;
  DecodedJobs decoded;
  std::vector<model::DesiredJob>& jobs = decoded.jobs;
  for (const Field& entry : Keys(field).all()) {
    if (auto job = as_job(entry, decoded.includes)) jobs.push_back(std::move(*job));
  }
  report_duplicates(jobs, field.source().diagnostics);
  std::sort(jobs.begin(), jobs.end(),
            [](const model::DesiredJob& left, const model::DesiredJob& right) {
              return left.key < right.key;
            });
  return decoded;
}

/// Empty where a cell is: `--selector team=` asks for it.
std::optional<std::string> as_label(const Field& field) {
  const bool is_empty = field.node().kind == YamlNode::Kind::scalar && field.text().empty() &&
                        field.node().style != YamlNode::Style::unresolved;
  return is_empty ? std::string() : as_text(field);
}

std::optional<std::map<std::string, std::string>> as_labels(const Field& field) {
  if (!field.expect_mapping()) return std::nullopt;
  std::map<std::string, std::string> labels;
  for (const Field& entry : Keys(field).all()) {
    if (auto value = as_label(entry)) labels[entry.name()] = std::move(*value);
  }
  return labels;
}

void read_lifecycle(const Field& field, DecodedApplication& decoded) {
  auto lifecycle = as_lifecycle(field);
  if (!lifecycle) return;
  decoded.application.adopt = std::move(lifecycle->adopt);
  decoded.application.protect = lifecycle->protect;
  for (DecodedLifecycle::EarlierName& earlier : lifecycle->previously) {
    decoded.application.previously.push_back(std::move(earlier.name));
    decoded.previously_where.push_back(earlier.where);
  }
}

/// Reads the keys of `spec` in the order of the table, one overload for each type of value.
class SpecReader {
 public:
  SpecReader(Keys& keys, DecodedApplication& decoded)
      : keys_(keys), decoded_(decoded), application_(decoded.application) {}

  void read() {
    model::for_each_application_member([this](const auto& row) {
      using Row = std::decay_t<decltype(row)>;
      if constexpr (model::is_application_text<Row>) {
        read_text(row);
      } else if constexpr (Row::place == model::ManifestPlace::spec) {
        read(row.name, application_.*row.value);
      } else if constexpr (Row::place == model::ManifestPlace::lifecycle) {
        if (std::exchange(has_lifecycle_, true)) return;
        if (const auto lifecycle = keys_.find("lifecycle")) read_lifecycle(*lifecycle, decoded_);
      }
    });
  }

 private:
  template <class Value>
  void read_text(const model::ApplicationText<Value>& row) {
    if constexpr (model::ApplicationText<Value>::is_optional) {
      application_.*row.value = keys_.read(row.name, as_text_within(row.most));
    } else {
      application_.*row.value =
          keys_.require(row.name, as_text_within(row.most)).value_or(std::string());
    }
  }

  void read(const char* key, SharedText& gallery) {
    gallery = keys_.require(key, as_name_or_id).value_or(std::string());
    if (const auto found = keys_.find(key)) application_.gallery_where = found->range();
  }
  void read(const char* key, std::optional<model::Scope>& scope) {
    scope = keys_.read(key, as_word<model::Scope>({{"assigned", model::Scope::assigned},
                                                   {"all", model::Scope::all}}));
    if (const auto found = keys_.find(key)) application_.scope_where = found->range();
  }
  void read(const char* key, Rare<model::DesiredAssignments>& assignments) {
    assignments = keys_.read(key, as_assignments);
  }
  void read(const char* key, Rare<model::DesiredCredentials>& credentials) {
    credentials = keys_.read(key, as_credentials);
  }
  void read(const char* key, Rare<model::DesiredNotifications>& notifications) {
    notifications = keys_.read(key, as_notifications);
  }
  void read(const char* key, Rare<model::DesiredDeletions>& deletions) {
    deletions = keys_.read(key, as_deletions);
  }
  void read(const char* key, std::vector<model::DesiredJob>& jobs) {
    auto found = keys_.read(key, as_jobs);
    if (!found) return;
    jobs = std::move(found->jobs);
    decoded_.includes = std::move(found->includes);
  }

  Keys& keys_;
  DecodedApplication& decoded_;
  model::DesiredApplication& application_;
  bool has_lifecycle_ = false;
};

void read_spec(const Field& field, DecodedApplication& decoded) {
  if (!field.expect_mapping()) return;
  Keys keys(field);
  SpecReader(keys, decoded).read();
  keys.done();
}

void read_metadata(const Field& field, model::DesiredApplication& application) {
  if (!field.expect_mapping()) return;
  Keys keys(field);
  application.name = keys.require("name", as_name).value_or(std::string());
  if (const auto name = keys.find("name")) application.where = name->range();
  auto labels = keys.read("labels", as_labels);
  if (labels && !labels->empty()) application.labels = std::move(*labels);
  keys.done();
}

DecodedApplication read_application(const Field& field, const std::vector<const char*>& required) {
  Keys keys(field);
  DecodedApplication decoded;
  model::DesiredApplication& application = decoded.application;
  application.where = field.range();
  for (const char* key : required) {
    if (!keys.has(key)) keys.report_missing(key, Code::SW1003);
  }
  if (const auto metadata = keys.find("metadata")) read_metadata(*metadata, application);
  if (const auto spec = keys.find("spec")) read_spec(*spec, decoded);
  keys.done();
  application.gallery_where =
      application.gallery_where.line == 0 ? application.where : application.gallery_where;
  return decoded;
}

}  // namespace

std::optional<DecodedApplication> as_application(const Field& document) {
  return read_application(document, {"apiVersion", "kind", "metadata", "spec"});
}

std::optional<DecodedApplication> as_generated_application(const Field& filled) {
  if (!filled.expect_mapping()) return std::nullopt;
  return read_application(filled, {"metadata", "spec"});
}

}  // namespace syncwright::manifest
