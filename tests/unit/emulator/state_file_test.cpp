#include "syncwright/emulator/state_file.h"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <utility>

#include "syncwright/core/file.h"
#include "syncwright/core/random.h"

namespace syncwright::emulator {

namespace {

struct TemporaryFolder {
  std::filesystem::path path =
      std::filesystem::temp_directory_path() / ("syncwright-" + random_uuid());
  ~TemporaryFolder() { std::filesystem::remove_all(path); }
};

}  // namespace

TEST_CASE("a state file is empty at first, keeps what is saved and is private") {
  const TemporaryFolder folder;
  const auto file = folder.path / "deep" / "emulator.json";
  {
    const auto opened = StateFile::open(file);
    REQUIRE(opened.has_value());
    CHECK((*opened)->load()->is_null());
    CHECK((*opened)->save(R"({"formatVersion":1})").has_value());
  }
  struct stat details{};
  REQUIRE(::stat(file.c_str(), &details) == 0);
  CHECK((details.st_mode & 0777U) == 0600U);
  const auto again = StateFile::open(file);
  REQUIRE(again.has_value());
  CHECK((*again)->load().value() == Json{{"formatVersion", 1}});
}

TEST_CASE("a state file has one holder at a time") {
  const TemporaryFolder folder;
  const auto file = folder.path / "emulator.json";
  const auto first = StateFile::open(file);
  REQUIRE(first.has_value());
  const auto second = StateFile::open(file);
  REQUIRE_FALSE(second.has_value());
  CHECK(second.error().kind == ErrorKind::io);
  CHECK(second.error().message.find("emulator.json") != std::string::npos);
}

TEST_CASE("what is no regular file is refused unopened, and nothing is made beside it") {
  const TemporaryFolder folder;
  std::filesystem::create_directories(folder.path / "folder");
  const auto fifo = folder.path / "fifo";
  REQUIRE(::mkfifo(fifo.c_str(), 0600) == 0);
  std::filesystem::create_symlink(fifo, folder.path / "link");
  std::filesystem::create_symlink("/dev/null", folder.path / "null");
  for (const auto& [name, what] :
       {std::pair("fifo", "a FIFO"), std::pair("link", "a FIFO"), std::pair("folder", "a folder"),
        std::pair("null", "a device")}) {
    CAPTURE(name);
    const auto opened = StateFile::open(folder.path / name);
    REQUIRE_FALSE(opened.has_value());
    CHECK(opened.error().kind == ErrorKind::invalid_input);
    CHECK(opened.error().message ==
          (folder.path / name).string() + " is " + what + ", not a regular file");
    CHECK_FALSE(std::filesystem::exists(folder.path / (std::string(name) + ".lock")));
  }
}

TEST_CASE("a link to a state file has the file's lock, and stays a link") {
  const TemporaryFolder folder;
  const auto file = folder.path / "emulator.json";
  const auto link = folder.path / "link.json";
  REQUIRE(write_file_atomically(file, "{}").has_value());
  std::filesystem::create_symlink(file, link);
  {
    const auto opened = StateFile::open(link);
    REQUIRE(opened.has_value());
    CHECK_FALSE(StateFile::open(file).has_value());
    CHECK((*opened)->save(R"({"formatVersion":1})").has_value());
  }
  CHECK(std::filesystem::is_symlink(link));
  CHECK(read_file(file).value() == R"({"formatVersion":1})");
}

TEST_CASE("a state file that is no JSON is a fault of the file") {
  const TemporaryFolder folder;
  const auto file = folder.path / "emulator.json";
  REQUIRE(write_file_atomically(file, "{").has_value());
  const auto opened = StateFile::open(file);
  REQUIRE(opened.has_value());
  const auto state = (*opened)->load();
  REQUIRE_FALSE(state.has_value());
  CHECK(state.error().kind == ErrorKind::invalid_input);
  CHECK(state.error().message.find("emulator.json: not valid JSON") != std::string::npos);
}

TEST_CASE("what a killed save left is gone, and nothing else") {
  const TemporaryFolder folder;
  const auto file = folder.path / "emulator.json";
  const auto left = folder.path / (".emulator.json." + random_uuid());
  const auto other = folder.path / (".other.json." + random_uuid());
  const auto backup = folder.path / ".emulator.json.old";
  for (const auto& path : {file, left, other, backup}) {
    REQUIRE(write_file_atomically(path, "{}").has_value());
  }
  REQUIRE(StateFile::open(file).has_value());
  CHECK_FALSE(std::filesystem::exists(left));
  for (const auto& path : {file, other, backup}) CHECK(std::filesystem::exists(path));
}

}  // namespace syncwright::emulator
