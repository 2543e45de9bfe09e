#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "mapping_lint_rules.h"
#include "syncwright/core/ascii.h"
#include "syncwright/expression/dotnet_regex.h"

namespace syncwright {
namespace {

/// Filters cannot use these, whatever a schema says of them (SPEC.md 5).
struct Unusable {
  std::string_view attribute;
  std::string_view reason;
};
constexpr std::array kUnusable = {
    Unusable{"appRoleAssignments", "roles cannot be filtered by"},
    Unusable{"userType", "the service does not evaluate userType in filters"},
    Unusable{"manager", "a reference has no value to compare"},
    Unusable{"members", "a reference has no value to compare"},
    Unusable{"employeeHireDate", "dates cannot be compared"},
    Unusable{"employeeLeaveDateTime", "dates cannot be compared"},
};

/// Empty: it can be filtered by.
std::string_view reason_against(const std::string& attribute, const KnownAttribute* known) {
  const auto listed = std::find_if(kUnusable.begin(), kUnusable.end(), [&](const Unusable& each) {
    return ascii::equal_ignoring_case(each.attribute, attribute);
  });
  if (listed != kUnusable.end()) return listed->reason;
  if (known == nullptr) return {};
  if (known->type == "Reference") return "a reference has no value to compare";
  if (known->type == "DateTime") return "dates cannot be compared";
  return known->is_multivalued() ? "it has several values" : "";
}

using Types = std::array<std::string_view, 4>;

struct OperatorTypes {
  std::string_view name;
  Types types;
};
constexpr std::array kOperators = {
    OperatorTypes{"EQUALS", {"Integer", "String"}},
    OperatorTypes{"NOT EQUALS", {"Integer", "String"}},
    OperatorTypes{"IS TRUE", {"Boolean"}},
    OperatorTypes{"IS FALSE", {"Boolean"}},
    OperatorTypes{"IS NULL", {"Integer", "String", "Binary", "Boolean"}},
    OperatorTypes{"IS NOT NULL", {"Integer", "String", "Binary", "Boolean"}},
    OperatorTypes{"REGEX MATCH", {"Integer", "String"}},
    OperatorTypes{"NOT REGEX MATCH", {"Integer", "String"}},
    OperatorTypes{"ENDS_WITH", {"String"}},
    OperatorTypes{"Includes", {"String"}},
    OperatorTypes{"Greater_Than", {"Integer"}},
    OperatorTypes{"Greater_Than_OR_EQUALS", {"Integer"}},
    OperatorTypes{"&", {"Integer"}},
    OperatorTypes{"!&", {"Integer"}},
};

const OperatorTypes* find_operator(const std::string& name) {
  const auto found = std::find_if(kOperators.begin(), kOperators.end(),
                                  [&](const OperatorTypes& each) { return each.name == name; });
  return found == kOperators.end() ? nullptr : &*found;
}

bool takes(const OperatorTypes& operation, std::string_view type) {
  return std::find(operation.types.begin(), operation.types.end(), type) != operation.types.end();
}

std::string_view fitting_operators(std::string_view type) {
  if (type == "Boolean") return "use IS TRUE or IS FALSE";
  if (type == "Integer") return "use EQUALS, Greater_Than, & or another operator of numbers";
  if (type == "String") return "use EQUALS, REGEX MATCH, Includes or ENDS_WITH";
  return "only IS NULL and IS NOT NULL fit";
}

void check_operator(const FilterClause& clause, const KnownAttribute* known,
                    Diagnostics& diagnostics) {
  const OperatorTypes* operation = find_operator(clause.operator_name);
  if (operation == nullptr) return;
  if (known != nullptr && !known->type.empty() && !takes(*operation, known->type)) {
    diagnostics.add("SW3211", clause.where,
                    fmt::format("{} does not fit `{}`, whose type is {}", clause.operator_name,
                                clause.attribute, known->type),
                    std::string(fitting_operators(known->type)));
  }
}

void check_pattern(const FilterClause& clause, Diagnostics& diagnostics) {
  if (!clause.operator_name.ends_with("REGEX MATCH") || clause.values.empty()) return;
  const auto regex = DotnetRegex::compile(clause.values.front());
  if (regex) return;
  diagnostics.add("SW3106", clause.where, regex.error(), "write it in the dialect of .NET");
}

void check_clause(const FilterClause& clause, const KnownAttributes& source,
                  Diagnostics& diagnostics) {
  const KnownAttribute* known = source.find(clause.attribute);
  const std::string_view reason = reason_against(clause.attribute, known);
  if (reason.empty()) {
    check_operator(clause, known, diagnostics);
    check_pattern(clause, diagnostics);
    return;
  }
  diagnostics.add(
      "SW3210", clause.where,
      fmt::format("`{}` cannot be used in a scoping filter: {}", clause.attribute, reason),
      "fill an extension attribute with what decides, and filter by that");
}

}  // namespace

void lint_scoping_filter(const MappingSubject& subject, Diagnostics& diagnostics) {
  if (!subject.mapping.scoping_filter) return;
  for (const FilterGroup& group : subject.mapping.scoping_filter->any) {
    for (const FilterClause& clause : group.all) {
      check_clause(clause, subject.around.source, diagnostics);
    }
  }
}

}  // namespace syncwright
