#include "manifest/decode/environment_decoder.h"

#include <fmt/format.h>

#include <utility>

#include "manifest/decode/keys.h"
#include "manifest/decode/scalar_fields.h"
#include "manifest/variables.h"
#include "manifest/yaml/text_check.h"
#include "syncwright/core/suggestion.h"
#include "syncwright/model/desired.h"

namespace syncwright {
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

}  // namespace

std::optional<std::map<std::string, ProjectEnvironment>> as_environments(const Field& field) {
  if (!field.expect_mapping()) return std::nullopt;
  std::map<std::string, ProjectEnvironment> environments;
  for (const Field& entry : Keys(field).all()) {
    if (!is_manifest_name(entry.name())) {
      entry.report_key(
          "SW1006", fmt::format("{} is no name", shown(entry.name())),
          "use small letters, digits and hyphens, at most 63, a letter or digit first");
    }
    // One at fault is still declared: -e may name it without another fault.
    environments[entry.name()] = as_environment(entry).value_or(ProjectEnvironment());
  }
  return environments;
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
    diagnostics.add("SW2020", project, "the project has environments, and none is chosen",
                    fmt::format("add -e NAME, one of: {}", fmt::join(names, ", ")));
  } else if (names.empty()) {
    diagnostics.add("SW2021", project,
                    fmt::format("-e names {}, and the project has no environments", shown(chosen)),
                    "declare it under spec.environments of syncwright.yaml, or leave -e out");
  } else {
    const std::string hint = did_you_mean(chosen, names);
    diagnostics.add("SW2021", project,
                    fmt::format("-e names {}, which the project does not declare", shown(chosen)),
                    hint.empty() ? fmt::format("known: {}", fmt::join(names, ", ")) : hint);
  }
  return nullptr;
}

}  // namespace syncwright
