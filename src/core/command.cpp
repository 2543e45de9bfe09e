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

Error command_error(const std::string& program, const std::string& what) {
  Error error;
  error.kind = ErrorKind::io;
  error.message = fmt::format("the command {} {}", program, what);
  return error;
}

/// What the program starts with: empty standard input, output into the pipe, errors nowhere, a
/// process group of its own, no blocked or ignored signals of ours.
class SpawnSettings {
 public:
  SpawnSettings(int output, const std::filesystem::path& folder) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions_, output, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions_, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    if (!folder.empty()) posix_spawn_file_actions_addchdir_np(&actions_, folder.c_str());
    posix_spawnattr_init(&attributes_);
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes_, &none);
    sigset_t defaults;
    sigemptyset(&defaults);
    for (const int signal : {SIGPIPE, SIGINT, SIGTERM, SIGHUP}) sigaddset(&defaults, signal);
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

/// Kills the process group and reaps the program, unless `wait_until` has reaped it before.
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

  /// The wait status, or nullopt where the program still runs at `deadline` or when it is stopped.
  std::optional<int> wait_until(SteadyInstant deadline, const std::stop_token& stop) {
    while (true) {
      siginfo_t seen = {};
      ::waitid(P_PID, static_cast<id_t>(id_), &seen, WEXITED | WNOHANG | WNOWAIT);
      if (seen.si_pid == id_) break;
      if (stop.stop_requested() || std::chrono::steady_clock::now() >= deadline)
        return std::nullopt;
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

/// At most 100: between two waits it is seen that somebody stops the run.
int milliseconds_until(SteadyInstant deadline) {
  const auto left =
      std::chrono::ceil<Milliseconds>(deadline - std::chrono::steady_clock::now()).count();
  return static_cast<int>(std::clamp<Milliseconds::rep>(left, 0, 100));
}

/// Reads to the end; an empty text, or why it could not.
std::string read_output(int pipe, const CommandLimits& limits, SteadyInstant deadline,
                        std::string& output) {
  std::array<char, 4096> buffer;
  while (true) {
    pollfd waiting{pipe, POLLIN, 0};
    const int ready = ::poll(&waiting, 1, milliseconds_until(deadline));
    if (limits.stop.stop_requested()) return "was interrupted";
    if (ready < 0 && errno == EINTR) continue;
    if (ready <= 0 && std::chrono::steady_clock::now() >= deadline) return "ran too long";
    if (ready == 0) continue;
    const ssize_t count = ::read(pipe, buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return "could not be read: " + text_of(errno);
    if (count == 0) return {};
    if (static_cast<std::size_t>(count) > limits.max_bytes - output.size()) {
      return fmt::format("printed more than {} bytes", limits.max_bytes);
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
                           const std::filesystem::path& folder, const CommandLimits& limits) {
  if (argv.empty() || argv.front().empty()) return fail(command_error("(none)", "has no program"));
  const std::string& program = argv.front();
  const SteadyInstant deadline = std::chrono::steady_clock::now() + limits.duration;
  std::array<int, 2> pipe{};
  if (::pipe2(pipe.data(), O_CLOEXEC) != 0) {
    return fail(command_error(program, "could not be started: " + text_of(errno)));
  }
  pid_t id = 0;
  const int code = SpawnSettings(pipe[1], folder).spawn(argv, id);
  ::close(pipe[1]);
  if (code != 0) {
    ::close(pipe[0]);
    return fail(command_error(program, "could not be started: " + text_of(code)));
  }
  Child child(id);
  std::string output;
  output.reserve(limits.max_bytes);  // never moved while it grows: no copy is left behind
  std::string fault = read_output(pipe[0], limits, deadline, output);
  ::close(pipe[0]);
  Secret value(std::move(output));
  if (fault.empty()) {
    const std::optional<int> status = child.wait_until(deadline, limits.stop);
    if (status && *status == 0) return value;
    fault = status ? describe_end(*status) : "ran too long";
  }
  if (!limits.stop.stop_requested()) return fail(command_error(program, fault));
  Error error = command_error(program, "was interrupted");
  error.kind = ErrorKind::cancelled;
  return fail(std::move(error));
}

}  // namespace syncwright
