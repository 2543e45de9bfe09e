#include "running_changes.h"

#include <fmt/format.h>

#include <algorithm>

#include "change_words.h"
#include "outcome_words.h"
#include "syncwright/report/escape.h"

namespace syncwright {

void RunningChanges::start(const Change& change, Instant now) {
  const std::string title =
      fmt::format("{}: {}", escape_terminal(change.application), title_of(change));
  running_[change.id] = {title, {}, {}, now};
}

void RunningChanges::wait(const Change& change, const std::string& what, Milliseconds elapsed) {
  const auto found = running_.find(change.id);
  if (found == running_.end()) return;
  found->second.waiting_for = escape_terminal(what);
  found->second.waited = elapsed;
}

void RunningChanges::finish(const std::string& id) {
  running_.erase(id);
}

std::string RunningChanges::words(Instant now) const {
  const auto oldest = std::min_element(
      running_.begin(), running_.end(),
      [](const auto& left, const auto& right) { return left.second.since < right.second.since; });
  if (oldest == running_.end()) return {};
  const Running& shown = oldest->second;
  std::string text = shown.title;
  if (!shown.waiting_for.empty()) {
    text += fmt::format(", waiting for {} ({})", shown.waiting_for, duration_words(shown.waited));
  } else if (now - shown.since >= Milliseconds{1000}) {
    text += fmt::format(" ({})", duration_words(now - shown.since));
  }
  if (running_.size() > 1) text += fmt::format(", and {} more", running_.size() - 1);
  return text;
}

}  // namespace syncwright
