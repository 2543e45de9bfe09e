#include "apply/backup.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "syncwright/core/file.h"
#include "unit/manual_clock.h"
#include "unit/temporary_folder.h"

namespace syncwright::apply {

TEST_CASE("a folder that cannot be made is told before anything has to be kept in it") {
  const TemporaryFolder folder;
  const ManualClock clock;
  const auto ready = [&clock](const std::filesystem::path& path) {
    const auto told = Backup(path, clock).ready();
    return told ? std::string("ready") : told.error().message;
  };
  const auto file = folder.path() / "file";
  REQUIRE(write_file_atomically(file, "x").has_value());
  CHECK(ready(folder.path()) == "ready");
  CHECK(ready(folder.path() / "not" / "there" / "yet") == "ready");
  CHECK_FALSE(std::filesystem::exists(folder.path() / "not"));
  for (const auto& path : {file, file / "below"}) {
    CHECK(ready(path) == "cannot make a backup folder in " + path.string() + ": Not a directory");
  }
}

TEST_CASE("a run's backups lie in a folder named by time, private and as received") {
  const TemporaryFolder folder;
  const ManualClock clock;
  Backup backup(folder.path() / "backup", clock);
  CHECK(backup.folder().empty());
  CHECK_FALSE(std::filesystem::exists(folder.path() / "backup"));
  REQUIRE(backup.schema("crm", "default", "{ \"odd\":  1 }").has_value());
  REQUIRE(backup.secrets("crm", {{"Password", "*"}, {"UserName", "ada"}}).has_value());
  const auto run = folder.path() / "backup" / "20260101T000000Z";
  CHECK(backup.folder() == run.string());
  CHECK(*read_file(run / "crm" / "default" / "schema.json") == "{ \"odd\":  1 }");
  CHECK(*read_file(run / "crm" / "secrets.json") ==
        R"({"value":[{"key":"Password","value":"*"},{"key":"UserName","value":"ada"}]})"
        "\n");
  struct stat status = {};
  REQUIRE(::stat((run / "crm" / "secrets.json").c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
}

TEST_CASE("a value that should have been masked is not kept") {
  const TemporaryFolder folder;
  const ManualClock clock;
  Backup backup(folder.path(), clock);
  REQUIRE(backup.secrets("crm", {{"SecretToken", "seen"}}).has_value());
  CHECK(*read_file(std::filesystem::path(backup.folder()) / "crm" / "secrets.json") ==
        R"({"value":[{"key":"SecretToken","value":"*"}]})"
        "\n");
}

TEST_CASE("two runs of one second do not share a folder") {
  const TemporaryFolder folder;
  const ManualClock clock;
  Backup first(folder.path(), clock);
  Backup second(folder.path(), clock);
  REQUIRE(first.schema("crm", "default", "1").has_value());
  REQUIRE(second.schema("crm", "default", "2").has_value());
  CHECK(second.folder() == (folder.path() / "20260101T000000Z-2").string());
  CHECK(*read_file(folder.path() / "20260101T000000Z" / "crm" / "default" / "schema.json") == "1");
}

TEST_CASE("a job key cannot leave the folder") {
  const TemporaryFolder folder;
  const ManualClock clock;
  Backup backup(folder.path(), clock);
  REQUIRE(backup.schema("crm", "../../x", "1").has_value());
  CHECK(std::filesystem::exists(std::filesystem::path(backup.folder()) / "crm" / "_.._.._x" /
                                "schema.json"));
}

}  // namespace syncwright::apply
