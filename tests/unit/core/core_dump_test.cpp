#include <doctest/doctest.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>

#include "syncwright/core/secret.h"
#include "unit/temporary_folder.h"

using namespace syncwright;

namespace {

/// The wait status of a child that does this in `folder`, with core files as large as it may have.
template <class Body>
int status_of_child(const std::filesystem::path& folder, const Body& body) {
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    rlimit limit{};
    ::getrlimit(RLIMIT_CORE, &limit);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_CORE, &limit);
    if (::chdir(folder.c_str()) != 0) ::_exit(9);
    body();
    ::_exit(0);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  return status;
}

}  // namespace

TEST_CASE("a process without core dumps is not dumpable and can get no limit back") {
  const TemporaryFolder folder;
  const int status = status_of_child(folder.path(), [] {
    disable_core_dumps();
    rlimit limit{1, 1};
    ::getrlimit(RLIMIT_CORE, &limit);
    const bool is_off = limit.rlim_cur == 0 && limit.rlim_max == 0;
    ::_exit(is_off && ::prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0 ? 0 : 1);
  });
  REQUIRE(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 0);
}

TEST_CASE("a crash leaves no core") {
  const TemporaryFolder folder;
  const int status = status_of_child(folder.path(), [] {
    disable_core_dumps();
    std::signal(SIGABRT, SIG_DFL);  // doctest has a handler of its own
    std::abort();
  });
  REQUIRE(WIFSIGNALED(status));
  CHECK(WTERMSIG(status) == SIGABRT);
  CHECK_FALSE(WCOREDUMP(status));
  CHECK(std::filesystem::is_empty(folder.path()));
}
