#include "syncwright/schema/mapping_lint.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "schema/lint/known_attributes.h"
#include "syncwright/core/ascii.h"
#include "syncwright/core/text.h"
#include "syncwright/expression/dotnet_regex.h"
#include "syncwright/expression/regex_suspicion.h"
#include "syncwright/expression/value.h"
#include "syncwright/schema/vocabulary.h"

namespace syncwright::schema {

namespace {

/// What the rules over one object mapping look at.
struct MappingSubject {
  const Customization& customization;
  const ObjectMappingRequest& mapping;
  const MappingSurroundings& around;
};

/// Whether it is a directory extension: their names differ from tenant to tenant, so that no
/// template can list them.
bool is_directory_extension(std::string_view name) {
  return name.starts_with("extension_");
}

class NameCheck {
 public:
  NameCheck(const MappingSubject& subject, Diagnostics& diagnostics)
      : around_(subject.around), diagnostics_(diagnostics) {}

  void check_source(const std::string& name, const SourceRange& where) {
    if (name == "IsSoftDeleted") return;  // computed by the service
    if (!around_.exact && is_directory_extension(name)) return;
    check(around_.source, Code::SW3205, "source", name, where);
  }

  void check_target(const std::string& name, const SourceRange& where) {
    check(around_.target, Code::SW3206, "target", name, where);
  }

 private:
  void check(const KnownAttributes& known, Code code, const char* side, const std::string& name,
             const SourceRange& where) {
    if (!known.is_complete() || known.find(name)) return;
    const std::string shown = expression::quote(std::string_view(name));
    const std::set<std::string> all = known.names();
    const std::vector<std::string> names(all.begin(), all.end());
    const auto same = std::find_if(names.begin(), names.end(), [&](const std::string& each) {
      return ascii::equal_ignoring_case(each, name);
    });
    if (same != names.end()) {
      add(Code::SW3207, fmt::format("the {} attribute `{}` is written {}", side, *same, shown),
          fmt::format("did you mean `{}`?", *same), where);
      return;
    }
    const std::string hint = did_you_mean(name, names);
    add(code, fmt::format("the {} has no attribute {}", side, shown),
        hint.empty() ? "define it under attributes:, or mend the name" : hint, where);
  }

  void add(Code code, std::string message, std::string advice, const SourceRange& where) {
    if (!around_.document.empty()) {
      message += fmt::format(", as far as {} tells", around_.document);
    } else if (!around_.exact) {
      message += ", as far as the built-in template tells";
      advice += advice.ends_with('?') ? " " : "; ";
      advice += "`syncwright plan` asks the live schema";
    }
    diagnostics_.add({code, around_.exact ? Severity::error : Severity::warning, std::move(message),
                      std::move(advice), where});
  }

  const MappingSurroundings& around_;
  Diagnostics& diagnostics_;
};

/// The first use of each name.
void check_expression(const expression::Expression& expression,
                      const AttributeMappingRequest& request, std::set<std::string>& told,
                      NameCheck& check) {
  if (expression.kind == expression::Expression::Kind::attribute &&
      told.insert(expression.text).second) {
    const bool placed = request.source_text.where.line != 0;
    check.check_source(expression.text,
                       placed ? request.source_text.at(expression.offset) : request.where);
  }
  for (const auto& argument : expression.arguments) {
    if (argument) check_expression(*argument, request, told, check);
  }
}

/// SW3205, SW3206, SW3207: of mappings and of the scoping filter.
void lint_attribute_names(const MappingSubject& subject, Diagnostics& diagnostics) {
  NameCheck check(subject, diagnostics);
  for (const AttributeMappingRequest& request : subject.mapping.attributes) {
    if (request.absent) continue;
    check.check_target(request.target_attribute_name, request.where);
    if (!request.source) continue;
    const auto* expression = std::get_if<expression::Expression>(&request.source->value);
    std::set<std::string> told;
    if (expression != nullptr) check_expression(*expression, request, told, check);
  }
  if (!subject.mapping.scoping_filter) return;
  for (const FilterGroup& group : subject.mapping.scoping_filter->any) {
    for (const FilterClause& clause : group.all) check.check_source(clause.attribute, clause.where);
  }
}

/// Filters cannot use these, even where a schema defines them (docs/expressions.md#5).
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

/// Why a filter cannot use the attribute; empty where it can.
std::string_view reason_against(const std::string& attribute,
                                const std::optional<KnownAttribute>& known) {
  const auto listed = std::find_if(kUnusable.begin(), kUnusable.end(), [&](const Unusable& each) {
    return ascii::equal_ignoring_case(each.attribute, attribute);
  });
  if (listed != kUnusable.end()) return listed->reason;
  if (!known) return {};
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

void check_operator(const FilterClause& clause, const std::optional<KnownAttribute>& known,
                    Diagnostics& diagnostics) {
  const FilterOperator* operation = find_filter_operator(clause.operator_name);
  if (operation == nullptr) return;
  if (known && !known->type.empty() && !operation->takes(known->type)) {
    diagnostics.add(Code::SW3211, clause.where,
                    fmt::format("{} does not fit {}, whose type is {}", clause.operator_name,
                                expression::quote(std::string_view(clause.attribute)), known->type),
                    std::string(fitting_operators(known->type)));
  }
}

void check_pattern(const FilterClause& clause, Diagnostics& diagnostics) {
  if (!clause.operator_name.ends_with("REGEX MATCH") || clause.values.empty()) return;
  const auto regex = expression::DotnetRegex::compile(clause.values.front());
  if (!regex) {
    diagnostics.add(Code::SW3106, clause.where, regex.error().message,
                    std::string(regex.error().advice()));
    return;
  }
  for (expression::RegexSuspicion& each : expression::regex_suspicions(clause.values.front())) {
    diagnostics.add(each.code, clause.where, std::move(each.message), std::move(each.advice));
  }
}

void check_clause(const FilterClause& clause, const KnownAttributes& source,
                  Diagnostics& diagnostics) {
  const std::optional<KnownAttribute> known = source.find(clause.attribute);
  const std::string_view reason = reason_against(clause.attribute, known);
  if (reason.empty()) {
    check_operator(clause, known, diagnostics);
    check_pattern(clause, diagnostics);
    return;
  }
  diagnostics.add(Code::SW3210, clause.where,
                  fmt::format("{} cannot be used in a scoping filter: {}",
                              expression::quote(std::string_view(clause.attribute)), reason),
                  "fill an extension attribute with what decides, and filter by that");
}

/// SW3210, SW3211, and of a pattern SW3106, SW3118, SW3119, SW3125.
void lint_scoping_filter(const MappingSubject& subject, Diagnostics& diagnostics) {
  if (!subject.mapping.scoping_filter) return;
  for (const FilterGroup& group : subject.mapping.scoping_filter->any) {
    for (const FilterClause& clause : group.all) {
      check_clause(clause, subject.around.source, diagnostics);
    }
  }
}

/// The attributes of the requests up to and with `subject.mapping` that mean the same mapping.
std::vector<const AttributeMappingRequest*> attributes_so_far(const MappingSubject& subject) {
  std::vector<const AttributeMappingRequest*> attributes;
  for (const ObjectMappingRequest& request : subject.customization.mappings) {
    if (mean_one_mapping(request, subject.mapping)) {
      for (const AttributeMappingRequest& each : request.attributes) attributes.push_back(&each);
    }
    if (&request == &subject.mapping) break;
  }
  return attributes;
}

bool is_own(const AttributeMappingRequest* attribute, const MappingSubject& subject) {
  const auto& own = subject.mapping.attributes;
  return !own.empty() && attribute >= own.data() && attribute < own.data() + own.size();
}

/// What the schema maps already and the request leaves as it is; nullopt: not known.
std::optional<std::int64_t> live_priority(const MappingSubject& subject, const std::string& name) {
  if (subject.around.live == nullptr) return std::nullopt;
  for (const AttributeMapping& live : subject.around.live->attribute_mappings) {
    if (live.target_attribute_name == name) return live.matching_priority;
  }
  return 0;
}

const AttributeMappingRequest* find_request(const ObjectMappingRequest& mapping,
                                            const std::string& name) {
  for (const AttributeMappingRequest& request : mapping.attributes) {
    if (request.target_attribute_name == name) return &request;
  }
  return nullptr;
}

void check_priorities(const MappingSubject& subject, Diagnostics& diagnostics) {
  std::map<std::int64_t, std::string> owners;  // by priority
  const bool merges = subject.customization.mode == Customization::Mode::merge;
  if (subject.around.live != nullptr) {
    for (const AttributeMapping& live : subject.around.live->attribute_mappings) {
      const AttributeMappingRequest* request =
          find_request(subject.mapping, live.target_attribute_name);
      const bool stays =
          request == nullptr ? merges : !request->absent && !request->matching_priority;
      if (stays && live.matching_priority > 0) {
        owners.emplace(live.matching_priority, live.target_attribute_name);
      }
    }
  }
  for (const AttributeMappingRequest& request : subject.mapping.attributes) {
    if (request.absent || request.matching_priority.value_or(0) <= 0) continue;
    const auto [owner, added] =
        owners.emplace(*request.matching_priority, request.target_attribute_name);
    if (added || owner->second == request.target_attribute_name) continue;
    diagnostics.add(
        Code::SW3203, request.where,
        fmt::format("{} and {} both match with priority {}",
                    expression::quote(std::string_view(owner->second)),
                    expression::quote(std::string_view(request.target_attribute_name.text())),
                    owner->first),
        "the lowest is tried first: give each a number of its own");
  }
}

/// The entries of the same object mapping, in order.
std::vector<const ObjectMappingRequest*> entries_of(const MappingSubject& subject) {
  std::vector<const ObjectMappingRequest*> entries;
  for (const ObjectMappingRequest& request : subject.customization.mappings) {
    if (mean_one_mapping(request, subject.mapping)) entries.push_back(&request);
  }
  return entries;
}

/// `exact` keeps nothing that is not named (docs/contract.md#3). What a named mapping's priority is
/// where the manifest leaves it out, only the schema knows.
void check_some_match(const MappingSubject& subject, Diagnostics& diagnostics) {
  if (subject.customization.mode != Customization::Mode::exact) return;
  const std::vector<const ObjectMappingRequest*> entries = entries_of(subject);
  if (entries.front() != &subject.mapping) return;  // the first entry reports it for all
  bool certain = true;
  bool names_some = false;  // else the attributes are not managed
  for (const ObjectMappingRequest* entry : entries) {
    names_some = names_some || !entry->attributes.empty();
    for (const AttributeMappingRequest& request : entry->attributes) {
      if (request.absent) continue;
      const auto priority = request.matching_priority
                                ? request.matching_priority
                                : live_priority(subject, request.target_attribute_name);
      if (!priority || *priority > 0) return;
      certain = certain && (request.matching_priority || subject.around.exact);
    }
  }
  if (!names_some) return;
  Diagnostic found{Code::SW3204, certain ? Severity::error : Severity::warning,
                   fmt::format("no attribute of {} has a matchingPriority",
                               expression::quote(std::string_view(subject.mapping.object.text()))),
                   "name the matching attribute as well, for example userName: {expression: "
                   "\"[userPrincipalName]\", matchingPriority: 1}",
                   subject.mapping.where};
  diagnostics.add(std::move(found));
}

/// SW3201, SW3202.
void lint_targets(const MappingSubject& subject, Diagnostics& diagnostics) {
  std::map<std::string, const AttributeMappingRequest*> seen;  // by name in small letters
  for (const AttributeMappingRequest* request : attributes_so_far(subject)) {
    const std::string& name = request->target_attribute_name;
    const auto [first, added] = seen.emplace(ascii::lower(name), request);
    if (added || request->absent || first->second->absent || !is_own(request, subject)) continue;
    const std::string& earlier = first->second->target_attribute_name;
    const int line = first->second->where.line;
    if (earlier == name) {
      // One key twice in one entry is refused before (SW0102).
      if (is_own(first->second, subject)) continue;
      diagnostics.add(Code::SW3201, request->where,
                      fmt::format("{} is mapped twice, first in line {}",
                                  expression::quote(std::string_view(name)), line),
                      "keep one of the two: the service neither refuses nor joins them");
    } else {
      diagnostics.add(Code::SW3202, request->where,
                      fmt::format("{} differs from {} of line {} by case alone",
                                  expression::quote(std::string_view(name)),
                                  expression::quote(std::string_view(earlier)), line),
                      "keep the one that is spelled as the application does");
    }
  }
}

/// SW3203, SW3204.
void lint_matching(const MappingSubject& subject, Diagnostics& diagnostics) {
  check_priorities(subject, diagnostics);
  check_some_match(subject, diagnostics);
}

}  // namespace

Diagnostics lint_mapping(const Customization& customization, const ObjectMappingRequest& mapping,
                         const KnownSchema* known) {
  const MappingSurroundings around = surroundings_of(customization, mapping, known);
  const MappingSubject subject{customization, mapping, around};
  Diagnostics diagnostics;
  lint_targets(subject, diagnostics);
  lint_matching(subject, diagnostics);
  lint_attribute_names(subject, diagnostics);
  lint_scoping_filter(subject, diagnostics);
  diagnostics.sort();
  return diagnostics;
}

std::vector<std::string> reference_attributes(const Customization& customization,
                                              const ObjectMappingRequest& mapping,
                                              const KnownSchema* known) {
  std::set<std::string> names =
      surroundings_of(customization, mapping, known).source.names_of_type("Reference");
  names.insert("manager");
  return {names.begin(), names.end()};
}

}  // namespace syncwright::schema
