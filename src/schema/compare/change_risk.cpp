#include "syncwright/schema/change_risk.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "schema/compare/widening.h"
#include "syncwright/core/ascii.h"
#include "syncwright/expression/parser.h"

namespace syncwright::schema {

namespace {

/// A FieldChange, with its values to be looked into.
struct Change {
  const std::string& path;
  Json before;
  Json after;

  explicit Change(const FieldChange& field)
      : path(field.path), before(field.before), after(field.after) {}
};

// A path may hold anything that names may hold, so the kind of a change follows from its values,
// and from the end of its path only among kinds whose values look alike.

/// `groups` as a manifest says them, or another list of filter groups.
bool is_filter(const Json& value) {
  return value.is_object() ? value.contains("any")
                           : value.is_array() && !value.empty() && value.front().is_object();
}

bool is_filter(const Change& change) {
  return is_filter(change.before) || is_filter(change.after);
}

const Json& groups_of(const Json& filter) {
  return filter.is_object() ? member_or_null(filter, "any") : filter;
}

/// Leaving inputFilterGroups does not deprovision (docs/graph.md#9.3).
bool is_scope(const Change& change) {
  return is_filter(change) && !change.path.ends_with(":inputFilterGroups");
}

/// The containers or groups that a rule is for.
bool is_inclusion(const Change& change) {
  return change.path.ends_with(":containerFilter") || change.path.ends_with(":groupFilter");
}

/// A rule or an object mapping as a whole.
bool holds_mappings(const Json& value) {
  return value.is_object() &&
         (value.contains("objectMappings") || value.contains("attributeMappings"));
}

std::int64_t priority_of(const Json& mapping) {
  return int_or(mapping, "matchingPriority", 0);
}

constexpr std::array<const char*, 4> kSources = {"expression", "constant", "source", "sourceTree"};

bool is_mapping(const Json& value) {
  return value.is_object() && std::any_of(kSources.begin(), kSources.end(),
                                          [&](const char* key) { return value.contains(key); });
}

/// Where the value comes from.
Json source_of(const Json& mapping) {
  Json source = Json::object();
  for (const char* key : kSources) source[key] = member_or_null(mapping, key);
  return source;
}

/// Which value is written and matched, whenever that is.
Json value_of(const Json& mapping) {
  Json value = source_of(mapping);
  value["defaultValue"] = member_or_null(mapping, "defaultValue");
  return value;
}

// What gives access.

/// Flow type Add lets the job create accounts; Update and Delete let it disable or remove them.
bool opens_flow(const Change& change) {
  if (!change.path.ends_with(":flowTypes")) return false;
  const auto flows = [](const Json& types, const char* type) {
    return types.is_array() && std::find(types.begin(), types.end(), Json(type)) != types.end();
  };
  const auto gains = [&](const char* type) {
    return !flows(change.before, type) && flows(change.after, type);
  };
  const auto loses = [&](const char* type) {
    return flows(change.before, type) && !flows(change.after, type);
  };
  return gains("Add") || loses("Update") || loses("Delete");
}

/// A rule or an object mapping that comes, and is not switched off.
bool brings_mappings(const Change& change) {
  return change.before.is_null() && holds_mappings(change.after) &&
         bool_or(change.after, "enabled", true);
}

/// Source attributes that say that somebody has left (docs/expressions.md#6, "IsSoftDeleted").
constexpr std::array<std::string_view, 4> kSignsOfLeaving = {
    "IsSoftDeleted", "accountEnabled", "accountDisabled", "userAccountControl"};
/// Target attributes that switch an account on and off.
constexpr std::array<std::string_view, 5> kAccountSwitches = {"active", "isActive", "isEnabled",
                                                              "accountEnabled", "accountDisabled"};

template <std::size_t Count>
bool holds_name(const std::array<std::string_view, Count>& names, std::string_view name) {
  return std::any_of(names.begin(), names.end(), [name](std::string_view each) {
    return ascii::equal_ignoring_case(each, name);
  });
}

/// Nesting is bounded by the parser.
template <class Predicate>
bool any_attribute(const expression::Expression& expression, Predicate predicate) {
  if (expression.kind == expression::Expression::Kind::attribute && predicate(expression.text))
    return true;
  return std::any_of(
      expression.arguments.begin(), expression.arguments.end(),
      [&](const auto& argument) { return argument && any_attribute(*argument, predicate); });
}

bool flows_on_update(const Json& mapping) {
  return string_or(mapping, "flowType", "Always") == "Always";
}

/// The target attribute, which is the last part of the path.
std::string_view target_of(const std::string& path) {
  return std::string_view(path).substr(path.rfind('/') + 1);
}

/// The expressions of Microsoft's templates, which switch off who has left and nobody else.
constexpr std::array<std::string_view, 2> kSwitchOffLeavers = {
    "Not([IsSoftDeleted])", R"(Switch([IsSoftDeleted], , "False", "True", "True", "False"))"};

/// Whether the mapping leaves everybody's account on who has not left.
bool keeps_on(std::string_view target, const Json& mapping) {
  const bool is_inverse = ascii::equal_ignoring_case(target, "accountDisabled");
  const std::string on = is_inverse ? "False" : "True";
  if (ascii::equal_ignoring_case(string_or(mapping, "constant"), on)) return true;
  const std::string expression = string_or(mapping, "expression");
  const bool is_usual = is_inverse ? expression == "[IsSoftDeleted]"
                                   : std::find(kSwitchOffLeavers.begin(), kSwitchOffLeavers.end(),
                                               expression) != kSwitchOffLeavers.end();
  return is_usual && ascii::equal_ignoring_case(string_or(mapping, "defaultValue", on), on);
}

/// Another value for an account's switch may turn off people who are there, unless it is known to
/// keep them on: nothing else proves that it is the old one for each of them.
bool may_switch_off(const Change& change) {
  const std::string_view target = target_of(change.path);
  return holds_name(kAccountSwitches, target) && is_mapping(change.after) &&
         flows_on_update(change.after) && !keeps_on(target, change.after) &&
         (!flows_on_update(change.before) || value_of(change.before) != value_of(change.after));
}

/// Whether the mapping tells the target that somebody has left: by a sign of it, or by anything
/// that comes from the source where the target is an account's switch.
bool disables_accounts(const std::string& path, const Json& mapping) {
  if (!is_mapping(mapping) || !flows_on_update(mapping)) return false;
  const bool switches = holds_name(kAccountSwitches, target_of(path));
  if (mapping.contains("sourceTree")) return switches;
  if (!mapping.contains("expression")) return false;
  const auto expression = expression::parse_expression(string_or(mapping, "expression"));
  if (!expression) return switches;
  return any_attribute(*expression, [switches](const std::string& name) {
    return switches || holds_name(kSignsOfLeaving, name);
  });
}

/// Another source may disable the same people, but nothing proves that it does.
bool stops_disabling(const Change& change) {
  if (!disables_accounts(change.path, change.before)) return false;
  return !is_mapping(change.after) || !flows_on_update(change.after) ||
         source_of(change.before) != source_of(change.after);
}

}  // namespace

bool may_deprovision(const FieldChange& field) {
  const Change change(field);
  if (is_scope(change) || is_inclusion(change)) return true;
  if (change.after == Json(false)) return true;  // :enabled
  if (holds_mappings(change.before) && change.after.is_null()) return true;
  if (priority_of(change.before) != priority_of(change.after)) return true;
  if (may_switch_off(change)) return true;
  return priority_of(change.after) > 0 && value_of(change.before) != value_of(change.after);
}

bool may_expose(const FieldChange& field) {
  const Change change(field);
  if (is_filter(change)) return may_widen(groups_of(change.before), groups_of(change.after));
  if (is_inclusion(change)) return may_include_more(change.before, change.after);
  if (change.after == Json(true)) return true;  // :enabled
  return opens_flow(change) || brings_mappings(change) || stops_disabling(change);
}

}  // namespace syncwright::schema
