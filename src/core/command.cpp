#include "syncwright/core/command.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <optional>
#include <system_error>

namespace syncwright {

namespace {

using SteadyInstant = std::chrono::steady_clock::time_point;

std::string text_of(int code) {
  return std::error_code(code, std::generic_category()).message();
}

/// What is wrong with a run; `what` is empty while nothing is.
struct Fault {
  ErrorKind kind = ErrorKind::io;
  std::string what{};
};

Error command_error(const std::string& program, const Fault& fault) {
  Error error;
  error.kind = fault.kind;
  error.message = fmt::format("the command {} {}", program, fault.what);
  return error;
}

Fault ran_too_long() {
  return {ErrorKind::timeout, "ran too long"};
}
Fault was_interrupted() {
  return {ErrorKind::cancelled, "was interrupted"};
}

/// The time that a run has, and whom to tell that it takes long.
class Wait {
 public:
  explicit Wait(const CommandLimits& limits)
      : limits_(limits), begin_(std::chrono::steady_clock::now()), told_(!limits.still_waiting) {}

  [[nodiscard]] bool is_over() const { return spent() >= limits_.duration; }
  [[nodiscard]] bool is_stopped() const { return limits_.stop.stop_requested(); }
  /// At most 100: between two waits it is seen that somebody stops the run.
  [[nodiscard]] int next_milliseconds() const {
    const auto left = std::chrono::ceil<Milliseconds>(limits_.duration - spent()).count();
    return static_cast<int>(std::clamp<Milliseconds::rep>(left, 0, 100));
  }
  void tell() {
    if (told_ || spent() < limits_.patience) return;
    told_ = true;
    limits_.still_waiting();
  }

 private:
  [[nodiscard]] std::chrono::steady_clock::duration spent() const {
    return std::chrono::steady_clock::now() - begin_;
  }

  const CommandLimits& limits_;
  SteadyInstant begin_;
  bool told_;
};

/// The program's standard error: nowhere, or a pipe of which the beginning is kept. All of it is
/// read, so that the program never waits for a reader, and nobody waits for its end: a child that
/// the program left behind may hold it open.
class CaughtErrors {
 public:
  CaughtErrors(std::string* kept, std::size_t max_bytes) : kept_(kept), max_bytes_(max_bytes) {
    if (!kept_ || ::pipe2(pipe_.data(), O_CLOEXEC) != 0) return;
    ::fcntl(pipe_[0], F_SETFL, O_NONBLOCK);
    kept_->clear();
    kept_->reserve(max_bytes);  // never moved while it grows: no copy is left behind
  }
  CaughtErrors(const CaughtErrors&) = delete;
  CaughtErrors& operator=(const CaughtErrors&) = delete;
  ~CaughtErrors() {
    close(0);
    close(1);
  }

  /// Each -1 where nothing is caught, or not any more.
  [[nodiscard]] int read_end() const { return pipe_[0]; }
  [[nodiscard]] int write_end() const { return pipe_[1]; }
  void close_write_end() { close(1); }

  /// Reads what is there by now.
  void drain() {
    std::array<char, 4096> buffer;
    while (pipe_[0] >= 0) {
      const ssize_t count = ::read(pipe_[0], buffer.data(), buffer.size());
      if (count < 0 && errno == EINTR) continue;
      if (count < 0 && errno == EAGAIN) return;
      if (count <= 0) return close(0);
      kept_->append(buffer.data(),
                    std::min(static_cast<std::size_t>(count), max_bytes_ - kept_->size()));
    }
  }

 private:
  void close(std::size_t end) {
    if (pipe_[end] >= 0) ::close(pipe_[end]);
    pipe_[end] = -1;
  }

  std::string* kept_;
  std::size_t max_bytes_;
  std::array<int, 2> pipe_{-1, -1};
};

/// What the program starts with: empty standard input, output into the pipe, errors into theirs or
/// nowhere, a process group of its own, no blocked or ignored signals of ours.
class SpawnSettings {
 public:
  SpawnSettings(int output, int errors, const std::filesystem::path& folder) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions_, output, STDOUT_FILENO);
    if (errors < 0) {
      posix_spawn_file_actions_addopen(&actions_, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    } else {
      posix_spawn_file_actions_adddup2(&actions_, errors, STDERR_FILENO);
    }
    if (!folder.empty()) posix_spawn_file_actions_addchdir_np(&actions_, folder.c_str());
    posix_spawnattr_init(&attributes_);
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes_, &none);
    sigset_t defaults;
    sigemptyset(&defaults);
    for (const int signal : {SIGPIPE, SIGXFSZ, SIGINT, SIGTERM, SIGHUP}) {
      sigaddset(&defaults, signal);
    }
    posix_spawnattr_setsigdefault(&attributes_, &defaults);
    posix_spawnattr_setpgroup(&attributes_, 0);
    posix_spawnattr_setflags(
        &attributes_, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }
  SpawnSettings(const SpawnSettings&) = delete;
  SpawnSettings& operator=(const SpawnSettings&) = delete;
  ~SpawnSettings() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }

  /// 0 and `child` set, or an errno.
  int spawn(const std::vector<std::string>& argv, pid_t& child) const {
    std::vector<char*> arguments;
    arguments.reserve(argv.size() + 1);
    for (const std::string& argument : argv) {
      arguments.push_back(const_cast<char*>(argument.c_str()));
    }
    arguments.push_back(nullptr);
    return posix_spawnp(&child, arguments.front(), &actions_, &attributes_, arguments.data(),
                        environ);
  }

 private:
  posix_spawn_file_actions_t actions_;
  posix_spawnattr_t attributes_;
};

/// Kills the process group and reaps the program, unless `wait_for` has reaped it before.
class Child {
 public:
  explicit Child(pid_t id) : id_(id) {}
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() {
    if (reaped_) return;
    ::kill(-id_, SIGKILL);
    while (::waitpid(id_, nullptr, 0) < 0 && errno == EINTR) {
    }
  }

  /// The wait status, or nullopt where the program still runs when its time is over or it is
  /// stopped.
  std::optional<int> wait_for(Wait& wait, CaughtErrors& errors) {
    while (true) {
      siginfo_t seen = {};
      ::waitid(P_PID, static_cast<id_t>(id_), &seen, WEXITED | WNOHANG | WNOWAIT);
      errors.drain();
      if (seen.si_pid == id_) break;
      wait.tell();
      if (wait.is_stopped() || wait.is_over()) return std::nullopt;
      ::poll(nullptr, 0, 5);
    }
    // Not yet reaped, so the group's id cannot have been given to anybody else.
    ::kill(-id_, SIGKILL);
    int status = 0;
    while (::waitpid(id_, &status, 0) < 0 && errno == EINTR) {
    }
    reaped_ = true;
    return status;
  }

 private:
  pid_t id_;
  bool reaped_ = false;
};

/// Reads to the end; no fault, or why it could not.
Fault read_output(int pipe, Wait& wait, std::size_t max_bytes, CaughtErrors& errors,
                  std::string& output) {
  std::array<char, 4096> buffer;
  while (true) {
    std::array<pollfd, 2> ends{pollfd{pipe, POLLIN, 0}, pollfd{errors.read_end(), POLLIN, 0}};
    const int ready = ::poll(ends.data(), ends.size(), wait.next_milliseconds());
    if (wait.is_stopped()) return was_interrupted();
    if (ready < 0 && errno == EINTR) continue;
    errors.drain();
    wait.tell();
    const bool has_output = ready > 0 && ends.front().revents != 0;
    if (!has_output && wait.is_over()) return ran_too_long();
    if (!has_output) continue;
    const ssize_t count = ::read(pipe, buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return {ErrorKind::io, "could not be read: " + text_of(errno)};
    if (count == 0) return {};
    if (static_cast<std::size_t>(count) > max_bytes - output.size()) {
      return {ErrorKind::io, fmt::format("printed more than {} bytes", max_bytes)};
    }
    output.append(buffer.data(), static_cast<std::size_t>(count));
  }
}

std::string describe_end(int status) {
  if (WIFSIGNALED(status)) return fmt::format("was ended by signal {}", WTERMSIG(status));
  return fmt::format("ended with status {}", WEXITSTATUS(status));
}

}  // namespace

Result<Secret> run_command(const std::vector<std::string>& argv,
                           const std::filesystem::path& folder, const CommandLimits& limits,
                           std::string* errors) {
  if (argv.empty() || argv.front().empty()) {
    return fail(command_error("(none)", {ErrorKind::io, "has no program"}));
  }
  const std::string& program = argv.front();
  const auto not_started = [&program](int code) {
    return fail(command_error(program, {ErrorKind::io, "could not be started: " + text_of(code)}));
  };
  Wait wait(limits);
  std::array<int, 2> pipe{};
  if (::pipe2(pipe.data(), O_CLOEXEC) != 0) return not_started(errno);
  CaughtErrors caught(errors, limits.max_error_bytes);
  pid_t id = 0;
  const int code = SpawnSettings(pipe[1], caught.write_end(), folder).spawn(argv, id);
  ::close(pipe[1]);
  caught.close_write_end();
  if (code != 0) {
    ::close(pipe[0]);
    return not_started(code);
  }
  Child child(id);
  std::string output;
  output.reserve(limits.max_bytes);  // never moved while it grows: no copy is left behind
  Fault fault = read_output(pipe[0], wait, limits.max_bytes, caught, output);
  ::close(pipe[0]);
  Secret value(std::move(output));
  if (fault.what.empty()) {
    const std::optional<int> status = child.wait_for(wait, caught);
    if (status && *status == 0) return value;
    fault = status ? Fault{ErrorKind::io, describe_end(*status)} : ran_too_long();
  }
  return fail(command_error(program, wait.is_stopped() ? was_interrupted() : fault));
}

}  // namespace syncwright
