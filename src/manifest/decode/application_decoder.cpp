#include "manifest/decode/application_decoder.h"

#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

#include "manifest/decode/application_settings_decoder.h"
#include "manifest/decode/credentials_decoder.h"
#include "manifest/decode/field.h"
#include "manifest/decode/job_decoder.h"
#include "manifest/decode/keys.h"
#include "syncwright/model/application_members.h"

namespace syncwright {
namespace {

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
    decoded.previously_where.push_back(std::move(earlier.where));
  }
}

/// Reads the keys of `spec` in the order of the table, one overload for each type of value.
class SpecReader {
 public:
  SpecReader(Keys& keys, DecodedApplication& decoded)
      : keys_(keys), decoded_(decoded), application_(decoded.application) {}

  void read() {
    for_each_application_member([this](const auto& row) {
      using Row = std::decay_t<decltype(row)>;
      if constexpr (is_application_text<Row>) {
        read_text(row);
      } else if constexpr (Row::place == ManifestPlace::spec) {
        read(row.name, application_.*row.value);
      } else if constexpr (Row::place == ManifestPlace::lifecycle) {
        if (std::exchange(has_lifecycle_, true)) return;
        if (const auto lifecycle = keys_.find("lifecycle")) read_lifecycle(*lifecycle, decoded_);
      }
    });
  }

 private:
  template <class Value>
  void read_text(const ApplicationText<Value>& row) {
    if constexpr (ApplicationText<Value>::is_optional) {
      application_.*row.value = keys_.read(row.name, as_text);
    } else {
      application_.*row.value = keys_.require(row.name, as_text).value_or(std::string());
    }
  }

  void read(const char* key, std::string& gallery) {
    gallery = keys_.require(key, as_name_or_id).value_or(std::string());
    if (const auto found = keys_.find(key)) application_.gallery_where = found->range();
  }
  void read(const char* key, std::optional<Scope>& scope) {
    scope = keys_.read(key, as_word<Scope>({{"assigned", Scope::assigned}, {"all", Scope::all}}));
    if (const auto found = keys_.find(key)) application_.scope_where = found->range();
  }
  void read(const char* key, std::optional<DesiredAssignments>& assignments) {
    assignments = keys_.read(key, as_assignments);
  }
  void read(const char* key, std::optional<DesiredCredentials>& credentials) {
    credentials = keys_.read(key, as_credentials);
  }
  void read(const char* key, std::optional<DesiredNotifications>& notifications) {
    notifications = keys_.read(key, as_notifications);
  }
  void read(const char* key, std::optional<DesiredDeletions>& deletions) {
    deletions = keys_.read(key, as_deletions);
  }
  void read(const char* key, std::vector<DesiredJob>& jobs) {
    auto found = keys_.read(key, as_jobs);
    if (!found) return;
    jobs = std::move(found->jobs);
    decoded_.includes = std::move(found->includes);
  }

  Keys& keys_;
  DecodedApplication& decoded_;
  DesiredApplication& application_;
  bool has_lifecycle_ = false;
};

void read_spec(const Field& field, DecodedApplication& decoded) {
  if (!field.expect_mapping()) return;
  Keys keys(field);
  SpecReader(keys, decoded).read();
  keys.done();
}

void read_metadata(const Field& field, DesiredApplication& application) {
  if (!field.expect_mapping()) return;
  Keys keys(field);
  application.name = keys.require("name", as_name).value_or(std::string());
  if (const auto name = keys.find("name")) application.where = name->range();
  if (auto labels = keys.read("labels", as_labels)) application.labels = std::move(*labels);
  keys.done();
}

DecodedApplication read_application(const Field& field, const std::vector<const char*>& required) {
  Keys keys(field);
  DecodedApplication decoded;
  DesiredApplication& application = decoded.application;
  application.where = field.range();
  for (const char* key : required) {
    if (!keys.has(key)) keys.report_missing(key, Code::SW1003);
  }
  if (const auto metadata = keys.find("metadata")) read_metadata(*metadata, application);
  if (const auto spec = keys.find("spec")) read_spec(*spec, decoded);
  keys.done();
  application.gallery_where =
      application.gallery_where.line == 0 ? application.where : application.gallery_where;
  application.scope_where =
      application.scope_where.line == 0 ? application.where : application.scope_where;
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

}  // namespace syncwright
