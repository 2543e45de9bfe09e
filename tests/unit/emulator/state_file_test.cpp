#include "syncwright/emulator/state_file.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "emulator/store/database.h"
#include "syncwright/core/file.h"
#include "syncwright/core/random.h"
#include "tenant_fixture.h"
#include "unit/temporary_folder.h"

namespace syncwright::emulator {

namespace {

std::unique_ptr<StateFile> locked(const std::filesystem::path& file) {
  auto opened = StateFile::open(file);
  REQUIRE_MESSAGE(opened.has_value(), (opened ? "" : describe(opened.error())));
  return std::move(*opened);
}

/// The tenant of a file, and requests to it.
struct FiledTenant {
  explicit FiledTenant(const std::filesystem::path& file) {
    auto opened = Tenant::open(locked(file), fabrikam(), clock, {});
    REQUIRE_MESSAGE(opened.has_value(), (opened ? "" : describe(opened.error())));
    tenant = std::move(*opened);
  }

  Answer send(http::HttpMethod method, const std::string& path, const Json& body = {}) {
    http::HttpRequest request;
    request.method = method;
    request.url = "https://graph.example/v1.0" + path;
    request.headers.set("Authorization", "Bearer " + tenant->issue_token());
    request.headers.set("Content-Type", "application/json");
    if (!body.is_null()) request.body = body.dump();
    return TenantFixture::take(tenant->handle(request));
  }
  /// Its department, so that there is something to keep.
  void move_ada_to(const char* department) {
    const Answer answer =
        send(http::HttpMethod::patch, std::string("/users/") + ada, {{"department", department}});
    REQUIRE(answer.status == 204);
  }
  std::string department_of_ada() {
    return send(http::HttpMethod::get, std::string("/users/") + ada + "?$select=department")
        .body["department"];
  }

  ManualClock clock;
  std::unique_ptr<Tenant> tenant;
};

/// The text of a state in which Ada is in that department.
std::string state_with(const char* department) {
  TenantFixture fixture;
  fixture.send(http::HttpMethod::patch, std::string("/users/") + ada, {{"department", department}});
  return fixture.tenant.state_text();
}

std::vector<std::string> names_in(const std::filesystem::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

TEST_CASE("what a tenant answered is in its file, and its time") {
  const TemporaryFolder folder;
  const auto file = folder.path() / "deep" / "emulator.db";
  Json state;
  {
    FiledTenant filed(file);
    CHECK_FALSE(std::filesystem::exists(file));  // nobody changed anything yet
    filed.clock.advance(std::chrono::hours{5});
    filed.move_ada_to("Marketing");
    state = state_of(*filed.tenant);
  }
  CHECK(names_in(folder.path() / "deep") ==
        std::vector<std::string>{"emulator.db", "emulator.db.lock"});
  FiledTenant again(file);
  CHECK(again.department_of_ada() == "Marketing");
  CHECK(state_of(*again.tenant) == state);
  again.move_ada_to("Finance");
  CHECK(again.tenant->revision() == 1);
}

TEST_CASE("what cannot be saved did not happen, and is told") {
  const TemporaryFolder folder;
  const auto file = folder.path() / "emulator.db";
  FiledTenant filed(file);
  filed.move_ada_to("Marketing");
  Database other(file);
  other.execute(
      "CREATE TRIGGER full BEFORE UPDATE ON users BEGIN SELECT RAISE(ABORT, 'no room'); END");
  const Answer refused = filed.send(http::HttpMethod::patch, std::string("/users/") + ada,
                                    {{"department", "Finance"}});
  CHECK(refused.status == 500);
  CHECK(refused.message() == file.string() + ": no room");
  CHECK(filed.department_of_ada() == "Marketing");
  CHECK(filed.tenant->revision() == 1);
  other.execute("DROP TRIGGER full");
  filed.move_ada_to("Finance");
  CHECK(filed.department_of_ada() == "Finance");
}

TEST_CASE("an item of a batch that cannot be saved did not happen, the others did") {
  const TemporaryFolder folder;
  const auto file = folder.path() / "emulator.db";
  FiledTenant filed(file);
  filed.move_ada_to("Marketing");
  Database other(file);
  other.execute(
      "CREATE TRIGGER full BEFORE UPDATE ON users BEGIN SELECT RAISE(ABORT, 'no room'); END");
  const auto patch = [](const char* id, const std::string& url, const Json& body) {
    return Json{{"id", id},
                {"method", "PATCH"},
                {"url", url},
                {"headers", {{"Content-Type", "application/json"}}},
                {"body", body}};
  };
  const Answer answer = filed.send(
      http::HttpMethod::post, "/$batch",
      {{"requests",
        {patch("1", std::string("/groups/") + sales, {{"description", "Those who sell"}}),
         patch("2", std::string("/users/") + ada, {{"department", "Finance"}}),
         patch("3", std::string("/groups/") + sales, {{"description", "Those who sold"}})}}});
  REQUIRE(answer.status == 200);
  const Json& responses = answer.body["responses"];
  REQUIRE(responses.size() == 3);
  CHECK(responses[0]["status"] == 204);
  CHECK(responses[1]["status"] == 500);
  CHECK(responses[1]["body"]["error"]["message"] == file.string() + ": no room");
  CHECK(responses[2]["status"] == 204);
  CHECK(filed.department_of_ada() == "Marketing");
  CHECK(filed.send(http::HttpMethod::get, std::string("/groups/") + sales).body["description"] ==
        "Those who sold");
  CHECK(filed.tenant->revision() == 3);
}

TEST_CASE("a first change that cannot be saved leaves a new tenant") {
  const TemporaryFolder folder;
  const auto file = folder.path() / "emulator.db";
  FiledTenant filed(file);
  std::filesystem::create_directories(file / "in the way");
  const Answer refused = filed.send(http::HttpMethod::patch, std::string("/users/") + ada,
                                    {{"department", "Finance"}});
  CHECK(refused.status == 500);
  CHECK(names_in(folder.path()) == std::vector<std::string>{"emulator.db", "emulator.db.lock"});
  std::filesystem::remove_all(file);
  filed.move_ada_to("Marketing");
  CHECK(filed.department_of_ada() == "Marketing");
}

TEST_CASE("a state file has one holder at a time") {
  const TemporaryFolder folder;
  const auto file = folder.path() / "emulator.db";
  const auto first = locked(file);
  const auto second = StateFile::open(file);
  REQUIRE_FALSE(second.has_value());
  CHECK(second.error().kind == ErrorKind::io);
  CHECK(second.error().message == file.string() + " is in use by another process");
}

TEST_CASE("what is no regular file is refused unopened, and nothing is made beside it") {
  const TemporaryFolder folder;
  std::filesystem::create_directories(folder.path() / "folder");
  const auto fifo = folder.path() / "fifo";
  REQUIRE(::mkfifo(fifo.c_str(), 0600) == 0);
  std::filesystem::create_symlink(fifo, folder.path() / "link");
  std::filesystem::create_symlink("/dev/null", folder.path() / "null");
  for (const auto& [name, what] :
       {std::pair("fifo", "a FIFO"), std::pair("link", "a FIFO"), std::pair("folder", "a folder"),
        std::pair("null", "a device")}) {
    CAPTURE(name);
    const auto opened = StateFile::open(folder.path() / name);
    REQUIRE_FALSE(opened.has_value());
    CHECK(opened.error().kind == ErrorKind::invalid_input);
    CHECK(opened.error().message ==
          (folder.path() / name).string() + " is " + what + ", not a regular file");
    CHECK_FALSE(std::filesystem::exists(folder.path() / (std::string(name) + ".lock")));
  }
}

TEST_CASE("a link to a state file has the file's lock, and stays a link") {
  const TemporaryFolder folder;
  const auto file = folder.path() / "emulator.db";
  const auto link = folder.path() / "link.db";
  FiledTenant(file).move_ada_to("Marketing");
  std::filesystem::create_symlink(file, link);
  {
    FiledTenant filed(link);
    CHECK_FALSE(StateFile::open(file).has_value());
    filed.move_ada_to("Finance");
  }
  CHECK(std::filesystem::is_symlink(link));
  CHECK(FiledTenant(file).department_of_ada() == "Finance");
}

TEST_CASE("a named file that holds JSON becomes a database, and the JSON is kept") {
  const TemporaryFolder folder;
  const auto file = folder.path() / "people.json";
  const std::string text = "\n" + state_with("Marketing");
  REQUIRE(write_file_atomically(file, text).has_value());
  REQUIRE(write_file_atomically(file.string() + ".old", "something else").has_value());
  const std::string kept = file.string() + ".old.2";
  CHECK(locked(file)->take_over_json().value() ==
        file.string() +
            " is a database from now on; the JSON that it was is kept as "
            "people.json.old.2");
  CHECK(read_file(kept).value() == text);
  CHECK(read_file(file.string() + ".old").value() == "something else");
  CHECK(FiledTenant(file).department_of_ada() == "Marketing");
  CHECK(locked(file)->take_over_json().value().empty());  // once
}

TEST_CASE("the JSON of an earlier version beside a database that is not there is taken over once") {
  const TemporaryFolder folder;
  const auto file = folder.path() / "emulator-prod.db";
  const auto older = folder.path() / "emulator-prod.json";
  const std::string text = state_with("Marketing");
  REQUIRE(write_file_atomically(older, text).has_value());
  CHECK(locked(file)->take_over_json().value() ==
        file.string() +
            " is made of emulator-prod.json, which stays as it is and is not read again");
  CHECK(read_file(older).value() == text);
  REQUIRE(write_file_atomically(older, state_with("Finance")).has_value());
  CHECK(locked(file)->take_over_json().value().empty());
  CHECK(FiledTenant(file).department_of_ada() == "Marketing");

  // A database that somebody gave that name is no state of an earlier version.
  FiledTenant(folder.path() / "emulator.json").move_ada_to("Finance");
  CHECK(locked(folder.path() / "emulator.db")->take_over_json().value().empty());

  // A file of somebody's own is not looked for.
  REQUIRE(write_file_atomically(folder.path() / "people.json", text).has_value());
  CHECK(locked(folder.path() / "people.db")->take_over_json().value().empty());
}

TEST_CASE("a JSON that is broken is a fault of that file, and nothing changes") {
  const TemporaryFolder folder;
  const auto file = folder.path() / "emulator.json";
  const auto database = folder.path() / "emulator.db";
  for (const auto& [text, fault] :
       {std::pair("{", ": not valid JSON"),
        std::pair("{}", ": the emulator's state is not of format version 1"),
        std::pair(R"({"formatVersion": 1, "jobs": [{}]})",
                  ": the emulator's state has a broken 'directory'")}) {
    CAPTURE(text);
    REQUIRE(write_file_atomically(file, text).has_value());
    for (const auto& named : {file, database}) {
      const auto taken = locked(named)->take_over_json();
      REQUIRE_FALSE(taken.has_value());
      CHECK(taken.error().kind == ErrorKind::invalid_input);
      CHECK(taken.error().message.starts_with(file.string() + fault));
    }
    CHECK(read_file(file).value() == text);
    CHECK_FALSE(std::filesystem::exists(database));
    CHECK_FALSE(std::filesystem::exists(file.string() + ".old"));
  }
}

TEST_CASE("an export is imported into a state file that has no state") {
  const TemporaryFolder folder;
  const auto json = folder.path() / "state.json";
  const auto file = folder.path() / "emulator.db";
  FiledTenant origin(folder.path() / "origin.db");
  origin.move_ada_to("Marketing");
  REQUIRE(origin.tenant->export_state(json).has_value());
  CHECK(Json::parse(read_file(json).value()) == state_of(*origin.tenant));
  struct stat details{};
  REQUIRE(::stat(json.c_str(), &details) == 0);
  CHECK((details.st_mode & 0777U) == 0600U);
  REQUIRE(locked(file)->import_json(json).has_value());
  CHECK(FiledTenant(file).department_of_ada() == "Marketing");
  const auto refused = locked(file)->import_json(json);
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().kind == ErrorKind::invalid_input);
  CHECK(refused.error().message == file.string() + " has a state already");
}

TEST_CASE("what a killed run left is gone, and nothing else") {
  const TemporaryFolder folder;
  const auto file = folder.path() / "emulator.db";
  const auto left = folder.path() / (".emulator.db." + random_uuid());
  const auto other = folder.path() / (".other.db." + random_uuid());
  const auto backup = folder.path() / ".emulator.db.old";
  for (const auto& path : {file, left, other, backup}) {
    REQUIRE(write_file_atomically(path, "").has_value());
  }
  REQUIRE(StateFile::open(file).has_value());
  CHECK_FALSE(std::filesystem::exists(left));
  for (const auto& path : {file, other, backup}) CHECK(std::filesystem::exists(path));
}

}  // namespace syncwright::emulator
