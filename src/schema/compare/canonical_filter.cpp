#include "schema/compare/canonical_filter.h"

#include <algorithm>
#include <vector>

namespace syncwright::schema {

namespace {

Json canonical_clauses(const Json& clauses) {
  Json all = Json::array();
  if (!clauses.is_array()) return all;
  for (const Json& clause : clauses) {
    Json words = {{"attribute", string_or(clause, "sourceOperandName")},
                  {"operator", string_or(clause, "operatorName")}};
    const Json& values = member_or_null(member_or_null(clause, "targetOperand"), "values");
    if (!values.is_null() && !values.empty()) words["values"] = values;
    all.push_back(std::move(words));
  }
  std::sort(all.begin(), all.end());
  return all;
}

bool is_empty_list(const Json& list) {
  return !list.is_array() || list.empty();
}

/// Unary operators have no operand at all on the wire (docs/graph.md#12).
Json wire_clause(const FilterClause& clause) {
  Json operand = nullptr;
  if (!clause.values.empty()) operand = {{"values", clause.values}};
  return {{"operatorName", clause.operator_name},
          {"sourceOperandName", clause.attribute},
          {"targetOperand", std::move(operand)}};
}

Json wire_group(const FilterGroup& group) {
  Json clauses = Json::array();
  for (const FilterClause& clause : group.all) clauses.push_back(wire_clause(clause));
  return {{"clauses", std::move(clauses)}, {"name", group.name}};
}

/// Finds for requested groups the live ones that mean the same, each live one once.
class GroupMatch {
 public:
  explicit GroupMatch(const Json& live) {
    if (!live.is_array()) return;
    for (const Json& group : live) {
      groups_.push_back({&group, canonical_clauses(member_or_null(group, "clauses")), false});
    }
  }

  [[nodiscard]] std::size_t size() const { return groups_.size(); }

  /// nullptr where none is left that has the clauses and, unless it is empty, the name.
  const Json* take(const Json& clauses, const std::string& name) {
    for (Live& live : groups_) {
      const bool named = name.empty() || string_or(*live.group, "name") == name;
      if (live.taken || !named || live.clauses != clauses) continue;
      live.taken = true;
      return live.group;
    }
    return nullptr;
  }

 private:
  struct Live {
    const Json* group;
    Json clauses;
    bool taken;
  };
  std::vector<Live> groups_;
};

/// The groups to write, live ones as they are; nullopt where that changes nothing.
std::optional<Json> wanted_groups(const Json& live, const std::vector<FilterGroup>& request) {
  GroupMatch match(live);
  std::vector<Json> fresh;
  fresh.reserve(request.size());
  std::vector<const Json*> kept(request.size(), nullptr);
  for (const FilterGroup& group : request) fresh.push_back(wire_group(group));
  // A named group goes first, so that no unnamed one takes what only it can have.
  for (const bool named : {true, false}) {
    for (std::size_t i = 0; i < request.size(); ++i) {
      if (request[i].name.empty() == named) continue;
      kept[i] = match.take(canonical_clauses(fresh[i]["clauses"]), request[i].name);
    }
  }
  const bool all_kept = std::find(kept.begin(), kept.end(), nullptr) == kept.end();
  if (all_kept && match.size() == request.size()) return std::nullopt;
  Json groups = Json::array();
  for (std::size_t i = 0; i < request.size(); ++i) {
    groups.push_back(kept[i] != nullptr ? *kept[i] : fresh[i]);
  }
  return groups;
}

}  // namespace

Json canonical_groups(const Json& groups) {
  if (is_empty_list(groups)) return nullptr;
  Json any = Json::array();
  for (const Json& group : groups) {
    Json words = {{"all", canonical_clauses(member_or_null(group, "clauses"))}};
    const std::string name = string_or(group, "name");
    if (!name.empty()) words["name"] = name;
    any.push_back(std::move(words));
  }
  std::sort(any.begin(), any.end());
  return any;
}

Json scope_words(const Json& scope) {
  Json any = canonical_groups(member_or_null(scope, "groups"));
  if (any.is_null()) return nullptr;
  return {{"any", std::move(any)}};
}

Json filter_words(const ScopingFilterRequest& request) {
  if (request.absent) return nullptr;
  Json any = Json::array();
  for (const FilterGroup& group : request.any) {
    Json all = Json::array();
    for (const FilterClause& clause : group.all) {
      all.push_back({{"attribute", clause.attribute},
                     {"operator", clause.operator_name},
                     {"values", clause.values}});
    }
    Json words = {{"all", std::move(all)}};
    if (!group.name.empty()) words["name"] = group.name;
    any.push_back(std::move(words));
  }
  return {{"any", std::move(any)}};
}

std::optional<ScopeReplacement> scope_replacement(const Json& live,
                                                  const ScopingFilterRequest& request) {
  const Json& live_groups = member_or_null(live, "groups");
  if (request.absent || request.any.empty()) {
    if (is_empty_list(live_groups)) return std::nullopt;
    const bool others = !is_empty_list(member_or_null(live, "inputFilterGroups")) ||
                        !is_empty_list(member_or_null(live, "categoryFilterGroups"));
    return others ? ScopeReplacement{false, "[]"} : ScopeReplacement{true, "null"};
  }
  std::optional<Json> groups = wanted_groups(live_groups, request.any);
  if (!groups) return std::nullopt;
  if (live.is_object()) return ScopeReplacement{false, canonical_json(*groups)};
  const Json scope = {{"categoryFilterGroups", Json::array()},
                      {"groups", std::move(*groups)},
                      {"inputFilterGroups", Json::array()}};
  return ScopeReplacement{true, canonical_json(scope)};
}

}  // namespace syncwright::schema
