#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "syncwright/core/environment.h"
#include "syncwright/core/error.h"
#include "syncwright/core/json.h"
#include "syncwright/report/style.h"

namespace syncwright::cli {

/// Standard output for results, standard error for everything else (docs/contract.md#2).
class Console {
 public:
  Console(const Environment& environment, bool no_color, bool log_json);

  void out(std::string_view text);   ///< as it is; what cannot be written is in `out_failure`
  void raw(std::string_view text);   ///< as it is, on stderr
  void note(std::string_view line);  ///< a line on stderr
  /// With --log-format json only: one object on a line of stderr, with these members besides.
  void record(std::string_view level, std::string_view message, Json members);
  void warn(std::string_view line);  ///< "warning: ..."
  /// "error: ..." and below it the advice, indented, in the lines that it has.
  void error(const Error& error);
  void error(std::string_view message, std::string_view advice = {});

  /// The errno of the first result that standard output did not take, 0 where it took all. `main`
  /// turns it into the exit code; only what would go on and on without a reader has to ask.
  [[nodiscard]] int out_failure() const { return out_failure_; }

  /// Tells a terminal on stderr how much of the tenant is read: so many applications of so many.
  /// Empty where stderr is no terminal, or holds JSON.
  [[nodiscard]] std::function<void(std::size_t done, std::size_t total)> reading_progress() const;

  /// Asks on the terminal for a line; nullopt where there is none, or `stop` is requested.
  [[nodiscard]] std::optional<std::string> ask(std::string_view question, std::string_view prompt,
                                               const std::stop_token& stop);
  /// Likewise; true only for kApprovingAnswer.
  [[nodiscard]] bool confirm(std::string_view question, const std::stop_token& stop);

  [[nodiscard]] const report::Style& out_style() const { return out_style_; }
  [[nodiscard]] const report::Style& err_style() const { return err_style_; }
  [[nodiscard]] bool stderr_is_terminal() const { return err_style_.terminal; }
  [[nodiscard]] bool can_ask() const;  ///< stdin and stderr are terminals
  [[nodiscard]] bool log_json() const { return log_json_; }

 private:
  void line(std::string_view severity, std::string_view color, std::string_view text,
            std::string_view advice);

  report::Style out_style_;
  report::Style err_style_;
  bool log_json_ = false;
  int out_failure_ = 0;
};

}  // namespace syncwright::cli
