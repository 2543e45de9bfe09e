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

void read_spec(const Field& field, DecodedApplication& decoded) {
  DesiredApplication& application = decoded.application;
  if (!field.expect_mapping()) return;
  Keys keys(field);
  application.gallery = keys.require("gallery", as_name_or_id).value_or(std::string());
  if (const auto gallery = keys.find("gallery")) application.gallery_where = gallery->range();
  application.display_name = keys.require("displayName", as_text).value_or(std::string());
  if (const auto lifecycle = keys.find("lifecycle")) read_lifecycle(*lifecycle, decoded);
  application.assignments = keys.read("assignments", as_assignments);
  application.scope =
      keys.read("scope", as_word<Scope>({{"assigned", Scope::assigned}, {"all", Scope::all}}));
  if (const auto scope = keys.find("scope")) application.scope_where = scope->range();
  application.credentials = keys.read("credentials", as_credentials);
  application.notifications = keys.read("notifications", as_notifications);
  application.deletions = keys.read("deletions", as_deletions);
  if (auto jobs = keys.read("jobs", as_jobs)) {
    application.jobs = std::move(jobs->jobs);
    decoded.includes = std::move(jobs->includes);
  }
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
    if (!keys.has(key)) keys.report_missing(key, "SW1003");
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
