#include "syncwright/plan/review.h"

#include <algorithm>
#include <map>
#include <set>

#include "syncwright/core/json.h"
#include "syncwright/plan/plan_file.h"

namespace syncwright::plan {

namespace {

using Documents = std::map<std::string, Json>;

/// What a change says, but for what cannot be compared.
Json comparable_change(Json change) {
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
Json comparable_head(const Json& document, ReviewedFindings findings) {
  Json head = document;
  for (const char* apart : {"changes", "createdAt", "health"}) head.erase(apart);
  for (Json& guard : head["guards"]) guard = comparable_guard(std::move(guard));
  if (findings == ReviewedFindings::left_out) {
    head.erase("diagnostics");
  } else {
    for (Json& finding : head["diagnostics"]) finding = comparable_finding(std::move(finding));
  }
  return head;
}

Documents changes_by_id(const Json& document) {
  Documents changes;
  for (const Json& change : document["changes"]) {
    changes.emplace(change["id"].get<std::string>(), comparable_change(change));
  }
  return changes;
}

std::string application_of(const Json& change) {
  return change["application"].get<std::string>();
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
  const Json before = to_json(reviewed);
  const Json now = to_json(fresh);
  std::vector<Difference> unlike;
  for (std::string& path :
       different_paths(comparable_head(before, findings), comparable_head(now, findings))) {
    unlike.push_back({{}, std::move(path)});
  }
  const Documents reviewed_changes = changes_by_id(before);
  const Documents fresh_changes = changes_by_id(now);
  for (const auto& [id, change] : reviewed_changes) {
    const auto found = fresh_changes.find(id);
    if (found == fresh_changes.end()) {
      unlike.push_back({application_of(change), id + ": not called for any more"});
      continue;
    }
    const std::vector<std::string> paths = different_paths(change, found->second);
    if (paths.empty()) continue;
    unlike.push_back({application_of(change), id + ": " + list_places(paths)});
  }
  for (const auto& [id, change] : fresh_changes) {
    if (reviewed_changes.contains(id)) continue;
    unlike.push_back({application_of(change), id + ": not reviewed"});
  }
  return unlike;
}

}  // namespace syncwright::plan
