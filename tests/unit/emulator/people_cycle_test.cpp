#include <string>

#include "cycle_fixture.h"
#include "people_fixture.h"

namespace syncwright::emulator {

TEST_CASE("a new user in an assigned group is provisioned, and flows what changes") {
  CycleFixture fixture;
  fixture.assign(fixture.app, sales);
  fixture.start();
  fixture.status(fixture.app);
  const std::string before = fixture.log();
  Json body = new_user();
  body["displayName"] = "Eve Sol";
  const std::string eve = fixture.send(http::HttpMethod::post, "/users", body).body["id"];
  fixture.next_cycle();
  CHECK(fixture.log() == before);  // in no assigned group
  const std::string members = std::string("/groups/") + sales + "/members";
  CHECK(fixture.send(http::HttpMethod::post, members + "/$ref", {{"@odata.id", reference_to(eve)}})
            .status == 204);
  fixture.next_cycle();
  CHECK(fixture.log() == before + "create success Eve Sol\nupdate success Sales\n");
  CHECK(fixture.written("Eve Sol")["userName"] == "eve@fabrikam.example");
  CHECK(fixture.send(http::HttpMethod::patch, "/users/" + eve, {{"displayName", "Eve Sol-Lind"}})
            .status == 204);
  fixture.next_cycle();
  CHECK(fixture.written("Eve Sol-Lind", "update") == Json{{"displayName", "Eve Sol-Lind"}});
  CHECK(fixture.send(http::HttpMethod::del, members + "/" + eve + "/$ref").status == 204);
  fixture.next_cycle();
  CHECK(fixture.log().find("disable success Eve Sol-Lind\n") != std::string::npos);
}

TEST_CASE("a deleted user is disabled, a restored one enabled, a purged one deleted") {
  CycleFixture fixture;
  fixture.assign(fixture.app, ada);
  fixture.start();
  fixture.status(fixture.app);
  const std::string item = std::string("/directory/deletedItems/") + ada;
  CHECK(fixture.send(http::HttpMethod::del, std::string("/users/") + ada).status == 204);
  fixture.next_cycle();
  CHECK(fixture.send(http::HttpMethod::post, item + "/restore").status == 200);
  fixture.next_cycle();
  CHECK(fixture.send(http::HttpMethod::del, std::string("/users/") + ada).status == 204);
  fixture.next_cycle();
  CHECK(fixture.send(http::HttpMethod::del, item).status == 204);
  fixture.next_cycle();
  CHECK(fixture.log() ==
        "create success Ada Lind\n"
        "disable success Ada Lind\n"
        "update success Ada Lind\n"
        "disable success Ada Lind\n"
        "delete success \n");
}

TEST_CASE("a deleted group takes its account along and lets its members go") {
  CycleFixture fixture;
  fixture.assign(fixture.app, sales);
  fixture.start();
  fixture.status(fixture.app);
  const std::string before = fixture.log();
  CHECK(fixture.send(http::HttpMethod::del, std::string("/groups/") + sales).status == 204);
  fixture.next_cycle();
  const std::string log = fixture.log();
  REQUIRE(log.starts_with(before));
  const std::string news = log.substr(before.size());
  CHECK(news.find("disable success Ada Lind\n") != std::string::npos);
  CHECK(news.find("disable success Dan Roe\n") != std::string::npos);
  CHECK(news.find("delete success \n") != std::string::npos);
}

}  // namespace syncwright::emulator
