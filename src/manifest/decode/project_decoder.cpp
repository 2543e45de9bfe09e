#include "manifest/decode/project_decoder.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "manifest/decode/expression_settings_decoder.h"
#include "manifest/decode/guards_decoder.h"
#include "manifest/decode/keys.h"
#include "manifest/decode/scalar_fields.h"
#include "manifest/yaml/text_check.h"

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

struct FormerName {
  std::string name;
  SourceRange where;
};

std::optional<FormerName> as_former_name(const Field& field) {
  auto name = as_name(field);
  if (!name) return std::nullopt;
  return FormerName{std::move(*name), field.place()};
}

/// Keeps each name once. `name`: empty where it is at fault itself.
void read_former_names(std::vector<FormerName> former, const std::string& name, Project& project,
                       Diagnostics& diagnostics) {
  for (FormerName& each : former) {
    std::vector<std::string>& kept = project.previously;
    if (each.name == name) {
      diagnostics.add("SW1018", each.where, fmt::format("{} is its own earlier name", shown(name)),
                      "write the name that the project had before");
    } else if (std::find(kept.begin(), kept.end(), each.name) != kept.end()) {
      diagnostics.add("SW1018", each.where, fmt::format("{} occurs twice", shown(each.name)),
                      "remove one");
    } else {
      kept.push_back(std::move(each.name));
    }
  }
}

void read_metadata(const Field& field, Project& project) {
  if (!field.expect_mapping()) return;
  Keys keys(field);
  const auto name = keys.require("name", as_name);
  if (name) project.name = *name;
  if (auto former = keys.read("previously", as_list(as_former_name))) {
    read_former_names(std::move(*former), name.value_or(""), project, field.source().diagnostics);
  }
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

void check_named_project(const Project& project, const std::string& named, const SourceRange& file,
                         Diagnostics& diagnostics) {
  if (named.empty() || named == project.name) return;
  diagnostics.add(
      "SW1019", file,
      fmt::format("the project is {}, --project names {}", shown(project.name), shown(named)),
      "leave --project out: it is for a folder without syncwright.yaml");
}

}  // namespace syncwright
