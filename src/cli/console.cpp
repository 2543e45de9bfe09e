#include "cli/console.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstdio>

#include "syncwright/core/json.h"
#include "syncwright/core/text.h"
#include "syncwright/plan/approval.h"
#include "syncwright/report/escape.h"

namespace syncwright::cli {
namespace {

/// A terminal that does not know its size may have been told by the shell; of old they have 80.
int terminal_width(int descriptor, const Environment& environment) {
  winsize size{};
  if (ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
    return size.ws_col;
  }
  const std::string columns = environment.get("COLUMNS").value_or("");
  int width = 0;
  const auto read = std::from_chars(columns.data(), columns.data() + columns.size(), width);
  return read.ec == std::errc() && width > 0 ? width : 80;
}

report::Style style_of(int descriptor, const Environment& environment, bool no_color) {
  report::Style style;
  style.terminal = isatty(descriptor) == 1;
  style.color = style.terminal && !no_color && !environment.get("NO_COLOR") &&
                environment.get("TERM").value_or("") != "dumb";
  if (style.terminal) {
    style.width = terminal_width(descriptor, environment);
  }
  return style;
}

/// A write to stderr that fails is ignored, since there is no other place to report it.
void write_error(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stderr);
  std::fflush(stderr);
}

/// 0 or an errno; waits where standard output is a full pipe that does not block.
int write_output(std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = write(STDOUT_FILENO, text.data(), text.size());
    if (count >= 0) {
      text.remove_prefix(static_cast<std::size_t>(count));
    } else if (errno == EAGAIN) {
      pollfd output{STDOUT_FILENO, POLLOUT, 0};
      poll(&output, 1, -1);
    } else if (errno != EINTR) {
      return errno;
    }
  }
  return 0;
}

}  // namespace

Console::Console(const Environment& environment, bool no_color, bool log_json)
    : out_style_(style_of(STDOUT_FILENO, environment, no_color)),
      err_style_(style_of(STDERR_FILENO, environment, no_color)),
      log_json_(log_json) {}

void Console::out(std::string_view text) {
  if (out_failure_ == 0) {
    out_failure_ = write_output(text);
  }
}

void Console::line(std::string_view severity, std::string_view color, std::string_view text,
                   std::string_view advice) {
  if (log_json_) {
    record(severity, text, advice.empty() ? Json::object() : Json{{"advice", advice}});
    return;
  }
  std::string rendered;
  if (severity != "info") {
    rendered = err_style_.color ? fmt::format("\x1b[{}m{}:\x1b[0m ", color, severity)
                                : fmt::format("{}: ", severity);
  }
  // Whatever reaches a terminal may have come from a tenant or a file.
  rendered = err_style_.fit(rendered + report::escape_terminal(text), 2) + "\n";
  if (!advice.empty()) {
    for (const std::string& each : split_lines(advice)) {
      rendered += err_style_.fit("  " + report::escape_terminal(each), 2) + "\n";
    }
  }
  write_error(rendered);
}

void Console::record(std::string_view level, std::string_view message, Json members) {
  members["level"] = level;
  members["message"] = message;
  write_error(canonical_json(members) + "\n");
}

void Console::raw(std::string_view text) {
  write_error(text);
}
void Console::note(std::string_view text) {
  line("info", "0", text, {});
}
void Console::warn(std::string_view text) {
  line("warning", "33", text, {});
}
void Console::error(const Error& error) {
  line("error", "31", describe(error), error.advice);
}
void Console::error(std::string_view message, std::string_view advice) {
  line("error", "31", message, advice);
}

bool Console::can_ask() const {
  return isatty(STDIN_FILENO) == 1 && stderr_is_terminal();
}

std::function<void(std::size_t, std::size_t)> Console::reading_progress() const {
  if (!stderr_is_terminal() || log_json_) return {};
  return [](std::size_t done, std::size_t total) {
    fmt::print(stderr, "\r\x1b[Kreading the tenant: {} of {} applications{}", done, total,
               done == total ? "\r\x1b[K" : "");
    std::fflush(stderr);
  };
}

std::optional<std::string> Console::ask(std::string_view question, std::string_view prompt,
                                        const std::stop_token& stop) {
  write_error(fmt::format("\n{}\n  {}", question, prompt));
  std::string answer;
  // Signals are taken by a thread of their own: a blocking read would not notice Ctrl-C.
  while (!stop.stop_requested() && !answer.ends_with('\n')) {
    pollfd input{STDIN_FILENO, POLLIN, 0};
    if (poll(&input, 1, 100) <= 0) {
      continue;
    }
    char letter = 0;
    if (read(STDIN_FILENO, &letter, 1) != 1) {
      return std::nullopt;
    }
    answer += letter;
  }
  if (!answer.ends_with('\n')) {
    return std::nullopt;
  }
  answer.pop_back();
  return answer;
}

bool Console::confirm(std::string_view question, const std::stop_token& stop) {
  return ask(question, fmt::format("Only '{}' is accepted: ", plan::kApprovingAnswer), stop) ==
         plan::kApprovingAnswer;
}

}  // namespace syncwright::cli
