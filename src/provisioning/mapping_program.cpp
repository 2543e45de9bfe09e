#include "syncwright/provisioning/mapping_program.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <span>
#include <utility>

#include "syncwright/core/ascii.h"
#include "syncwright/core/text.h"
#include "syncwright/expression/function_table.h"
#include "syncwright/expression/source_tree.h"

// An object mapping of Graph is made of texts: expressions, flow types, filter operators. A program
// is what is left when all of them are read once (docs/graph.md#10.1, docs/expressions.md#5), so
// that a cycle over many objects does no reading, and every problem is reported before the first
// object. What is hard is the defaults: an absent member and an unknown word differ. An unknown
// flow type that were taken for `Always` would overwrite what the mapping was meant to set at
// creation alone.

namespace syncwright::provisioning {

namespace {

using Problems = std::vector<std::string>;

constexpr std::array<std::pair<std::string_view, FlowType>, 5> kFlowTypes{{
    {"Always", FlowType::always},
    {"ObjectAddOnly", FlowType::object_add_only},
    {"MultiValueAddOnly", FlowType::multi_value_add_only},
    {"ValueAddOnly", FlowType::value_add_only},
    {"AttributeAddOnly", FlowType::attribute_add_only},
}};
constexpr std::array<std::pair<std::string_view, FlowBehavior>, 2> kFlowBehaviors{{
    {"FlowWhenChanged", FlowBehavior::flow_when_changed},
    {"FlowAlways", FlowBehavior::flow_always},
}};

/// "`adds` is no flow type; did you mean `Adds`?", or the list of `names` where none is near.
std::string unknown_word(std::string_view what, std::string_view word,
                         const std::vector<std::string>& names) {
  const std::string hint = did_you_mean(word, names);
  return fmt::format("{} `{}` is unknown; {}", what, word,
                     hint.empty() ? fmt::format("one of {}", fmt::join(names, ", ")) : hint);
}

/// The first word of `words` where the member is absent (docs/graph.md#10.1); Graph compares with
/// case (docs/graph.md#13.1).
template <class Word, std::size_t size>
Word read_word(const Json& mapping, const char* key,
               const std::array<std::pair<std::string_view, Word>, size>& words,
               Problems& problems) {
  const Json& json = member_or_null(mapping, key);
  if (json.is_null()) return words.front().second;
  const std::string text = json.is_string() ? json.get<std::string>() : json.dump();
  const auto found = std::find_if(words.begin(), words.end(),
                                  [&](const auto& word) { return word.first == text; });
  if (found != words.end()) return found->second;
  std::vector<std::string> names;
  names.reserve(size);
  for (const auto& word : words) names.emplace_back(word.first);
  problems.push_back(unknown_word(key, text, names));
  return words.front().second;
}

/// Whether a source attribute of this name refers to other objects, so that their accounts flow
/// instead of their ids. [G] An objectMapping does not say so: the names are those that directory
/// definitions type as Reference.
bool is_reference_attribute(std::string_view name) {
  constexpr std::array<std::string_view, 8> kNames{
      "manager", "members", "member", "owners", "sponsors", "assistant", "managedBy", "memberOf"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

bool redacts(const expression::Expression& expression) {
  const expression::Function* function = expression::called_function(expression);
  return (function != nullptr && function->redacts) ||
         std::any_of(expression.arguments.begin(), expression.arguments.end(),
                     [](const auto& each) { return each && redacts(*each); });
}

bool asks_target(const expression::Expression& expression) {
  const expression::Function* function = expression::called_function(expression);
  return function != nullptr && function->place == expression::FunctionPlace::creation;
}

void read_source(const Json& source, const expression::EvaluationSettings& settings,
                 AttributeFlow& flow, Problems& problems) {
  if (source.is_null()) return;
  const auto expression = expression::from_source_tree(source);
  if (!expression) {
    problems.push_back(expression.error());
    return;
  }
  flow.expression = expression::render_expression(*expression);
  flow.source.emplace(*expression, settings);
  flow.is_reference = expression->kind == expression::Expression::Kind::attribute &&
                      is_reference_attribute(expression->text);
  const std::vector<std::string>& read = flow.source->attributes();
  flow.reads_activity = std::any_of(read.begin(), read.end(), [](const std::string& name) {
    return name == "IsSoftDeleted" || name == "accountEnabled";
  });
  flow.is_redacted = redacts(*expression);
  flow.selects_unique_value = asks_target(*expression);
}

void read_default(const Json& json, AttributeFlow& flow, Problems& problems) {
  if (json.is_null()) return;
  const auto value = expression::value_from_json(json);
  if (!value || std::holds_alternative<expression::MultiValue>(*value)) {
    problems.emplace_back("defaultValue must be a text");
    return;
  }
  std::string text = expression::to_text(*value);
  if (!text.empty()) flow.default_value = std::move(text);
}

void read_priority(const Json& json, AttributeFlow& flow, Problems& problems) {
  if (json.is_null()) return;
  if (!json.is_number_integer() || json.get<std::int64_t>() < 0) {
    problems.emplace_back("matchingPriority must be a whole number, 0 or more");
    return;
  }
  flow.matching_priority = json.get<std::int64_t>();
}

/// From Graph's attributeMapping; every problem, each without naming the attribute mapping.
tl::expected<AttributeFlow, std::vector<std::string>> compile_flow(
    const Json& attribute_mapping, const expression::EvaluationSettings& settings) {
  Problems problems;
  AttributeFlow flow;
  if (!attribute_mapping.is_object()) return tl::unexpected(Problems{"must be an object"});
  flow.target_attribute_name = string_or(attribute_mapping, "targetAttributeName");
  if (flow.target_attribute_name.empty()) problems.emplace_back("targetAttributeName is missing");
  read_source(member_or_null(attribute_mapping, "source"), settings, flow, problems);
  read_priority(member_or_null(attribute_mapping, "matchingPriority"), flow, problems);
  flow.flow_type = read_word(attribute_mapping, "flowType", kFlowTypes, problems);
  flow.flow_behavior = read_word(attribute_mapping, "flowBehavior", kFlowBehaviors, problems);
  read_default(member_or_null(attribute_mapping, "defaultValue"), flow, problems);
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  return flow;
}

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

}  // namespace syncwright::provisioning
