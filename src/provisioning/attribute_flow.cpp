#include "provisioning/attribute_flow.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "syncwright/core/text.h"
#include "syncwright/expression/function_table.h"
#include "syncwright/expression/source_tree.h"

namespace syncwright {
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

bool redacts(const Expression& expression) {
  const Function* function = called_function(expression);
  return (function != nullptr && function->redacts) ||
         std::any_of(expression.arguments.begin(), expression.arguments.end(),
                     [](const auto& each) { return each && redacts(*each); });
}

bool asks_target(const Expression& expression) {
  const Function* function = called_function(expression);
  return function != nullptr && function->place == FunctionPlace::creation;
}

void read_source(const Json& source, const EvaluationSettings& settings, AttributeFlow& flow,
                 Problems& problems) {
  if (source.is_null()) return;
  const auto expression = from_source_tree(source);
  if (!expression) {
    problems.push_back(expression.error());
    return;
  }
  flow.expression = render_expression(*expression);
  flow.source.emplace(*expression, settings);
  flow.is_reference =
      expression->kind == Expression::Kind::attribute && is_reference_attribute(expression->text);
  const std::vector<std::string>& read = flow.source->attributes();
  flow.reads_activity = std::any_of(read.begin(), read.end(), [](const std::string& name) {
    return name == "IsSoftDeleted" || name == "accountEnabled";
  });
  flow.is_redacted = redacts(*expression);
  flow.selects_unique_value = asks_target(*expression);
}

void read_default(const Json& json, AttributeFlow& flow, Problems& problems) {
  if (json.is_null()) return;
  const auto value = value_from_json(json);
  if (!value || std::holds_alternative<MultiValue>(*value)) {
    problems.emplace_back("defaultValue must be a text");
    return;
  }
  std::string text = to_text(*value);
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

}  // namespace

std::string unknown_word(std::string_view what, std::string_view word,
                         const std::vector<std::string>& names) {
  const std::string hint = did_you_mean(word, names);
  return fmt::format("{} `{}` is unknown; {}", what, word,
                     hint.empty() ? fmt::format("one of {}", fmt::join(names, ", ")) : hint);
}

tl::expected<AttributeFlow, std::vector<std::string>> compile_flow(
    const Json& attribute_mapping, const EvaluationSettings& settings) {
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

}  // namespace syncwright
