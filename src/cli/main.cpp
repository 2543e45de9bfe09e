#include <fcntl.h>
#include <fmt/format.h>
#include <malloc.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <memory>
#include <stop_token>
#include <system_error>
#include <thread>
#include <vector>

#include "cli/command_line.h"
#include "cli/run_clock.h"
#include "cli/session.h"
#include "syncwright/core/secret.h"

namespace {

using syncwright::cli::ExitCode;

/// What asks a run to end. A closed terminal sends SIGHUP, unless `nohup` has it ignored.
std::vector<int> interrupting_signals() {
  std::vector<int> signals{SIGINT, SIGTERM};
  struct sigaction hang_up{};
  sigaction(SIGHUP, nullptr, &hang_up);
  if (hang_up.sa_handler != SIG_IGN) signals.push_back(SIGHUP);
  return signals;
}

/// Turns an interrupting signal into a stop request; the second one ends the process at once. The
/// signals are blocked before any thread starts, so that only this thread takes them.
class SignalWatch {
 public:
  SignalWatch() {
    sigemptyset(&signals_);
    for (const int number : interrupting_signals()) sigaddset(&signals_, number);
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
    thread_ = std::jthread([this](const std::stop_token& done) { watch(done); });
  }
  SignalWatch(const SignalWatch&) = delete;
  SignalWatch& operator=(const SignalWatch&) = delete;
  ~SignalWatch() {
    thread_.request_stop();
    pthread_kill(thread_.native_handle(), SIGINT);  // wakes it; it looks at the stop first
  }
  [[nodiscard]] std::stop_token token() const { return stop_.get_token(); }

 private:
  void watch(const std::stop_token& done) {
    int signal = 0;
    while (sigwait(&signals_, &signal) == 0 && !done.stop_requested()) {
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

/// A file that is opened while a standard stream is closed would take its number, and results would
/// be written into it. Nothing can be written to what stands there now.
void occupy_closed_streams() {
  int number = -1;
  do {
    number = ::open("/dev/null", O_RDONLY);
  } while (number >= 0 && number <= STDERR_FILENO);
  if (number >= 0) {
    ::close(number);
  }
}

/// Many applications are read at the same time, each with a document of megabytes. By default each
/// thread has a heap of its own and keeps what was freed there, so that memory would follow the
/// number of threads. In two heaps documents take each other's place.
void bound_kept_memory() {
  constexpr int heaps = 2;
  constexpr int own_pages_from = 4 << 20;
  constexpr int kept_from = 4 << 20;
  // NOLINTBEGIN(concurrency-mt-unsafe): main calls it before any thread starts
  mallopt(M_ARENA_MAX, heaps);
  mallopt(M_MMAP_THRESHOLD, own_pages_from);
  mallopt(M_TRIM_THRESHOLD, kept_from);
  // NOLINTEND(concurrency-mt-unsafe)
}

/// Of a command that has nothing in flight: no thread is made for it.
void end_when_interrupted() {
  for (const int number : interrupting_signals()) {
    std::signal(number, [](int) { std::_Exit(static_cast<int>(ExitCode::interrupted)); });
  }
}

/// Ends as other filters do when their reader is gone: by SIGPIPE, without a message.
void end_by_broken_pipe() {
  std::signal(SIGPIPE, SIG_DFL);
  std::raise(SIGPIPE);
}

/// Whether a run ended with a result, which counts for nothing where nobody can read it.
bool is_result(ExitCode code) {
  return code == ExitCode::done || code == ExitCode::differences;
}

/// The exit code once standard output is flushed: a success whose result could not be written
/// becomes a failure. The code of a refusal or a failure stays.
ExitCode with_output(ExitCode code, syncwright::cli::Console& console) {
  const int failure = console.out_failure();
  if (failure == EPIPE && is_result(code)) {
    end_by_broken_pipe();
  }
  if (failure == 0 || failure == EPIPE) {
    return code;
  }
  console.error(fmt::format("cannot write the result to standard output: {}",
                            std::error_code(failure, std::generic_category()).message()));
  return is_result(code) ? ExitCode::failed : code;
}

int run(int argc, char** argv) {
  using namespace syncwright;
  // A closed pipe and a file over its limit are errors of a write, and are told as such.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  Environment environment = Environment::of_process();
  cli::ParsedCommand parsed = cli::parse_command_line(argc, argv);
  cli::Console console(environment, parsed.options.no_color, parsed.options.log_json);
  if (parsed.fault) {
    console.error(*parsed.fault);
    return static_cast<int>(ExitCode::usage);
  }
  if (parsed.answer) {
    console.out(*parsed.answer);
    return static_cast<int>(with_output(ExitCode::done, console));
  }
  const auto signals = parsed.finishes_when_interrupted ? std::make_unique<SignalWatch>() : nullptr;
  if (!signals) {
    end_when_interrupted();
  }
  const auto clock = cli::RunClock::make(parsed.options, environment);
  if (!clock) {
    console.error(clock.error());
    return static_cast<int>(ExitCode::usage);
  }
  cli::Session session{std::move(parsed.options),
                       std::move(environment),
                       std::filesystem::current_path(),
                       (*clock)->clock(),
                       console,
                       signals ? signals->token() : std::stop_token()};
  ExitCode code = parsed.run(session);
  if (session.is_unwritten && is_result(code)) {
    code = ExitCode::failed;
  }
  return static_cast<int>(with_output(code, console));
}

}  // namespace

int main(int argc, char** argv) {
  bound_kept_memory();
  syncwright::disable_core_dumps();
  occupy_closed_streams();
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
