#include "manifest/decode/job_decoder.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "manifest/decode/customization_decoder.h"
#include "manifest/decode/field.h"
#include "manifest/decode/keys.h"
#include "manifest/yaml/text_check.h"

namespace syncwright {
namespace {

/// What the job is looked up by (docs/contract.md#4, "Which job").
std::string meaning_of(const DesiredJob& job) {
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

void read_schema(const Field& field, DesiredJob& job, std::vector<MappingSetInclude>& includes) {
  job.schema_where = field.key_range();
  auto schema = as_job_schema(field);
  if (!schema) return;
  job.schema = std::move(schema->customization);
  job.base_schema = std::move(schema->base);
  for (DecodedSchema::Include& include : schema->includes) {
    includes.push_back({job.key, std::move(include.set), std::move(include.where)});
  }
}

/// An empty mapping is fine here: it asks for a job and nothing else.
std::optional<DesiredJob> as_job(const Field& field, std::vector<MappingSetInclude>& includes) {
  DesiredJob job;
  job.key = field.name();
  job.where = job.state_where = job.schema_where = field.key_range();
  if (!is_job_key(job.key)) {
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
  job.state = keys.read(
      "state", as_word<JobState>({{"started", JobState::started}, {"paused", JobState::paused}}));
  if (const auto state = keys.find("state")) job.state_where = state->range();
  if (const auto schema = keys.find("schema")) read_schema(*schema, job, includes);
  keys.done();
  return job;
}

void report_duplicates(const std::vector<DesiredJob>& jobs, Diagnostics& diagnostics) {
  std::map<std::string, const DesiredJob*> seen;
  for (const DesiredJob& job : jobs) {
    const auto [first, added] = seen.emplace(meaning_of(job), &job);
    if (added) continue;
    diagnostics.add(
        Code::SW2010, job.where,
        fmt::format("`{}` and `{}` both mean {}", first->second->key, job.key, first->first),
        "join the two entries under one key");
  }
}

}  // namespace

std::optional<DecodedJobs> as_jobs(const Field& field) {
  if (!field.expect_mapping()) return std::nullopt;
  DecodedJobs decoded;
  std::vector<DesiredJob>& jobs = decoded.jobs;
  for (const Field& entry : Keys(field).all()) {
    if (auto job = as_job(entry, decoded.includes)) jobs.push_back(std::move(*job));
  }
  report_duplicates(jobs, field.source().diagnostics);
  std::sort(jobs.begin(), jobs.end(),
            [](const DesiredJob& left, const DesiredJob& right) { return left.key < right.key; });
  return decoded;
}

}  // namespace syncwright
