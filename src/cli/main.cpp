#include <fmt/format.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <memory>
#include <stop_token>
#include <thread>

#include "cli/command_line.h"
#include "cli/session.h"

namespace {

using syncwright::cli::ExitCode;

/// Turns SIGINT and SIGTERM into a stop request; the second one ends the process at once. The
/// signals are blocked before any thread starts, so that only this thread takes them.
class SignalWatch {
 public:
  SignalWatch() {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGINT);
    sigaddset(&signals_, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    thread_ = std::jthread([this](const std::stop_token& done) { watch(done); });
  }
  [[nodiscard]] std::stop_token token() const { return stop_.get_token(); }

 private:
  void watch(const std::stop_token& done) {
    const timespec tick{0, 100'000'000};
    while (!done.stop_requested()) {
      if (sigtimedwait(&signals_, nullptr, &tick) < 0) {
        continue;
      }
      if (stop_.stop_requested()) {
        std::_Exit(static_cast<int>(ExitCode::interrupted));
      }
      std::fputs("\ninterrupted: finishing what is in flight (again to stop at once)\n", stderr);
      stop_.request_stop();
    }
  }

  sigset_t signals_{};
  std::stop_source stop_;
  std::jthread thread_;
};

int run(int argc, char** argv) {
  using namespace syncwright;
  const auto signals = std::make_unique<SignalWatch>();
  Environment environment = Environment::of_process();
  cli::ParsedCommand parsed = cli::parse_command_line(argc, argv);
  if (parsed.exit) {
    return static_cast<int>(*parsed.exit);
  }
  SystemClock clock;
  cli::Console console(environment, parsed.options.no_color, parsed.options.log_json);
  cli::Session session{std::move(parsed.options),
                       std::move(environment),
                       std::filesystem::current_path(),
                       clock,
                       console,
                       signals->token()};
  return static_cast<int>(parsed.run(session));
}

}  // namespace

int main(int argc, char** argv) {
  // An exception that leaves a worker thread ends the program as an internal error, too.
  std::set_terminate([] {
    std::fputs("internal error: the program ended itself\n", stderr);
    std::_Exit(static_cast<int>(ExitCode::internal));
  });
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    fmt::print(stderr,
               "internal error: {}\n  Please report this with the command line and `syncwright "
               "version`.\n",
               error.what());
    return static_cast<int>(ExitCode::internal);
  }
}
