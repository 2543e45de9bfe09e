#include "plan/guard.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "plan/draft.h"
#include "syncwright/core/text.h"
#include "syncwright/plan/risk.h"

namespace syncwright::plan {

// A guard looks at a whole plan where every single change is right: a deleted CSV file, a wrong
// folder or a bad find-and-replace make a plan that is flawless and a disaster (docs/contract.md#3,
// #4). What is counted decides whether a guard protects. Only what an apply would carry out counts:
// no blocked application, no held change. A percentage is of what existed before this project began
// with it, so that a first run of many creations is no alarm, and a percentage is rounded up, so
// that what is over the limit never looks like the limit. Verdicts block nothing by themselves:
// apply asks `unmet_guards` of a plan made just now, since a plan file's guards come from
// outside.

namespace {

std::int64_t length(std::size_t size) {
  return static_cast<std::int64_t>(size);
}

bool is_planned(const Change& change) {
  return change.status == ChangeStatus::planned;
}

/// An apply leaves such an application out, or writes nothing at all.
bool is_left_out(const ApplicationPlan& part) {
  return std::any_of(part.changes.begin(), part.changes.end(),
                     [](const Change& change) { return change.status == ChangeStatus::blocked; });
}

/// What a percentage is counted of: what was there before this project began to make it.
bool is_existing(const ApplicationPlan& part) {
  return part.exists && part.readable && !part.unfinished;
}

/// Taking over alone changes no more than names and tags.
bool is_updated(const ApplicationPlan& part) {
  if (!is_existing(part) || is_left_out(part)) return false;
  return std::any_of(part.changes.begin(), part.changes.end(), [](const Change& change) {
    return is_planned(change) && change.type != ChangeType::application_adopt;
  });
}

/// "1 application is updated"
std::string sentence(std::int64_t count, const char* noun, const char* what) {
  return fmt::format("{} {} {}", count_words(static_cast<std::size_t>(count), noun),
                     count == 1 ? "is" : "are", what);
}

GuardVerdict deletes_verdict(std::int64_t figure, std::int64_t limit) {
  return {Guard::max_deletes,
          fmt::format("{}, and the guard lets {} through", sentence(figure, "deletion", "planned"),
                      limit),
          fmt::format("--max-deletes {}", figure), figure, limit};
}

GuardVerdict updates_verdict(const std::string& message, std::int64_t updates, std::int64_t figure,
                             std::int64_t limit) {
  return {Guard::max_updates_percent, message, fmt::format("--max-updates {}", updates), figure,
          limit};
}

const RiskWords* find_risk(Guard guard) {
  const auto table = risk_words();
  const auto found = std::find_if(table.begin(), table.end(),
                                  [guard](const RiskWords& words) { return words.guard == guard; });
  return found == table.end() ? nullptr : &*found;
}

GuardVerdict risk_verdict(const RiskWords& words, std::int64_t figure) {
  return {words.guard,
          fmt::format("{} {}", count_words(static_cast<std::size_t>(figure), "change"), words.may),
          fmt::format("{} {}", words.flag, figure), figure, 0};
}

/// How many changes of this risk were said to be expected.
const std::optional<std::int64_t>& allowance_of(Risk risk, const Acknowledgements& given) {
  return risk == Risk::deprovision ? given.allow_deprovision : given.allow_expose;
}

/// Whole percents, rounded up, so that a figure over the limit never looks like it.
std::int64_t percent_of(std::int64_t part, std::int64_t whole) {
  return (part * 100 + whole - 1) / whole;
}

/// Where a guard's limit is set. A project without a file of its own has the name `default`, and
/// needs one.
std::string limit_setting(const model::Desired& desired, const char* limit, std::int64_t value) {
  const bool has_file = desired.project != model::Desired().project;
  return fmt::format("guards.{}: {} in {}syncwright.yaml", limit, value, has_file ? "" : "a ");
}

/// Counts what the guards look at.
class Tally {
 public:
  explicit Tally(const model::Desired& desired) : desired_(desired), guards_(desired.guards) {}

  void add(const ApplicationPlan& part) {
    if (is_existing(part)) {
      ++existing_;
      assignments_ += length(part.live_assignments);
    }
    if (is_updated(part)) ++updated_;
    if (is_left_out(part)) return;
    for (const Change& change : part.changes) {
      add(change);
      const bool is_removal = is_planned(change) && change.type == ChangeType::assignment_remove;
      if (is_removal && is_existing(part)) ++existing_removals_;
    }
  }

  void add(const Change& change) {
    if (!is_planned(change)) return;
    if (traits_of(change.type).deletes()) ++deletes_;
    if (change.type == ChangeType::assignment_remove) ++removals_;
    for (const RiskWords& words : risk_words()) {
      if (change.risks.contains(words.risk)) ++risky_[words.risk];
    }
  }

  void judge(std::vector<GuardVerdict>& verdicts) const {
    if (deletes_ > guards_.max_deletes) {
      verdicts.push_back(deletes_verdict(deletes_, guards_.max_deletes));
    }
    judge_updates(verdicts);
    judge_removals(verdicts);
    for (const RiskWords& words : risk_words()) {
      const auto found = risky_.find(words.risk);
      if (found != risky_.end()) verdicts.push_back(risk_verdict(words, found->second));
    }
  }

 private:
  void judge_updates(std::vector<GuardVerdict>& verdicts) const {
    if (existing_ == 0 || existing_ < guards_.floor) return;
    const std::int64_t percent = percent_of(updated_, existing_);
    if (updated_ * 100 <= guards_.max_updates_percent * existing_) return;
    verdicts.push_back(updates_verdict(
        fmt::format("{} of {} existing applications are updated ({} %), and the guard lets {} % "
                    "through",
                    updated_, existing_, percent, guards_.max_updates_percent),
        updated_, percent, guards_.max_updates_percent));
  }

  void judge_removals(std::vector<GuardVerdict>& verdicts) const {
    if (removals_ > guards_.max_assignment_removals_count) {
      verdicts.push_back({Guard::max_assignment_removals,
                          fmt::format("{}, and the guard lets {} through",
                                      sentence(removals_, "assignment", "removed"),
                                      guards_.max_assignment_removals_count),
                          limit_setting(desired_, "maxAssignmentRemovals.count", removals_),
                          removals_, guards_.max_assignment_removals_count});
    }
    if (assignments_ == 0 || assignments_ < guards_.floor) return;
    const std::int64_t percent = percent_of(existing_removals_, assignments_);
    if (existing_removals_ * 100 <= guards_.max_assignment_removals_percent * assignments_) return;
    verdicts.push_back(
        {Guard::max_assignment_removals,
         fmt::format("{} of {} assignments are removed ({} %), and the guard lets {} % through",
                     existing_removals_, assignments_, percent,
                     guards_.max_assignment_removals_percent),
         limit_setting(desired_, "maxAssignmentRemovals.percent", percent), percent,
         guards_.max_assignment_removals_percent});
  }

  const model::Desired& desired_;
  const model::Guards& guards_;
  std::int64_t existing_ = 0;
  std::int64_t updated_ = 0;
  std::int64_t assignments_ = 0;
  std::int64_t removals_ = 0;
  std::int64_t existing_removals_ = 0;  ///< the part of them that `assignments_` is the whole of
  std::int64_t deletes_ = 0;
  std::map<Risk, std::int64_t> risky_;
};

/// "2 application sets have no row: sets/aws.yaml:6, sets/box.yaml:5". A plan file keeps no places.
std::string rowless_words(const std::vector<SourceRange>& sets) {
  std::string words = fmt::format("{} {} no row", count_words(sets.size(), "application set"),
                                  sets.size() == 1 ? "has" : "have");
  const char* before = ": ";
  for (const SourceRange& set : sets) {
    if (set.file.empty()) continue;
    words += fmt::format("{}{}:{}", before, set.file, set.line);
    before = ", ";
  }
  return words;
}

/// A part of a project may do without rows; no application at all is never taken for a part.
void judge_emptiness(const model::Desired& desired, std::vector<GuardVerdict>& verdicts) {
  if (desired.applications.empty()) {
    verdicts.push_back(
        {Guard::empty_set, "the manifests name no application at all", "--allow-empty", 0, 1});
  } else if (desired.complete && !desired.empty_sets.empty()) {
    verdicts.push_back({Guard::empty_set, rowless_words(desired.empty_sets), "--allow-empty",
                        length(desired.empty_sets.size()), 0});
  }
}

bool is_acknowledged(const GuardVerdict& verdict, const Plan& plan, const Acknowledgements& given) {
  if (verdict.guard == Guard::max_deletes) {
    return given.max_deletes && *given.max_deletes >= verdict.figure;
  }
  if (verdict.guard == Guard::max_updates_percent) {
    return given.max_updates && *given.max_updates >= plan.updates;
  }
  if (const RiskWords* words = find_risk(verdict.guard)) {
    const auto& expected = allowance_of(words->risk, given);
    return given.reviewed_plan || (expected && *expected >= verdict.figure);
  }
  return verdict.guard == Guard::empty_set && given.allow_empty;
}

}  // namespace

std::vector<GuardVerdict> guard_verdicts(const model::Desired& desired,
                                         const std::vector<ApplicationPlan>& parts,
                                         const std::vector<Change>& deletions) {
  Tally tally(desired);
  for (const ApplicationPlan& part : parts) tally.add(part);
  for (const Change& change : deletions) tally.add(change);
  std::vector<GuardVerdict> verdicts;
  tally.judge(verdicts);
  judge_emptiness(desired, verdicts);
  std::stable_sort(
      verdicts.begin(), verdicts.end(),
      [](const GuardVerdict& left, const GuardVerdict& right) { return left.guard < right.guard; });
  return verdicts;
}

std::int64_t count_updates(const std::vector<ApplicationPlan>& parts) {
  return std::count_if(parts.begin(), parts.end(), is_updated);
}

std::vector<GuardVerdict> unmet_guards(const Plan& plan, const Acknowledgements& given) {
  std::vector<GuardVerdict> left;
  std::copy_if(plan.guards.begin(), plan.guards.end(), std::back_inserter(left),
               [&](const GuardVerdict& verdict) { return !is_acknowledged(verdict, plan, given); });
  const auto deletes = std::count_if(
      plan.changes.begin(), plan.changes.end(),
      [](const Change& change) { return is_planned(change) && traits_of(change.type).deletes(); });
  const auto stands = [&left](Guard guard) {
    return std::any_of(left.begin(), left.end(),
                       [guard](const GuardVerdict& verdict) { return verdict.guard == guard; });
  };
  // What is said for this run is narrower than what the project allows every run.
  if (!stands(Guard::max_deletes) && given.max_deletes && deletes > *given.max_deletes) {
    left.push_back(deletes_verdict(deletes, *given.max_deletes));
  }
  if (!stands(Guard::max_updates_percent) && given.max_updates &&
      plan.updates > *given.max_updates) {
    left.push_back(updates_verdict(
        fmt::format("{}, and --max-updates lets {} through",
                    sentence(plan.updates, "existing application", "updated"), *given.max_updates),
        plan.updates, plan.updates, *given.max_updates));
  }
  return left;
}

}  // namespace syncwright::plan
