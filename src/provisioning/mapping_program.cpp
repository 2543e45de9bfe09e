#include "syncwright/provisioning/mapping_program.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "provisioning/attribute_flow.h"
#include "syncwright/core/ascii.h"

// An object mapping of Graph is made of texts: expressions, flow types, filter operators. A program
// is what is left when all of them are read once (docs/graph.md#10.1, docs/expressions.md#5), so
// that a cycle over many objects does no reading, and every problem is told before the first
// object. What is hard is the defaults: an absent member and an unknown word differ. An unknown
// flow type that were taken for `Always` would overwrite what the mapping was meant to set at
// creation alone.

namespace syncwright {
namespace {

using Problems = std::vector<std::string>;

constexpr std::size_t kMaxAttributeMappings = 10'000;

void read_flow_type(std::string_view word, MappingProgram& program, Problems& problems) {
  if (word == "Add") {
    program.adds = true;
  } else if (word == "Update") {
    program.updates = true;
  } else if (word == "Delete") {
    program.deletes = true;
  } else if (word != "None") {
    problems.push_back(unknown_word("flowTypes", word, {"Add", "Update", "Delete", "None"}));
  }
}

/// Flags joined by commas, with or without blanks (docs/graph.md#13.30); absent is all of them.
void read_flow_types(const Json& json, MappingProgram& program, Problems& problems) {
  if (json.is_null()) return;
  if (!json.is_string()) {
    problems.emplace_back("flowTypes must be a text such as \"Add, Update, Delete\"");
    return;
  }
  program.adds = program.updates = program.deletes = false;
  std::string_view rest = json.get_ref<const std::string&>();
  while (!ascii::trim(rest).empty()) {
    const std::size_t comma = std::min(rest.find(','), rest.size());
    read_flow_type(ascii::trim(rest.substr(0, comma)), program, problems);
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
}

ScopingFilter read_filter(const Json& scope, const char* key, Problems& problems) {
  auto filter = ScopingFilter::compile(member_or_null(scope, key));
  if (filter) return std::move(*filter);
  problems.push_back(fmt::format("scope.{}: {}", key, filter.error()));
  return {};
}

void read_scope(const Json& scope, MappingProgram& program, Problems& problems) {
  if (!scope.is_null() && !scope.is_object()) {
    problems.emplace_back("scope must be an object");
    return;
  }
  program.scope = read_filter(scope, "groups", problems);
  program.input_filter = read_filter(scope, "inputFilterGroups", problems);
  program.category_filter = read_filter(scope, "categoryFilterGroups", problems);
}

/// `attributeMappings[3] (userName)`
std::string mapping_name(std::size_t index, const Json& mapping) {
  const std::string target = string_or(mapping, "targetAttributeName");
  return fmt::format("attributeMappings[{}]{}", index,
                     target.empty() ? "" : fmt::format(" ({})", target));
}

void read_flows(const Json& mappings, MappingProgram& program, Problems& problems) {
  if (!mappings.is_array() && !mappings.is_null()) {
    problems.emplace_back("attributeMappings must be a list");
    return;
  }
  if (mappings.size() > kMaxAttributeMappings) {
    problems.push_back(fmt::format("more than {} attributeMappings", kMaxAttributeMappings));
    return;
  }
  program.flows.reserve(mappings.size());
  for (std::size_t at = 0; at < mappings.size(); ++at) {
    auto flow = compile_flow(mappings[at], program.settings.evaluation);
    if (flow) {
      program.flows.push_back(std::move(*flow));
      continue;
    }
    for (const std::string& problem : flow.error()) {
      problems.push_back(mapping_name(at, mappings[at]) + ": " + problem);
    }
  }
}

void index_flows(MappingProgram& program) {
  const std::vector<AttributeFlow>& flows = program.flows;
  for (std::size_t at = 0; at < flows.size(); ++at) {
    if (flows[at].matching_priority > 0) program.matching.push_back(at);
    if (flows[at].reads_activity && !program.activity) program.activity = at;
  }
  std::stable_sort(program.matching.begin(), program.matching.end(),
                   [&flows](std::size_t left, std::size_t right) {
                     return flows[left].matching_priority < flows[right].matching_priority;
                   });
}

}  // namespace

tl::expected<MappingProgram, std::vector<std::string>> MappingProgram::compile(
    const Json& object_mapping, const ProvisioningSettings& settings) {
  if (!object_mapping.is_object()) {
    return tl::unexpected(Problems{"an object mapping must be an object"});
  }
  Problems problems;
  MappingProgram program;
  program.settings = settings;
  program.source_object_name = string_or(object_mapping, "sourceObjectName");
  program.target_object_name = string_or(object_mapping, "targetObjectName");
  program.enabled = bool_or(object_mapping, "enabled", true);
  read_flow_types(member_or_null(object_mapping, "flowTypes"), program, problems);
  read_scope(member_or_null(object_mapping, "scope"), program, problems);
  read_flows(member_or_null(object_mapping, "attributeMappings"), program, problems);
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  index_flows(program);
  return program;
}

std::vector<std::string> MappingProgram::source_attributes() const {
  std::vector<std::string> names;
  for (const ScopingFilter* filter : {&scope, &input_filter, &category_filter}) {
    const std::vector<std::string> read = filter->attributes();
    names.insert(names.end(), read.begin(), read.end());
  }
  for (const AttributeFlow& flow : flows) {
    if (!flow.source) continue;
    const std::vector<std::string>& read = flow.source->attributes();
    names.insert(names.end(), read.begin(), read.end());
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

}  // namespace syncwright
