#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "source_object.h"
#include "target_value.h"

namespace syncwright::emulator {

namespace {

/// A clause as its operator sees it; an empty text counts as null (API.md 9.3).
struct Operands {
  std::string source;
  std::string target;
};

struct Operator {
  std::string_view name;
  bool (*holds)(const Operands& operands);
};

bool is_empty(const Operands& operands) {
  return operands.source.empty();
}

/// Other operators pass: regular expressions, bits and orderings come with the evaluator.
constexpr std::array<Operator, 8> operators{{
    {"EQUALS", [](const Operands& it) { return !is_empty(it) && it.source == it.target; }},
    {"NOT EQUALS", [](const Operands& it) { return is_empty(it) || it.source != it.target; }},
    {"IS NULL", [](const Operands& it) { return is_empty(it); }},
    {"IS NOT NULL", [](const Operands& it) { return !is_empty(it); }},
    {"IS TRUE", [](const Operands& it) { return it.source == "True"; }},
    {"IS FALSE", [](const Operands& it) { return it.source == "False"; }},
    {"ENDS_WITH", [](const Operands& it) { return it.source.ends_with(it.target); }},
    {"Includes", [](const Operands& it) { return it.source.find(it.target) != std::string::npos; }},
}};

bool passes_clause(const Json& clause, const Json& object) {
  Operands operands;
  operands.source = as_text(source_attribute(object, string_or(clause, "sourceOperandName")));
  const Json& values = member_or_null(member_or_null(clause, "targetOperand"), "values");
  if (values.is_array() && !values.empty()) operands.target = as_text(values.front());
  const std::string name = string_or(clause, "operatorName");
  const auto found =
      std::find_if(operators.begin(), operators.end(),
                   [&](const Operator& candidate) { return candidate.name == name; });
  return found == operators.end() || found->holds(operands);
}

}  // namespace

bool passes_scoping_filter(const Json& filter, const Json& object) {
  const Json& groups = member_or_null(filter, "groups");
  if (!groups.is_array() || groups.empty()) return true;
  return std::any_of(groups.begin(), groups.end(), [&](const Json& group) {
    const Json& clauses = member_or_null(group, "clauses");
    return !clauses.is_array() ||
           std::all_of(clauses.begin(), clauses.end(),
                       [&](const Json& clause) { return passes_clause(clause, object); });
  });
}

}  // namespace syncwright::emulator
