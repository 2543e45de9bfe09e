#include "report/drift_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "report/words/change_words.h"
#include "syncwright/core/text.h"

namespace syncwright::report {

EditSummary summarize_edits(const std::vector<plan::DriftEdit>& edits) {
  constexpr std::ptrdiff_t few = 10;
  const auto ours = std::count_if(edits.begin(), edits.end(),
                                  [](const plan::DriftEdit& edit) { return edit.ours; });
  EditSummary told;
  std::set<std::string> applications;
  for (const plan::DriftEdit& edit : edits) {
    if (!edit.ours || ours <= few) {
      told.one_by_one.push_back(&edit);
    } else {
      applications.insert(edit.application);
    }
  }
  if (!applications.empty()) {
    told.others = fmt::format("{} of ours in {} (--format json lists them)",
                              count_words(static_cast<std::size_t>(ours), "edit"),
                              count_words(applications.size(), "application"));
  }
  return told;
}

std::vector<RepeatedEdit> outside_edits(const std::vector<plan::DriftEdit>& edits) {
  constexpr std::size_t most = 50;
  std::map<std::tuple<std::string, std::string, std::string>, std::size_t> known;
  std::vector<RepeatedEdit> told;
  for (const plan::DriftEdit& edit : edits) {
    const auto [place, is_new] = known.emplace(
        std::tuple(edit.application, edit.edit.activity, editor_of(edit)), told.size());
    if (is_new && told.size() < most) {
      told.push_back({&edit, 1});
    } else if (place->second < told.size()) {
      told[place->second] = {&edit, told[place->second].count + 1};
    }
  }
  return told;
}

std::size_t count_left_out(const std::vector<RepeatedEdit>& shown,
                           const std::vector<plan::DriftEdit>& edits) {
  std::size_t count = edits.size();
  for (const RepeatedEdit& each : shown) count -= each.count;
  return count;
}

std::string what_of(const RepeatedEdit& repeated) {
  const model::LiveEdit& edit = repeated.last->edit;
  std::vector<std::string> modified;
  for (const model::LiveModification& each : edit.modified) {
    const bool is_told = !each.before.empty() || !each.after.empty();
    modified.push_back(is_told ? fmt::format("{} {} → {}", each.property, each.before, each.after)
                               : each.property);
  }
  return fmt::format("{}{}{}{}", edit.activity,
                     repeated.count > 1 ? fmt::format(" ({} times)", repeated.count) : "",
                     modified.empty() ? "" : ": ", fmt::join(modified, ", "));
}

std::string outside_words(const plan::Drift& drift) {
  if (!drift.unmanaged || drift.unmanaged->empty()) return {};
  return count_words(drift.unmanaged->size(), "edit") + " outside what the manifests manage";
}

std::string no_drift_words(const plan::Drift& drift) {
  if (!drift.unmanaged) {
    return "No drift in what the manifests manage. Whether somebody edited the rest is not known.";
  }
  if (drift.unmanaged->empty()) return "No drift. The tenant is as the manifests say.";
  return fmt::format("No drift in what the manifests manage. {} outside it.",
                     count_words(drift.unmanaged->size(), "edit"));
}

std::vector<std::string> ills_of(const plan::Plan& plan) {
  const auto ill = static_cast<std::size_t>(
      std::count_if(plan.health.begin(), plan.health.end(),
                    [](const plan::Health& item) { return item.is_drift; }));
  std::vector<std::string> parts;
  if (ill > 0) parts.push_back(count_words(ill, "job") + " in bad health");
  if (!plan.orphans.empty()) parts.push_back(count_words(plan.orphans.size(), "orphan"));
  return parts;
}

std::string editor_of(const plan::DriftEdit& edit) {
  return edit.edit.by.empty() ? edit.edit.by_id : edit.edit.by;
}

}  // namespace syncwright::report
