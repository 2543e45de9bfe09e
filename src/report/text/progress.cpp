#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "report/layout/text_layout.h"
#include "report/words/change_words.h"
#include "report/words/outcome_words.h"
#include "syncwright/report/apply_text.h"
#include "syncwright/report/escape.h"

namespace syncwright::report {

namespace {

constexpr std::size_t kStateWidth = 7;

void write(std::FILE* stream, const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), stream);
  std::fflush(stream);
}

/// Counts finished changes and puts each into one line.
class FinishedLines {
 public:
  FinishedLines(const Style& style, const plan::Plan& plan)
      : style_(style), total_(plan.count(plan::ChangeStatus::planned)) {}

  /// Empty where nothing was begun: what a failure or Ctrl-C left undone is told when the apply
  /// ends, by application.
  [[nodiscard]] std::string add(const plan::ChangeOutcome& outcome) {
    if (outcome.state == plan::OutcomeState::skipped) return {};
    ++done_;
    std::string line = fmt::format(
        "{} {}  {}  {}", style_.paint(Tone::faint, count()),
        style_.paint(tone_of(outcome.state), pad(to_string(outcome.state), kStateWidth)),
        style_.paint(Tone::strong, escape_terminal(outcome.change->application)),
        title_of(*outcome.change));
    line += "  " + style_.paint(Tone::faint, duration_words(outcome.duration));
    const std::string explanation = explanation_of(outcome);
    if (!explanation.empty()) line += "  " + explanation;
    return style_.fit(line) + "\n";
  }

  /// A long wait, so that nobody takes it for a standstill.
  [[nodiscard]] std::string wait(const plan::Change& change, const std::string& what,
                                 Milliseconds limit) const {
    return fmt::format("{} {}  {}  {}  for {}, {} at the most\n",
                       style_.paint(Tone::faint, count()),
                       style_.paint(Tone::change, pad("waiting", kStateWidth)),
                       style_.paint(Tone::strong, escape_terminal(change.application)),
                       title_of(change), escape_terminal(what), duration_words(limit));
  }

  /// "[ 3/11]"
  [[nodiscard]] std::string count() const {
    const std::size_t width = std::to_string(total_).size();
    return fmt::format("[{:>{}}/{}]", done_, width, total_);
  }

 private:
  const Style& style_;
  std::size_t total_;
  std::size_t done_ = 0;
};

class LineProgress final : public plan::ApplyListener {
 public:
  LineProgress(std::FILE* stream, const Style& style, const plan::Plan& plan)
      : stream_(stream), style_(style), finished_(style_, plan) {}

  void started(const plan::Change&) override {}
  void waiting(const plan::Change& change, const std::string& what, Milliseconds elapsed,
               Milliseconds limit) override {
    if (elapsed < kToldAfter || !told_.insert(change.id() + "\n" + what).second) return;
    write(stream_, finished_.wait(change, what, limit));
  }
  void finished(const plan::ChangeOutcome& outcome) override {
    write(stream_, finished_.add(outcome));
  }

 private:
  /// A new object is waited for many times, each time briefly; such waits are not shown.
  static constexpr Milliseconds kToldAfter{5'000};

  std::set<std::string> told_;
  std::FILE* stream_;
  Style style_;
  FinishedLines finished_;
};

/// What an apply is doing right now, for the status line.
class RunningChanges {
 public:
  void start(const plan::Change& change, Instant now);
  void wait(const plan::Change& change, const std::string& what, Milliseconds elapsed);
  void finish(const std::string& id);

  /// "salesforce-contoso: create job default, waiting for ... (12 s), and 2 more", in `width`
  /// columns; the change that runs the longest speaks for all. What is too long is cut where it
  /// says what runs: how long it takes already tells a wait from a standstill. Empty where nothing
  /// runs.
  [[nodiscard]] std::string words(Instant now, std::size_t width, std::string_view ellipsis) const;

 private:
  struct Running {
    std::string title;
    std::string waiting_for;
    Milliseconds waited{0};
    Instant since;
  };
  std::map<std::string, Running> running_;
};

/// A narrow terminal says what runs rather than how much else does.
constexpr std::size_t kLeastTitle = 16;

void RunningChanges::start(const plan::Change& change, Instant now) {
  const std::string title =
      fmt::format("{}: {}", escape_terminal(change.application), title_of(change));
  running_[change.id()] = {title, {}, {}, now};
}

void RunningChanges::wait(const plan::Change& change, const std::string& what,
                          Milliseconds elapsed) {
  const auto found = running_.find(change.id());
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

/// Like ninja's line printer: every event clears the status line and writes it anew.
class LiveProgress final : public plan::ApplyListener {
 public:
  LiveProgress(std::FILE* stream, const Style& style, const Clock& clock, const plan::Plan& plan)
      : stream_(stream), style_(style), clock_(clock), finished_(style_, plan) {}
  LiveProgress(const LiveProgress&) = delete;
  LiveProgress& operator=(const LiveProgress&) = delete;
  ~LiveProgress() override { write(stream_, kClearLine); }

  void started(const plan::Change& change) override {
    running_.start(change, clock_.now());
    write(stream_, status());
  }
  void waiting(const plan::Change& change, const std::string& what, Milliseconds elapsed,
               Milliseconds) override {
    running_.wait(change, what, elapsed);
    write(stream_, status());
  }
  void finished(const plan::ChangeOutcome& outcome) override {
    running_.finish(outcome.change->id());
    std::string text = kClearLine + finished_.add(outcome);
    text += status();  // counts what `add` has just counted
    write(stream_, text);
  }

 private:
  static constexpr const char* kClearLine = "\r\x1b[K";

  [[nodiscard]] std::string status() const {
    const std::string count = finished_.count() + " ";
    // The last column stays free: some terminals break the line as soon as it is filled.
    const auto width = static_cast<std::size_t>(std::max(style_.width - 1, 1));
    const std::size_t room = width > count.size() ? width - count.size() : 0;
    const std::string words = running_.words(clock_.now(), room, style_.ellipsis());
    return words.empty() ? kClearLine : kClearLine + elide(count + words, width, style_.ellipsis());
  }

  std::FILE* stream_;
  Style style_;
  const Clock& clock_;
  FinishedLines finished_;
  RunningChanges running_;
};

class JsonProgress final : public plan::ApplyListener {
 public:
  JsonProgress(std::FILE* stream, const Clock& clock) : stream_(stream), clock_(clock) {}

  void started(const plan::Change& change) override {
    emit({{"level", "info"}, {"event", "started"}, {"change", change.id()}});
  }
  void waiting(const plan::Change& change, const std::string& what, Milliseconds elapsed,
               Milliseconds limit) override {
    emit({{"level", "info"},
          {"event", "waiting"},
          {"change", change.id()},
          {"message", what},
          {"elapsedMs", elapsed.count()},
          {"limitMs", limit.count()}});
  }
  void finished(const plan::ChangeOutcome& outcome) override {
    const bool good =
        outcome.state == plan::OutcomeState::done || outcome.state == plan::OutcomeState::skipped;
    emit({{"level", good ? "info" : "error"},
          {"event", "finished"},
          {"change", outcome.change->id()},
          {"state", to_string(outcome.state)},
          {"message", outcome.error ? describe(*outcome.error) : outcome.detail},
          {"writes", outcome.writes},
          {"durationMs", outcome.duration.count()}});
  }

 private:
  void emit(Json event) {
    event["time"] = format_rfc3339(clock_.now());
    write(stream_, canonical_json(event) + "\n");
  }

  std::FILE* stream_;
  const Clock& clock_;
};

}  // namespace

std::unique_ptr<plan::ApplyListener> make_progress(std::FILE* stream, const Style& style,
                                                   ProgressForm form, const Clock& clock,
                                                   const plan::Plan& plan) {
  switch (form) {
    case ProgressForm::lines:
      return std::make_unique<LineProgress>(stream, style, plan);
    case ProgressForm::live:
      return std::make_unique<LiveProgress>(stream, style, clock, plan);
    case ProgressForm::json:
      return std::make_unique<JsonProgress>(stream, clock);
  }
  return std::make_unique<LineProgress>(stream, style, plan);
}

}  // namespace syncwright::report
