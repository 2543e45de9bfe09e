#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "schema/lint/mapping_lint_rules.h"
#include "syncwright/core/ascii.h"
#include "syncwright/expression/dotnet_regex.h"
#include "syncwright/expression/regex_suspicion.h"
#include "syncwright/expression/value.h"
#include "syncwright/schema/vocabulary.h"

namespace syncwright {
namespace {

/// Filters cannot use these, whatever a schema says of them (docs/expressions.md#5).
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

std::string_view fitting_operators(std::string_view type) {
  if (type == "Boolean") return "use IS TRUE or IS FALSE";
  if (type == "Integer") return "use EQUALS, Greater_Than, & or another operator of numbers";
  if (type == "String") return "use EQUALS, REGEX MATCH, Includes or ENDS_WITH";
  return "only IS NULL and IS NOT NULL fit";
}

void check_operator(const FilterClause& clause, const KnownAttribute* known,
                    Diagnostics& diagnostics) {
  const FilterOperator* operation = find_filter_operator(clause.operator_name);
  if (operation == nullptr) return;
  if (known != nullptr && !known->type.empty() && !operation->takes(known->type)) {
    diagnostics.add(Code::SW3211, clause.where,
                    fmt::format("{} does not fit {}, whose type is {}", clause.operator_name,
                                quote(std::string_view(clause.attribute)), known->type),
                    std::string(fitting_operators(known->type)));
  }
}

void check_pattern(const FilterClause& clause, Diagnostics& diagnostics) {
  if (!clause.operator_name.ends_with("REGEX MATCH") || clause.values.empty()) return;
  const auto regex = DotnetRegex::compile(clause.values.front());
  if (!regex) {
    diagnostics.add(Code::SW3106, clause.where, regex.error().message,
                    std::string(regex.error().advice()));
    return;
  }
  for (RegexSuspicion& each : regex_suspicions(clause.values.front())) {
    diagnostics.add(each.code, clause.where, std::move(each.message), std::move(each.advice));
  }
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
  diagnostics.add(Code::SW3210, clause.where,
                  fmt::format("{} cannot be used in a scoping filter: {}",
                              quote(std::string_view(clause.attribute)), reason),
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
