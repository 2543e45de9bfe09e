#include "drift_edits.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "change_words.h"

namespace syncwright {

ToldEdits told_edits(const std::vector<DriftEdit>& edits) {
  constexpr std::ptrdiff_t few = 10;
  const auto ours =
      std::count_if(edits.begin(), edits.end(), [](const DriftEdit& edit) { return edit.ours; });
  ToldEdits told;
  std::set<std::string> applications;
  for (const DriftEdit& edit : edits) {
    if (!edit.ours || ours <= few) {
      told.one_by_one.push_back(&edit);
    } else {
      applications.insert(edit.application);
    }
  }
  if (!applications.empty()) {
    told.others = fmt::format("{} of ours in {} (--format json lists them)",
                              counted(static_cast<std::size_t>(ours), "edit"),
                              counted(applications.size(), "application"));
  }
  return told;
}

std::string editor_of(const DriftEdit& edit) {
  return edit.edit.by.empty() ? edit.edit.by_id : edit.edit.by;
}

}  // namespace syncwright
