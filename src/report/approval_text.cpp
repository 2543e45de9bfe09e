#include "syncwright/report/approval_text.h"

#include <fmt/format.h>

#include <set>
#include <utility>
#include <vector>

#include "report/change_words.h"
#include "report/page.h"
#include "syncwright/report/escape.h"

namespace syncwright {

namespace {

/// The applications of the planned changes, by what becomes of them.
struct Touched {
  std::set<std::string> created;
  std::set<std::string> deleted;
  std::set<std::string> updated;
  std::size_t changes = 0;
};

Touched touched_by(const Plan& plan) {
  Touched touched;
  for (const Change& change : plan.changes) {
    if (change.status != ChangeStatus::planned) continue;
    ++touched.changes;
    if (change.type == ChangeType::application_delete) {
      touched.deleted.insert(change.application);
    } else if (change.type == ChangeType::application_instantiate) {
      touched.created.insert(change.application);
    } else if (!touched.created.contains(change.application)) {  // it comes first of all
      touched.updated.insert(change.application);
    }
  }
  return touched;
}

/// "2 to create, 1 to delete, 12 changes"
std::string touched_words(const Touched& touched) {
  std::vector<std::string> parts;
  const auto add = [&parts](const std::set<std::string>& names, const char* verb) {
    if (!names.empty()) parts.push_back(fmt::format("{} to {}", names.size(), verb));
  };
  add(touched.created, "create");
  add(touched.updated, "update");
  add(touched.deleted, "delete");
  parts.push_back(counted(touched.changes, "change"));
  return fmt::format("{}", fmt::join(parts, ", "));
}

}  // namespace

std::string approval_question(const Plan& plan, const Style& style) {
  Page page(style);
  page.line(page.paint(Tone::strong,
                       fmt::format("{}: {}.", place_of(plan), touched_words(touched_by(plan)))));
  for (const GuardVerdict& verdict : plan.guards) {
    page.line(page.paint(Tone::bad, fmt::format("guard {}: {}", escape_terminal(verdict.guard),
                                                escape_terminal(verdict.message))));
  }
  return page.take() + "Do you want to carry out these changes?";
}

}  // namespace syncwright
