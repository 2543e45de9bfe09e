#include "syncwright/core/file.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "unit/temporary_folder.h"

using namespace syncwright;
namespace fs = std::filesystem;

namespace {

std::ptrdiff_t entries(const fs::path& folder) {
  return std::distance(fs::directory_iterator(folder), fs::directory_iterator());
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
  fs::permissions(path, fs::perms::owner_read | fs::perms::others_read);
  REQUIRE(write_file_atomically(path, "new", true));
  CHECK(fs::status(path).permissions() == (fs::perms::owner_read | fs::perms::owner_write));
  CHECK(read_file(path) == "new");
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
