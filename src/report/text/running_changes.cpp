#include "report/text/running_changes.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/layout/text_layout.h"
#include "report/words/change_words.h"
#include "report/words/outcome_words.h"
#include "syncwright/report/escape.h"

namespace syncwright {

namespace {

/// A narrow terminal says what runs rather than how much else does.
constexpr std::size_t kLeastTitle = 16;

}  // namespace

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

std::string RunningChanges::words(Instant now, std::size_t width, std::string_view ellipsis) const {
  const auto oldest = std::min_element(
      running_.begin(), running_.end(),
      [](const auto& left, const auto& right) { return left.second.since < right.second.since; });
  if (oldest == running_.end()) return {};
  const Running& shown = oldest->second;
  std::string what = shown.title;
  std::string duration;
  if (!shown.waiting_for.empty()) {
    what += ", waiting for " + shown.waiting_for;
    duration = fmt::format(" ({})", duration_words(shown.waited));
  } else if (now - shown.since >= Milliseconds{1000}) {
    duration = fmt::format(" ({})", duration_words(now - shown.since));
  }
  std::string others;
  if (running_.size() > 1) others = fmt::format(", and {} more", running_.size() - 1);
  if (kLeastTitle + duration.size() + others.size() > width) others.clear();
  const std::size_t end = duration.size() + others.size();
  return elide(what, width > end ? width - end : 0, ellipsis) + duration + others;
}

}  // namespace syncwright
