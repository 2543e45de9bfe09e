#include "tenant_fixture.h"

namespace syncwright::emulator {

namespace {

struct Uris : TenantFixture {
  Answer create(const std::string& uri) {
    return send(http::HttpMethod::post, "/applications",
                {{"displayName", "Api"}, {"identifierUris", {uri}}});
  }
  std::string path_of(const Answer& made) {
    REQUIRE(made.status == 201);
    return "/applications/" + made.body["id"].get<std::string>();
  }
};

void check_taken(const Answer& refused) {
  constexpr const char* message =
      "Another object with the same value for property identifierUris already exists.";
  CHECK(refused.status == 400);
  CHECK(refused.code() == "Request_BadRequest");
  CHECK(refused.message() == message);
  CHECK(refused.body["error"]["details"] ==
        Json::array(
            {{{"code", "ObjectConflict"}, {"message", message}, {"target", "identifierUris"}}}));
}

}  // namespace

TEST_CASE("an identifier URI is one application's of the tenant") {
  Uris tenant;
  const std::string first = tenant.path_of(tenant.create("api://one"));
  const std::string second = tenant.path_of(tenant.create("api://two"));
  check_taken(tenant.create("api://one"));
  const auto set = [&](const std::string& path, const Json& uris) {
    return tenant.send(http::HttpMethod::patch, path, {{"identifierUris", uris}});
  };
  check_taken(set(second, {"api://two", "api://one"}));
  CHECK(tenant.get(second).body["identifierUris"] == Json::array({"api://two"}));
  CHECK(set(first, {"api://one", "api://more"}).status == 204);
  CHECK(set(first, {"api://more"}).status == 204);
  CHECK(set(second, {"api://one"}).status == 204);
}

TEST_CASE("a deleted application gives its URIs up, and is not restored beside who took them") {
  Uris tenant;
  const std::string first = tenant.path_of(tenant.create("api://one"));
  CHECK(tenant.send(http::HttpMethod::del, first).status == 204);
  const std::string second = tenant.path_of(tenant.create("api://one"));
  const std::string restore =
      "/directory/deletedItems/" + first.substr(first.rfind('/') + 1) + "/restore";
  check_taken(tenant.send(http::HttpMethod::post, restore));
  CHECK(tenant.get(first).status == 404);
  CHECK(tenant.send(http::HttpMethod::del, second).status == 204);
  CHECK(tenant.send(http::HttpMethod::post, restore).status == 200);
  CHECK(tenant.get(first).body["identifierUris"] == Json::array({"api://one"}));
}

}  // namespace syncwright::emulator
