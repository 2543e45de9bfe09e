#include <string>

#include "cycle_fixture.h"

namespace syncwright::emulator {

namespace {

struct ConnectionFixture : CycleFixture {
  ConnectionFixture() {
    assign(app, ada);
    start();
    status(app);  // the first cycle
  }

  std::string path(const std::string& id) const {
    return "/beta" + jobs(app) + "/" + job + "/objectConnections" + id;
  }
  Answer del(const std::string& id) { return send(http::HttpMethod::del, path(id)); }
};

Json connection(const std::string& id) {
  return {{"@odata.context", "https://graph.example/beta/$metadata#objectConnection/$entity"},
          {"objectId", id},
          {"objectTypeName", "User"},
          {"sourceAnchor", ada},
          {"targetAnchor", "5001"},
          {"displayName", "Ada Lind"}};
}

}  // namespace

TEST_CASE("the link of an object is found by its source or its target id") {
  ConnectionFixture fixture;
  CHECK(fixture.get(fixture.path("/" + std::string(ada))).body == connection(ada));
  CHECK(fixture.get(fixture.path("('5001')")).body == connection("5001"));
  const Answer selected = fixture.get(fixture.path("/5001?$select=targetAnchor"));
  CHECK(selected.body["targetAnchor"] == "5001");
  CHECK_FALSE(selected.body.contains("sourceAnchor"));
  CHECK(fixture.get(fixture.path("/" + std::string(dan))).status == 404);
  CHECK(fixture.get("/beta" + TenantFixture::jobs(fixture.app) + "/none/objectConnections/5001")
            .status == 404);
}

TEST_CASE("connections cannot be listed, and v1.0 has none") {
  ConnectionFixture fixture;
  const Answer list = fixture.get(fixture.path(""));
  CHECK(list.status == 400);
  CHECK(list.code() == "Request_BadRequest");
  const std::string current = fixture.path("/5001").substr(std::string("/beta").size());
  CHECK(fixture.get(current).status == 400);
  CHECK(fixture.get(current).code() == "BadRequest");
}

TEST_CASE("a link is cleared while the job is paused, and made again by a later cycle") {
  ConnectionFixture fixture;
  CHECK(fixture.del("/5001").status == 409);
  CHECK(fixture.get(fixture.path("/5001")).status == 200);
  CHECK(fixture.act(fixture.app, "pause").status == 204);
  CHECK(fixture.del("/5001").status == 204);
  CHECK(fixture.get(fixture.path("/" + std::string(ada))).status == 404);
  CHECK(fixture.del("/5001").status == 204);
  CHECK(fixture.del("/never-there").status == 204);
  fixture.start();
  fixture.next_cycle();
  CHECK(fixture.get(fixture.path("/" + std::string(ada))).body == connection(ada));
  CHECK(fixture.log("provisioningAction eq 'create'") == "create success Ada Lind\n");
}

}  // namespace syncwright::emulator
