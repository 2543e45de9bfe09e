#include "syncwright/plan/review.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "plan/plan_file_parts.h"
#include "syncwright/core/json.h"
#include "syncwright/plan/plan_file.h"

namespace syncwright::plan {

namespace {

using ChangesById = std::map<std::string, const Change*>;

/// What a change says, but for what cannot be compared.
Json comparable(const Change& made) {
  Json change = to_json(made, nullptr);
  change.erase("origin");
  change.erase("row");
  Json& refusal = change["blocked"];
  if (refusal.is_object() && refusal["code"] == "SW5019") {
    refusal.erase("message");
    refusal.erase("advice");
  }
  return change;
}

Json comparable_guard(Json guard) {
  if (guard["guard"] == "emptySet") guard.erase("message");
  return guard;
}

Json comparable_finding(Json finding) {
  for (const char* place : {"file", "line", "column"}) finding.erase(place);
  return finding;
}

/// What stands over the changes: who, where, how many, and the lists that belong to no change.
Json comparable_head(const Plan& plan, ReviewedFindings findings) {
  StreamedObject document = document_of(plan);
  for (const char* apart : {"changes", "createdAt", "health"}) document.remove(apart);
  Json head = document.tree();
  for (Json& guard : head["guards"]) guard = comparable_guard(std::move(guard));
  if (findings == ReviewedFindings::left_out) {
    head.erase("diagnostics");
  } else {
    for (Json& finding : head["diagnostics"]) finding = comparable_finding(std::move(finding));
  }
  return head;
}

ChangesById changes_by_id(const Plan& plan) {
  ChangesById changes;
  for (const Change& change : plan.changes) changes.emplace(change.id(), &change);
  return changes;
}

/// "fields.0.after" of every place in which the two differ, each once.
std::vector<std::string> different_paths(const Json& reviewed, const Json& fresh) {
  std::set<std::string> paths;
  for (const Json& edit : Json::diff(reviewed, fresh)) {
    std::string path = edit["path"].get<std::string>().substr(1);
    if (path.ends_with("/-")) path.resize(path.size() - 2);  // something more in a list
    std::replace(path.begin(), path.end(), '/', '.');
    paths.insert(std::move(path));
  }
  return {paths.begin(), paths.end()};
}

/// The places of one change; of many the first few are enough to look at.
std::string list_places(const std::vector<std::string>& paths) {
  constexpr std::size_t few = 5;
  std::string words;
  for (std::size_t i = 0; i < std::min(few, paths.size()); ++i) {
    words += (i == 0 ? "" : ", ") + paths[i];
  }
  return paths.size() > few ? words + ", ..." : words;
}

}  // namespace

std::vector<Difference> review_differences(const Plan& reviewed, const Plan& fresh,
                                           ReviewedFindings findings) {
  std::vector<Difference> unlike;
  for (std::string& path :
       different_paths(comparable_head(reviewed, findings), comparable_head(fresh, findings))) {
    unlike.push_back({{}, std::move(path)});
  }
  const ChangesById reviewed_changes = changes_by_id(reviewed);
  const ChangesById fresh_changes = changes_by_id(fresh);
  for (const auto& [id, change] : reviewed_changes) {
    const auto found = fresh_changes.find(id);
    if (found == fresh_changes.end()) {
      unlike.push_back({change->application, fmt::format("{}: not called for any more", id)});
      continue;
    }
    const std::vector<std::string> paths =
        different_paths(comparable(*change), comparable(*found->second));
    if (paths.empty()) continue;
    unlike.push_back({change->application, fmt::format("{}: {}", id, list_places(paths))});
  }
  for (const auto& [id, change] : fresh_changes) {
    if (reviewed_changes.contains(id)) continue;
    unlike.push_back({change->application, fmt::format("{}: not reviewed", id)});
  }
  return unlike;
}

void take_places(const Plan& reviewed, Plan& fresh) {
  const ChangesById known = changes_by_id(reviewed);
  for (Change& change : fresh.changes) {
    const auto found = known.find(change.id());
    if (found == known.end()) continue;
    change.origin = found->second->origin;
    change.row = found->second->row;
  }
}

}  // namespace syncwright::plan
