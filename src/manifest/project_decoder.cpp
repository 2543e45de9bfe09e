#include "project_decoder.h"

#include <utility>

#include "expression_settings_decoder.h"
#include "guards_decoder.h"
#include "keys.h"
#include "scalar_fields.h"

namespace syncwright {
namespace {

std::optional<Project::Manifest> as_manifest_path(const Field& field) {
  auto path = as_text(field);
  if (!path) return std::nullopt;
  return Project::Manifest{std::move(*path), field.range()};
}

/// One path, or a list of them.
std::optional<std::vector<Project::Manifest>> as_manifest_paths(const Field& field) {
  if (field.node().kind == YamlNode::Kind::sequence) return as_list(as_manifest_path)(field);
  auto path = as_manifest_path(field);
  if (!path) return std::nullopt;
  return std::vector<Project::Manifest>{std::move(*path)};
}

void read_metadata(const Field& field, Project& project) {
  if (!field.expect_mapping()) return;
  Keys keys(field);
  if (auto name = keys.require("name", as_name)) project.name = std::move(*name);
  keys.done();
}

void read_spec(const Field& field, Project& project) {
  if (!field.expect_mapping()) return;
  Keys keys(field);
  if (auto paths = keys.read("manifests", as_manifest_paths)) {
    project.manifests = std::move(*paths);
  }
  if (auto environments = keys.read("environments", as_environments)) {
    project.environments = std::move(*environments);
  }
  project.guards = keys.read("guards", as_guards).value_or(Guards());
  project.severities = keys.read("severity", as_severities).value_or(Severities());
  project.expressions =
      keys.read("expressions", as_expression_settings).value_or(ExpressionSettings());
  keys.done();
}

}  // namespace

std::optional<Project> as_project(const Field& document) {
  Keys keys(document);
  Project project;
  for (const char* key : {"apiVersion", "kind", "metadata"}) {
    if (!keys.has(key)) keys.report_missing(key, "SW1003");
  }
  if (const auto metadata = keys.find("metadata")) read_metadata(*metadata, project);
  if (const auto spec = keys.find("spec")) read_spec(*spec, project);
  keys.done();
  return project;
}

}  // namespace syncwright
