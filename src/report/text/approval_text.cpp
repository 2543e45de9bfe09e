#include "syncwright/report/approval_text.h"

#include <fmt/format.h>

#include <set>
#include <utility>
#include <vector>

#include "report/layout/page.h"
#include "report/words/change_words.h"
#include "syncwright/report/escape.h"

namespace syncwright {

namespace {

/// The applications of the planned changes, by what becomes of them.
struct Tally {
  std::set<std::string> created;
  std::set<std::string> deleted;
  std::set<std::string> updated;
  std::size_t changes = 0;
};

Tally tally_of(const Plan& plan) {
  Tally tally;
  for (const Change& change : plan.changes) {
    if (change.status != ChangeStatus::planned) continue;
    ++tally.changes;
    const ApplicationEffect effect = traits_of(change.type).effect;
    if (effect == ApplicationEffect::deleted) {
      tally.deleted.insert(change.application);
    } else if (effect == ApplicationEffect::created) {
      tally.created.insert(change.application);
    } else if (!tally.created.contains(change.application)) {  // it comes first of all
      tally.updated.insert(change.application);
    }
  }
  return tally;
}

/// "2 to create, 1 to delete, 12 changes"
std::string tally_words(const Tally& tally) {
  std::vector<std::string> parts;
  const auto add = [&parts](const std::set<std::string>& names, const char* verb) {
    if (!names.empty()) parts.push_back(fmt::format("{} to {}", names.size(), verb));
  };
  add(tally.created, "create");
  add(tally.updated, "update");
  add(tally.deleted, "delete");
  parts.push_back(counted(tally.changes, "change"));
  return fmt::format("{}", fmt::join(parts, ", "));
}

}  // namespace

std::string approval_question(const Plan& plan, const Style& style) {
  Page page(style);
  page.line(page.paint(Tone::strong,
                       fmt::format("{}: {}.", place_of(plan), tally_words(tally_of(plan)))));
  for (const GuardVerdict& verdict : plan.guards) {
    page.line(page.paint(Tone::bad, fmt::format("guard {}: {}", to_string(verdict.guard),
                                                escape_terminal(verdict.message))));
  }
  return page.take() + "Do you want to carry out these changes?";
}

}  // namespace syncwright
