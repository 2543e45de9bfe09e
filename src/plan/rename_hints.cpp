#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "plan/draft.h"
#include "plan/orphan_plan.h"
#include "syncwright/model/ownership.h"

namespace syncwright::plan {

// A manifest whose name changes is, to a tool that goes by names, one application gone and another
// one new: with --prune the old one is deleted, its jobs and everybody's accounts with it. Nothing
// in the tenant proves a rename, so that this never changes a plan; it says what looks like one,
// from the most certain sign to the least, each application once, and what to write if it is one
// (`lifecycle.previously`, docs/contract.md#4).

namespace {

/// An application that this plan creates from nothing.
struct Newcomer {
  const model::DesiredApplication* desired;
  std::string template_id;  ///< empty where the gallery does not tell
};

/// Whether the plan creates it, and does not go on with what an earlier run began.
bool is_newcomer(const ApplicationPlan& part) {
  return !part.exists &&
         std::any_of(part.changes.begin(), part.changes.end(), [](const Change& change) {
           const bool resumes = std::any_of(
               change.fields.begin(), change.fields.end(),
               [](const schema::FieldChange& field) { return field.path == "resumes"; });
           return change.type == ChangeType::application_instantiate && !resumes;
         });
}

/// Whether the orphan is an application that had a manifest once, and not what a killed run left.
bool had_a_manifest(const model::Orphan& orphan) {
  return model::is_manifest_name(orphan.application) &&
         model::tag_value(orphan.tags, model::kApplicationTag);
}

/// What was applied last to the orphan is what the manifest asks for, but for the names.
bool has_same_settings(const model::DesiredApplication& desired, const model::Orphan& orphan) {
  const auto applied = model::tag_value(orphan.tags, model::kAppliedTag);
  if (!applied) return false;
  model::DesiredApplication renamed = desired;
  renamed.name = orphan.application;
  if (model::applied_digest(renamed) == *applied) return true;
  renamed.display_name = orphan.reference.display_name;
  return model::applied_digest(renamed) == *applied;
}

bool has_same_display_name(const model::DesiredApplication& desired, const model::Orphan& orphan) {
  return orphan.reference.display_name == desired.display_name;
}

/// "`a` and `b`"; of many the first few.
std::string list_names(const std::vector<std::string>& names) {
  constexpr std::size_t few = 5;
  std::vector<std::string> words;
  for (std::size_t i = 0; i < std::min(few, names.size()); ++i) {
    words.push_back("`" + names[i] + "`");
  }
  if (names.size() > few) words.push_back(fmt::format("{} more", names.size() - few));
  return enumerate(words);
}

/// A plan file keeps no rows, so that the advice is the same for a manifest and a row of a set.
std::string previously_line(const std::string& old) {
  return fmt::format(
      "write `lifecycle: {{previously: [{}]}}` (for a row of a set: under its `overrides`)", old);
}

class RenameHints {
 public:
  RenameHints(std::vector<Newcomer> newcomers, std::vector<const model::Orphan*> orphans,
              bool prunes)
      : newcomers_(std::move(newcomers)), orphans_(std::move(orphans)), prunes_(prunes) {}

  /// From the most certain sign to the least; each application is named once.
  std::vector<Diagnostic> take() {
    // Each comparison digests a whole manifest: a great many are left to the other signs.
    constexpr std::size_t most_comparisons = 2'500;
    if (newcomers_.size() * orphans_.size() <= most_comparisons) {
      tell_alike(has_same_settings, "with the settings of");
    }
    tell_alike(has_same_display_name, "under the display name of");
    tell_of_templates();
    return std::move(hints_);
  }

 private:
  [[nodiscard]] std::string fate(bool one) const {
    return fmt::format("no manifest names any more{}", !prunes_ ? ""
                                                       : one    ? " and which is deleted"
                                                                : " and which are deleted");
  }

  template <class Alike>
  void tell_alike(Alike alike, const char* likeness) {
    std::erase_if(newcomers_, [&](const Newcomer& newcomer) {
      const model::DesiredApplication& desired = *newcomer.desired;
      const auto found =
          std::find_if(orphans_.begin(), orphans_.end(),
                       [&](const model::Orphan* orphan) { return alike(desired, *orphan); });
      if (found == orphans_.end()) return false;
      const std::string old = (*found)->application;
      orphans_.erase(found);
      hints_.push_back(hint(
          desired,
          fmt::format("`{}` is created {} `{}`, which {}", desired.name, likeness, old, fate(true)),
          fmt::format("if `{}` was renamed, {}", old, previously_line(old))));
      return true;
    });
  }

  /// Where a row's settings contain its name, a renamed row shares only the gallery application
  /// with the old one. Several of them cannot be told apart, so that one hint names them all.
  void tell_of_templates() {
    std::map<std::string, std::vector<const model::DesiredApplication*>> created;
    std::map<std::string, std::vector<std::string>> left;
    for (const Newcomer& newcomer : newcomers_) {
      if (!newcomer.template_id.empty()) created[newcomer.template_id].push_back(newcomer.desired);
    }
    for (const model::Orphan* orphan : orphans_) {
      left[orphan->application_template_id].push_back(orphan->application);
    }
    for (const auto& [template_id, applications] : created) {
      const auto olds = left.find(template_id);
      if (olds != left.end()) tell_of_template(applications, olds->second);
    }
  }

  void tell_of_template(const std::vector<const model::DesiredApplication*>& created,
                        const std::vector<std::string>& left) {
    std::vector<std::string> names;
    names.reserve(created.size());
    for (const model::DesiredApplication* desired : created) names.push_back(desired->name);
    const bool pair = created.size() == 1 && left.size() == 1;
    hints_.push_back(hint(
        *created.front(),
        fmt::format("{} {} created from the gallery application of {}, which {}", list_names(names),
                    created.size() == 1 ? "is" : "are", list_names(left), fate(left.size() == 1)),
        pair ? fmt::format("if `{}` was renamed, {}", left.front(), previously_line(left.front()))
             : fmt::format("for each that was renamed, with its earlier name as OLD, {}",
                           previously_line("OLD"))));
  }

  static Diagnostic hint(const model::DesiredApplication& desired, std::string message,
                         std::string advice) {
    return {Code::SW5040, Severity::warning, std::move(message), std::move(advice),
            origin_of(desired)};
  }

  std::vector<Newcomer> newcomers_;
  std::vector<const model::Orphan*> orphans_;
  bool prunes_;
  std::vector<Diagnostic> hints_;
};

}  // namespace

std::vector<Diagnostic> rename_hints(const model::Desired& desired,
                                     const std::vector<ApplicationPlan>& parts,
                                     const std::vector<model::Orphan>& orphans, bool prunes) {
  std::vector<const model::Orphan*> left;
  for (const model::Orphan& orphan : orphans) {
    if (had_a_manifest(orphan)) left.push_back(&orphan);
  }
  std::vector<Newcomer> newcomers;
  for (const ApplicationPlan& part : parts) {
    const model::DesiredApplication* application = desired.find(part.application);
    if (application == nullptr || !is_newcomer(part)) continue;
    newcomers.push_back({application, part.gallery_template_id});
  }
  if (left.empty() || newcomers.empty()) return {};
  return RenameHints(std::move(newcomers), std::move(left), prunes).take();
}

}  // namespace syncwright::plan
