#include "syncwright/plan/drift.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "syncwright/core/ascii.h"
#include "syncwright/plan/plan_file.h"

namespace syncwright {

namespace {

/// The applications that somebody else edited after the last edit of ours. `edits` are sorted.
std::set<std::string> edited_since(const std::vector<DriftEdit>& edits) {
  std::set<std::string> edited;
  for (const DriftEdit& edit : edits) {
    if (edit.ours) {
      edited.erase(edit.application);
    } else {
      edited.insert(edit.application);
    }
  }
  return edited;
}

}  // namespace

Drift make_drift(Plan plan, const std::vector<LiveEdit>& edits,
                 const std::vector<std::string>& writers) {
  std::set<std::string> ours;
  for (const std::string& writer : writers) ours.insert(ascii::lower(writer));
  std::map<std::string, std::string> applications;
  for (const auto& [name, principal] : plan.service_principals) applications[principal] = name;
  Drift drift;
  for (const LiveEdit& edit : edits) {
    const auto application = applications.find(edit.service_principal_id);
    if (application == applications.end()) continue;
    const bool is_ours =
        ours.contains(ascii::lower(edit.by)) || ours.contains(ascii::lower(edit.by_id));
    drift.edits.push_back({application->second, edit, is_ours});
  }
  std::sort(drift.edits.begin(), drift.edits.end(),
            [](const DriftEdit& left, const DriftEdit& right) {
              return std::tie(left.application, left.edit.at, left.edit.activity, left.edit.by) <
                     std::tie(right.application, right.edit.at, right.edit.activity, right.edit.by);
            });
  const std::set<std::string> edited = edited_since(drift.edits);
  for (Change& change : plan.changes) {
    if (change.cause == Cause::manifest && edited.contains(change.application)) {
      change.cause = Cause::both;
    }
  }
  drift.plan = std::move(plan);
  return drift;
}

Json to_json(const Drift& drift) {
  Json document = to_json(drift.plan);
  for (std::size_t i = 0; i < drift.plan.changes.size(); ++i) {
    document["changes"][i]["cause"] = to_string(drift.plan.changes[i].cause);
  }
  Json edits = Json::array();
  for (const DriftEdit& entry : drift.edits) {
    edits.push_back({{"application", entry.application},
                     {"servicePrincipalId", entry.edit.service_principal_id},
                     {"activity", entry.edit.activity},
                     {"by", entry.edit.by},
                     {"byId", entry.edit.by_id},
                     {"at", entry.edit.at},
                     {"ours", entry.ours}});
  }
  document["edits"] = std::move(edits);
  return document;
}

}  // namespace syncwright
