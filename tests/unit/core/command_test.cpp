#include "syncwright/core/command.h"

#include <doctest/doctest.h>

#include <cerrno>
#include <csignal>
#include <fstream>
#include <stop_token>
#include <string>

#include "syncwright/core/file.h"
#include "unit/temporary_folder.h"

using namespace syncwright;
using namespace std::chrono_literals;

namespace {

/// The output, or "error: " and the message.
std::string run(const std::vector<std::string>& argv, const CommandLimits& limits = {}) {
  const Result<Secret> output = run_command(argv, "/", limits);
  return output ? std::string(output->reveal()) : "error: " + output.error().message;
}

}  // namespace

TEST_CASE("a command's standard output is its value") {
  CHECK(run({"printf", "a\\nb\\n"}) == "a\nb\n");
  CHECK(run({"/bin/echo", "hello"}) == "hello\n");
  CHECK(run({"true"}).empty());
}

TEST_CASE("no shell reads the arguments") {
  CHECK(run({"printf", "%s", "$HOME; `id` > x | y"}) == "$HOME; `id` > x | y");
}

TEST_CASE("standard input is empty and standard error goes nowhere") {
  CHECK(run({"cat"}).empty());
  CHECK(run({"sh", "-c", "echo seen; echo hidden >&2"}) == "seen\n");
}

TEST_CASE("the command runs in the folder given, and relative programs are found there") {
  const TemporaryFolder folder;
  std::ofstream(folder.path() / "token.sh") << "#!/bin/sh\ncat token\n";
  std::filesystem::permissions(folder.path() / "token.sh", std::filesystem::perms::owner_all);
  std::ofstream(folder.path() / "token") << "from here";
  const Result<Secret> output = run_command({"./token.sh"}, folder.path());
  REQUIRE(output);
  CHECK(output->reveal() == "from here");
}

TEST_CASE("failures name the program and nothing that it printed") {
  CHECK(run({"sh", "-c", "echo leaked; exit 3"}) == "error: the command sh ended with status 3");
  CHECK(run({"sh", "-c", "echo leaked; kill -9 $$"}) ==
        "error: the command sh was ended by signal 9");
  CHECK(run({"no-such-program-anywhere"}) ==
        "error: the command no-such-program-anywhere could not be started: "
        "No such file or directory");
  CHECK(run({}) == "error: the command (none) has no program");
  CHECK(run({""}) == "error: the command (none) has no program");
}

TEST_CASE("output is bounded") {
  CommandLimits limits;
  limits.max_bytes = 5;
  CHECK(run({"printf", "12345"}, limits) == "12345");
  CHECK(run({"printf", "123456"}, limits) == "error: the command printf printed more than 5 bytes");
}

TEST_CASE("standard error is caught where somebody wants it, from its beginning") {
  const auto caught = [](const char* program, std::size_t max_bytes = 1'000) {
    std::string errors = "of another run";
    const CommandLimits limits{.max_error_bytes = max_bytes};
    const Result<Secret> output = run_command({"sh", "-c", program}, "/", limits, &errors);
    return errors +
           (output ? " and " + std::string(output->reveal()) : ", " + output.error().message);
  };
  CHECK(caught("echo why >&2; echo seen") == "why\n and seen\n");
  CHECK(caught("echo why >&2; exit 3") == "why\n, the command sh ended with status 3");
  CHECK(caught("printf 123456 >&2", 4) == "1234 and ");
  // More than a pipe holds, with standard output closed before: nobody waits for anybody.
  CHECK(caught("exec >&-; head -c 1000000 /dev/zero | tr '\\0' x >&2", 3) == "xxx and ");
  // A child that is left behind holds it open.
  CHECK(caught("sleep 3600 >/dev/null & echo why >&2") == "why\n and ");
  CHECK(caught("exit 0") == " and ");
}

TEST_CASE("whoever waits for long is told once") {
  for (const char* program : {"sleep 3600", "exec >&-; sleep 3600"}) {
    std::stop_source source;
    int told = 0;
    const CommandLimits limits{.stop = source.get_token(),
                               .still_waiting =
                                   [&] {
                                     ++told;
                                     source.request_stop();
                                   },
                               .patience = 0ms};
    CHECK(run({"sh", "-c", program}, limits) == "error: the command sh was interrupted");
    CHECK(told == 1);
  }
  int told = 0;
  CommandLimits limits{.duration = 0ms, .still_waiting = [&] { ++told; }, .patience = 0ms};
  CHECK(run({"sleep", "3600"}, limits) == "error: the command sleep ran too long");
  CHECK(told == 1);
  limits.duration = 60'000ms;
  limits.patience = 60'000ms;
  CHECK(run({"true"}, limits).empty());
  CHECK(told == 1);
}

TEST_CASE("a command ends with the run that asked for it") {
  std::stop_source source;
  source.request_stop();
  const CommandLimits limits{.stop = source.get_token()};
  for (const char* program :
       {"sleep 3600", "exec >&-; sleep 3600"}) {  // before and behind its output
    const Result<Secret> output = run_command({"sh", "-c", program}, "/", limits);
    REQUIRE_FALSE(output);
    CHECK(output.error().kind == ErrorKind::cancelled);
    CHECK(output.error().message == "the command sh was interrupted");
  }
}

TEST_CASE("a command that runs too long is ended") {
  CommandLimits limits;
  limits.duration = 20ms;
  CHECK(run({"sleep", "3600"}, limits) == "error: the command sleep ran too long");
  CHECK(run_command({"sleep", "3600"}, "/", limits).error().kind == ErrorKind::timeout);
  // Standard output closed, the program still there.
  CHECK(run({"sh", "-c", "exec >&-; exec sleep 3600"}, limits) ==
        "error: the command sh ran too long");
}

TEST_CASE("a refused command and its children are gone afterwards") {
  const TemporaryFolder folder;
  CommandLimits limits;
  limits.max_bytes = 10;
  const Result<Secret> output =
      run_command({"sh", "-c", "echo $$ > pid; sleep 3600 & yes"}, folder.path(), limits);
  REQUIRE_FALSE(output);
  const pid_t group = std::stoi(*read_file(folder.path() / "pid"));
  CHECK(::kill(group, 0) == -1);
  CHECK(errno == ESRCH);
}
