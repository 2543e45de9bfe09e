#include "manifest/decode/project_decoder.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "manifest/decode/field.h"
#include "manifest/decode/keys.h"
#include "manifest/interpolation.h"
#include "manifest/yaml/yaml_text.h"
#include "syncwright/core/text.h"
#include "syncwright/model/desired.h"

namespace syncwright::manifest {
namespace {

/// An empty mapping is fine here: it declares the environment and nothing else.
std::optional<ProjectEnvironment> as_environment(const Field& field) {
  ProjectEnvironment environment;
  environment.where = field.key_range();
  const YamlNode& node = field.node();
  if (node.kind == YamlNode::Kind::mapping && node.entries.empty()) return environment;
  if (!field.expect_mapping()) return std::nullopt;
  Keys keys(field);
  environment.tenant = keys.read("tenant", as_guid);
  environment.names_tenant = keys.has("tenant");
  environment.cloud =
      keys.read("cloud", as_word({"global", "usgov", "usgovdod", "china"})).value_or(std::string());
  if (environment.cloud == "global") environment.cloud.clear();
  if (const auto variables = keys.find("variables")) {
    read_variables(*variables, environment.variables);
  }
  environment.writers = keys.read("writers", as_list(as_text)).value_or(std::vector<std::string>());
  keys.done();
  return environment;
}

/// By name, which becomes part of tags and has the pattern of metadata.name.
std::optional<std::map<std::string, ProjectEnvironment>> as_environments(const Field& field) {
  if (!field.expect_mapping()) return std::nullopt;
  std::map<std::string, ProjectEnvironment> environments;
  for (const Field& entry : Keys(field).all()) {
    if (!model::is_manifest_name(entry.name())) {
      entry.report_key(
          Code::SW1006, fmt::format("{} is no name", quote_value(entry.name())),
          "use small letters, digits and hyphens, at most 63, a letter or digit first");
    }
    // One at fault is still declared: -e may name it without another fault.
    environments[entry.name()] = as_environment(entry).value_or(ProjectEnvironment());
  }
  return environments;
}

constexpr std::int64_t kMostGuarded = std::numeric_limits<std::int32_t>::max();

void read_removals(const Field& field, model::Guards& guards) {
  if (!field.expect_mapping()) return;
  Keys keys(field);
  guards.max_assignment_removals_percent =
      keys.read("percent", as_integer(0, 100)).value_or(guards.max_assignment_removals_percent);
  guards.max_assignment_removals_count = keys.read("count", as_integer(0, kMostGuarded))
                                             .value_or(guards.max_assignment_removals_count);
  keys.done();
}

/// What is left out keeps its default.
std::optional<model::Guards> as_guards(const Field& field) {
  if (!field.expect_mapping()) return std::nullopt;
  Keys keys(field);
  model::Guards guards;
  guards.max_deletes =
      keys.read("maxDeletes", as_integer(0, kMostGuarded)).value_or(guards.max_deletes);
  guards.max_updates_percent =
      keys.read("maxUpdatesPercent", as_integer(0, 100)).value_or(guards.max_updates_percent);
  if (const auto removals = keys.find("maxAssignmentRemovals")) read_removals(*removals, guards);
  guards.floor = keys.read("floor", as_integer(0, kMostGuarded)).value_or(guards.floor);
  guards.secrets_put =
      keys.read("secretsPut", as_word<model::SecretsPut>({{"complete", model::SecretsPut::complete},
                                                          {"merge", model::SecretsPut::merge}}))
          .value_or(guards.secrets_put);
  keys.done();
  return guards;
}

void report_unknown(const Field& entry) {
  std::vector<std::string> codes;
  for (const CatalogEntry& known : diagnostic_catalog()) codes.emplace_back(known.code);
  const std::string hint = did_you_mean(entry.name(), codes);
  entry.report_key(Code::SW2028,
                   fmt::format("{} is no code of a diagnostic", quote_value(entry.name())),
                   hint.empty() ? "syncwright explain lists them" : hint);
}

/// A code that is not in the catalog, and an error that must stay one (core/diagnostic_catalog.h),
/// are SW2028.
std::optional<Severities> as_severities(const Field& field) {
  if (!field.expect_mapping()) return std::nullopt;
  Severities severities;
  for (const Field& entry : Keys(field).all()) {
    const auto level = as_word<Severity>({{"error", Severity::error},
                                          {"warning", Severity::warning},
                                          {"note", Severity::note}})(entry);
    const CatalogEntry* known = find_catalog_entry(entry.name());
    if (known == nullptr) {
      report_unknown(entry);
    } else if (level && *level != Severity::error && !may_be_lowered(*known)) {
      entry.report(Code::SW2028, fmt::format("{} stays an error", known->code),
                   fmt::format("syncwright explain {} tells how to mend it", known->code));
    } else if (level) {
      severities.emplace(entry.name(), *level);
    }
  }
  return severities;
}

/// Whether FormatDateTime of an empty text fails: `error`, or `null`, which YAML takes for its own.
std::optional<bool> as_empty_date_fails(const Field& field) {
  if (field.node().kind == YamlNode::Kind::null) return false;
  return as_word<bool>({{"error", true}, {"null", false}})(field);
}

std::optional<ExpressionSettings> as_expression_settings(const Field& field) {
  if (!field.expect_mapping()) return std::nullopt;
  Keys keys(field);
  ExpressionSettings settings;
  const auto read_switch = [&keys](const char* key, bool& value) {
    value = keys.read(key, as_boolean).value_or(value);
  };
  expression::EvaluationSettings& evaluation = settings.evaluation;
  read_switch("coalesceSkipsEmpty", evaluation.coalesce_skips_empty);
  read_switch("splitTrims", evaluation.split_trims);
  read_switch("nullComparisonFails", evaluation.null_comparison_fails);
  read_switch("comparisonIgnoresCase", evaluation.comparison_ignores_case);
  read_switch("emptyJoinIsNull", evaluation.empty_join_is_null);
  evaluation.empty_date_fails =
      keys.read("formatDateTimeEmpty", as_empty_date_fails).value_or(evaluation.empty_date_fails);
  evaluation.branches_are_eager =
      keys.read("branches", as_word<bool>({{"lazy", false}, {"eager", true}}))
          .value_or(evaluation.branches_are_eager);
  evaluation.several_roles_fail =
      keys.read("severalRoles", as_word<bool>({{"first", false}, {"error", true}}))
          .value_or(evaluation.several_roles_fail);
  const auto as_rule =
      as_word<FilterNulls>({{"strict", FilterNulls::strict}, {"lenient", FilterNulls::lenient}});
  settings.scope_nulls = keys.read("scopeNullRule", as_rule).value_or(settings.scope_nulls);
  settings.input_nulls = keys.read("inputNullRule", as_rule).value_or(settings.input_nulls);
  keys.done();
  return settings;
}

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
      diagnostics.add(Code::SW1018, each.where,
                      fmt::format("{} is its own earlier name", quote_value(name)),
                      "write the name that the project had before");
    } else if (std::find(kept.begin(), kept.end(), each.name) != kept.end()) {
      diagnostics.add(Code::SW1018, each.where,
                      fmt::format("{} occurs twice", quote_value(each.name)), "remove one");
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
  project.guards = keys.read("guards", as_guards).value_or(model::Guards());
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
    if (!keys.has(key)) keys.report_missing(key, Code::SW1003);
  }
  if (const auto metadata = keys.find("metadata")) read_metadata(*metadata, project);
  if (const auto spec = keys.find("spec")) read_spec(*spec, project);
  keys.done();
  return project;
}

const ProjectEnvironment* choose_environment(
    const std::map<std::string, ProjectEnvironment>& environments, const std::string& chosen,
    const SourceRange& project, Diagnostics& diagnostics) {
  if (chosen.empty() && environments.empty()) return nullptr;
  const auto found = environments.find(chosen);
  if (found != environments.end()) return &found->second;
  std::vector<std::string> names;
  names.reserve(environments.size());
  for (const auto& [name, environment] : environments) names.push_back(name);
  if (chosen.empty()) {
    diagnostics.add(Code::SW2020, project, "the project has environments, and none is chosen",
                    fmt::format("add -e NAME, one of: {}", fmt::join(names, ", ")));
  } else if (names.empty()) {
    diagnostics.add(
        Code::SW2021, project,
        fmt::format("-e names {}, and the project has no environments", quote_value(chosen)),
        "declare it under spec.environments of syncwright.yaml, or leave -e out");
  } else {
    const std::string hint = did_you_mean(chosen, names);
    diagnostics.add(
        Code::SW2021, project,
        fmt::format("-e names {}, which the project does not declare", quote_value(chosen)),
        hint.empty() ? fmt::format("known: {}", fmt::join(names, ", ")) : hint);
  }
  return nullptr;
}

void check_named_project(const Project& project, const std::string& named, const SourceRange& file,
                         Diagnostics& diagnostics) {
  if (named.empty() || named == project.name) return;
  diagnostics.add(Code::SW1019, file,
                  fmt::format("the project is {}, --project names {}", quote_value(project.name),
                              quote_value(named)),
                  "leave --project out: it is for a folder without syncwright.yaml");
}

}  // namespace syncwright::manifest
