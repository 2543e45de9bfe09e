#include "syncwright/core/file.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "unit/temporary_folder.h"

using namespace syncwright;
namespace fs = std::filesystem;

namespace {

std::ptrdiff_t entries(const fs::path& folder) {
  return std::distance(fs::directory_iterator(folder), fs::directory_iterator());
}

std::string next_of(int descriptor) {
  std::array<char, 64> buffer{};
  const ssize_t count = ::read(descriptor, buffer.data(), buffer.size());
  return count > 0 ? std::string(buffer.data(), static_cast<std::size_t>(count)) : std::string();
}

}  // namespace

TEST_CASE("a file comes back as it was written") {
  const TemporaryFolder folder;
  std::string content(200'000, 'x');
  content[70'000] = '\0';
  content += "\r\n\xff";
  const fs::path path = folder.path() / "deep" / "er" / "file.json";
  REQUIRE(write_file_atomically(path, content));
  CHECK(read_file(path) == content);
  REQUIRE(write_file_atomically(path, ""));
  CHECK(read_file(path) == "");
  CHECK(entries(path.parent_path()) == 1);
}

TEST_CASE("private files are for their owner only") {
  const TemporaryFolder folder;
  const fs::path path = folder.path() / "secret";
  std::ofstream(path) << "old, readable by others";
  fs::permissions(path, fs::perms::owner_all | fs::perms::others_read);
  REQUIRE(write_file_atomically(path, "new", true));
  CHECK(fs::status(path).permissions() == (fs::perms::owner_read | fs::perms::owner_write));
  CHECK(read_file(path) == "new");
}

TEST_CASE("a file that is replaced keeps its rights") {
  const TemporaryFolder folder;
  const fs::path path = folder.path() / "plan.json";
  std::ofstream(path) << "old";
  const fs::perms rights = fs::perms::owner_read | fs::perms::owner_write;
  fs::permissions(path, rights);
  REQUIRE(write_file_atomically(path, "new"));
  CHECK(fs::status(path).permissions() == rights);
}

TEST_CASE("a symbolic link stays, and what it leads to is written") {
  const TemporaryFolder folder;
  fs::create_directories(folder.path() / "target");
  const fs::path link = folder.path() / "link";
  fs::create_symlink("second", link);
  fs::create_symlink("target/file", folder.path() / "second");
  for (const char* content : {"to nothing yet", "to a file"}) {
    REQUIRE(write_file_atomically(link, content));
    CHECK(fs::is_symlink(link));
    CHECK(fs::is_symlink(folder.path() / "second"));
    CHECK(read_file(folder.path() / "target" / "file") == content);
    CHECK(entries(folder.path() / "target") == 1);
  }
  fs::create_symlink("circle", folder.path() / "circle");
  CHECK_FALSE(write_file_atomically(folder.path() / "circle", "x"));
  std::ofstream(folder.path() / "target" / ".file.8b1025e4-1dd2-430b-a150-2ef79cd700f5") << "half";
  remove_leftovers(link);
  CHECK(entries(folder.path() / "target") == 1);
}

TEST_CASE("a file without a right to write stays as it is, also for root") {
  const TemporaryFolder folder;
  const fs::path path = folder.path() / "frozen";
  std::ofstream(path) << "old";
  fs::permissions(path, fs::perms::owner_read | fs::perms::group_read);
  const Result<void> result = write_file_atomically(path, "new");
  REQUIRE_FALSE(result);
  CHECK(result.error().message == "cannot write " + path.string() + ": Permission denied");
  CHECK(result.error().advice == "make it writable, or name another file");
  CHECK(open_for_appending(path).error().message == result.error().message);
  CHECK(read_file(path) == "old");
  CHECK(entries(folder.path()) == 1);
}

TEST_CASE("a device is written and stays one") {
  // A terminal: should the program ever try to replace it, the system does not let it.
  const int master = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  REQUIRE(master >= 0);
  REQUIRE(::grantpt(master) == 0);
  REQUIRE(::unlockpt(master) == 0);
  const fs::path terminal = ::ptsname(master);
  const int held = ::open(terminal.c_str(), O_RDWR | O_NOCTTY | O_CLOEXEC);
  REQUIRE(held >= 0);
  CHECK(write_file_atomically(terminal, "content"));
  CHECK(next_of(master) == "content");
  CHECK(fs::is_character_file(terminal));
  ::close(held);
  ::close(master);
}

TEST_CASE("a pipe is written where somebody reads it, and never waited for") {
  const TemporaryFolder folder;
  const fs::path path = folder.path() / "pipe";
  REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
  const Result<void> unread = write_file_atomically(path, "content");
  REQUIRE_FALSE(unread);
  CHECK(unread.error().message == "cannot write " + path.string() + ": nobody reads this pipe");
  CHECK(unread.error().advice == "start its reader first");
  CHECK(open_for_appending(path).error().message == unread.error().message);
  const int reader = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  REQUIRE(reader >= 0);
  CHECK(write_file_atomically(path, "content"));
  CHECK(next_of(reader) == "content");
  const Result<int> journal = open_for_appending(path);
  REQUIRE(journal);
  CHECK((::fcntl(*journal, F_GETFL) & O_NONBLOCK) == 0);
  CHECK(::write(*journal, "line", 4) == 4);
  CHECK(next_of(reader) == "line");
  ::close(*journal);
  ::close(reader);
  CHECK(fs::is_fifo(path));
}

TEST_CASE("appending makes a private file, and goes on where it ended") {
  const TemporaryFolder folder;
  const fs::path path = folder.path() / "deep" / "journal";
  for (const char* line : {"1", "2"}) {
    const Result<int> journal = open_for_appending(path);
    REQUIRE(journal);
    CHECK(::write(*journal, line, 1) == 1);
    ::close(*journal);
  }
  CHECK(read_file(path) == "12");
  CHECK(fs::status(path).permissions() == (fs::perms::owner_read | fs::perms::owner_write));
}

TEST_CASE("a reader never sees half a file: the old one stays where writing fails") {
  const TemporaryFolder folder;
  const fs::path path = folder.path() / "occupied";
  fs::create_directories(path / "child");
  const Result<void> result = write_file_atomically(path, "content");
  REQUIRE_FALSE(result);
  CHECK(result.error().kind == ErrorKind::io);
  CHECK(result.error().message.starts_with("cannot write " + path.string() + ": "));
  CHECK(entries(folder.path()) == 1);
}

TEST_CASE("a folder that cannot be made is named") {
  const TemporaryFolder folder;
  std::ofstream(folder.path() / "file") << "in the way";
  const fs::path path = folder.path() / "file" / "child";
  const Result<void> result = write_file_atomically(path, "content");
  REQUIRE_FALSE(result);
  CHECK(result.error().message.starts_with("cannot make the folder of " + path.string() + ": "));
}

TEST_CASE("what cannot be read is an error that names the path") {
  const TemporaryFolder folder;
  const fs::path missing = folder.path() / "missing";
  REQUIRE_FALSE(read_file(missing));
  CHECK(read_file(missing).error().kind == ErrorKind::io);
  CHECK(read_file(missing).error().message ==
        "cannot read " + missing.string() + ": No such file or directory");
  CHECK(read_file(folder.path()).error().message ==
        "cannot read " + folder.path().string() + ": Is a directory");
}

TEST_CASE("reading is bounded") {
  const TemporaryFolder folder;
  const fs::path path = folder.path() / "file";
  std::ofstream(path) << "12345";
  CHECK(read_file(path, 5) == "12345");
  const Result<std::string> result = read_file(path, 4);
  REQUIRE_FALSE(result);
  CHECK(result.error().kind == ErrorKind::too_large);
  CHECK(result.error().message == path.string() + " is larger than 4 bytes");
  CHECK(read_file("/dev/zero", 100'000).error().kind == ErrorKind::too_large);
}
