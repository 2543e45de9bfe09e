#include "application_decoder.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "credentials_decoder.h"
#include "job_decoder.h"
#include "keys.h"
#include "scalar_fields.h"
#include "settings_decoder.h"

namespace syncwright {
namespace {

std::optional<std::map<std::string, std::string>> as_labels(const Field& field) {
  if (!field.expect_mapping()) return std::nullopt;
  std::map<std::string, std::string> labels;
  for (const Field& entry : Keys(field).all()) {
    if (auto value = as_text(entry)) labels[entry.name()] = std::move(*value);
  }
  return labels;
}

/// `by-name`, a service principal's id and {appId: ...} adopt a live application: a later
/// release's.
bool adopts_a_live_application(const YamlNode& node) {
  if (node.kind == YamlNode::Kind::mapping) return find_value(node, "appId") != nullptr;
  const auto is_id_character = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == '-';
  };
  const bool is_id =
      node.text.size() == 36 && std::all_of(node.text.begin(), node.text.end(), is_id_character);
  return is_id || node.text == "by-name";
}

std::optional<Adopt> as_adopt(const Field& field) {
  if (adopts_a_live_application(field.node())) {
    field.report("SW9002", "adopting a live application belongs to a later release",
                 "use refuse or never for now");
    return std::nullopt;
  }
  const auto mode =
      as_word<Adopt::Mode>({{"refuse", Adopt::Mode::refuse}, {"never", Adopt::Mode::never}})(field);
  if (!mode) return std::nullopt;
  return Adopt{*mode, {}, field.range()};
}

std::optional<Adopt> as_lifecycle(const Field& field) {
  if (!field.expect_mapping()) return std::nullopt;
  Keys keys(field);
  const auto adopt = keys.read("adopt", as_adopt);
  keys.later("protect");
  keys.later("previously");
  keys.done();
  return adopt;
}

void read_spec(const Field& field, DesiredApplication& application) {
  if (!field.expect_mapping()) return;
  Keys keys(field);
  application.gallery = keys.require("gallery", as_text).value_or(std::string());
  if (const auto gallery = keys.find("gallery")) application.gallery_where = gallery->range();
  application.display_name = keys.require("displayName", as_text).value_or(std::string());
  application.adopt = keys.read("lifecycle", as_lifecycle).value_or(Adopt{});
  keys.later("assignments", "assign users and groups by other means for now");
  application.scope =
      keys.read("scope", as_word<Scope>({{"assigned", Scope::assigned}, {"all", Scope::all}}));
  if (const auto scope = keys.find("scope")) application.scope_where = scope->range();
  application.credentials = keys.read("credentials", as_credentials);
  application.notifications = keys.read("notifications", as_notifications);
  application.deletions = keys.read("deletions", as_deletions);
  if (auto jobs = keys.read("jobs", as_jobs)) application.jobs = std::move(*jobs);
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

}  // namespace

std::optional<DesiredApplication> as_application(const Field& document) {
  Keys keys(document);
  DesiredApplication application;
  application.where = document.range();
  for (const char* key : {"apiVersion", "kind", "metadata", "spec"}) {
    if (!keys.has(key)) keys.report_missing(key, "SW1003");
  }
  if (const auto metadata = keys.find("metadata")) read_metadata(*metadata, application);
  if (const auto spec = keys.find("spec")) read_spec(*spec, application);
  keys.done();
  if (application.name.empty()) return std::nullopt;
  application.gallery_where =
      application.gallery_where.line == 0 ? application.where : application.gallery_where;
  application.scope_where =
      application.scope_where.line == 0 ? application.where : application.scope_where;
  return application;
}

}  // namespace syncwright
