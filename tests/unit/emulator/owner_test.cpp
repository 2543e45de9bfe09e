#include <string>

#include "tenant_fixture.h"

namespace syncwright::emulator {

namespace {

Json reference(const std::string& id) {
  return {{"@odata.id", "https://graph.example/v1.0/directoryObjects/" + id}};
}

Json ids_of(const Json& list) {
  Json ids = Json::array();
  for (const Json& item : list) ids.push_back(item["id"]);
  return ids;
}

/// An application and its service principal, owned by nobody: the directory does not know the
/// caller.
struct Owned : TenantFixture {
  Owned() : app(instantiate()) {}
  [[nodiscard]] std::vector<std::string> paths() const {
    return {"/applications/" + app.application, "/servicePrincipals/" + app.service_principal};
  }
  Json owners(const std::string& path) { return ids_of(get(path + "/owners").body["value"]); }
  Answer add(const std::string& path, const std::string& id) {
    return send(http::HttpMethod::post, path + "/owners/$ref", reference(id));
  }

  App app;
};

}  // namespace

TEST_CASE("owners are added by reference, listed, counted and removed") {
  Owned fixture;
  for (const std::string& path : fixture.paths()) {
    CHECK(fixture.owners(path).empty());
    CHECK(fixture.add(path, ada).status == 204);
    CHECK(fixture.add(path, fixture.app.service_principal).status == 204);
    CHECK(fixture.owners(path) == Json::array({ada, fixture.app.service_principal}));
    const Json first = fixture.get("/beta" + path + "/owners").body["value"][0];
    CHECK(first["@odata.type"] == "#microsoft.graph.user");
    CHECK(first["userPrincipalName"] == "ada@fabrikam.example");
    CHECK(
        fixture.get("/beta" + path + "/owners/$ref").body ==
        Json{{"@odata.context", "https://graph.example/beta/$metadata#Collection($ref)"},
             {"value", Json::array({{{"@odata.id", "https://graph.example/beta/directoryObjects/" +
                                                       std::string(ada)}},
                                    {{"@odata.id", "https://graph.example/beta/directoryObjects/" +
                                                       fixture.app.service_principal}}})}});
    CHECK(fixture.get(path + "/owners/$count").status == 400);
    fixture.headers.set("ConsistencyLevel", "eventual");
    CHECK(fixture.get(path + "/owners/$count").body == 2);
    fixture.headers = {};
    const std::string one = path + "/owners/" + ada + "/$ref";
    CHECK(fixture.send(http::HttpMethod::del, one).status == 204);
    CHECK(fixture.send(http::HttpMethod::del, one).status == 404);
    CHECK(fixture.owners(path) == Json::array({fixture.app.service_principal}));
    CHECK_FALSE(fixture.get(path).body.contains("owners"));
  }
}

TEST_CASE("owners are selected from and filtered, whatever their types lack") {
  Owned fixture;
  for (const std::string& path : fixture.paths()) {
    fixture.add(path, ada);
    fixture.add(path, fixture.app.service_principal);
    CHECK(fixture.get(path + "/owners?$select=id,userPrincipalName").body ==
          Json{{"@odata.context",
                "https://graph.example/v1.0/$metadata#directoryObjects(id,userPrincipalName)"},
               {"value", Json::array({{{"@odata.type", "#microsoft.graph.user"},
                                       {"id", ada},
                                       {"userPrincipalName", "ada@fabrikam.example"}},
                                      {{"@odata.type", "#microsoft.graph.servicePrincipal"},
                                       {"id", fixture.app.service_principal}}})}});
    fixture.headers.set("ConsistencyLevel", "eventual");
    const std::string query = "?$filter=" + percent_encode("startswith(displayName,'Ada')");
    CHECK(fixture.get(path + "/owners/$count" + query).body == 1);
    CHECK(ids_of(fixture.get(path + "/owners" + query + "&$count=true").body["value"]) ==
          Json::array({ada}));
    fixture.headers = {};
    CHECK(fixture.filter(path + "/owners", "displayName eq 'Ada Lind'").status == 400);
  }
}

TEST_CASE("who cannot own is refused, and nobody owns twice") {
  Owned fixture;
  for (const std::string& path : fixture.paths()) {
    CHECK(fixture.add(path, ada).status == 204);
    const Answer twice = fixture.add(path, ada);
    CHECK(twice.status == 400);
    CHECK(twice.message() ==
          "One or more added object references already exist for the following modified "
          "properties: 'owners'.");
    CHECK(fixture.add(path, sales).status == 400);
    CHECK(fixture.add(path, "nobody").status == 404);
    CHECK(fixture.send(http::HttpMethod::post, path + "/owners/$ref", {{"@odata.id", 7}}).status ==
          400);
    CHECK(fixture.owners(path) == Json::array({ada}));
  }
  CHECK(fixture.get("/applications/none/owners").status == 404);
}

TEST_CASE("a new application is owned by whom the body binds, else by its maker") {
  TenantFixture fixture;
  const Json bound = Json::array({reference(cyn)["@odata.id"], reference(dan)["@odata.id"]});
  const auto owners_of_new = [&](const Json& body) {
    const Answer made = fixture.send(http::HttpMethod::post, "/applications", body);
    REQUIRE(made.status == 201);
    const std::string id = made.body["id"];
    return ids_of(fixture.get("/applications/" + id + "/owners").body["value"]);
  };
  CHECK(owners_of_new({{"displayName", "Bound"}, {"owners@odata.bind", bound}}) ==
        Json::array({cyn, dan}));
  const Json twice = {{"displayName", "x"},
                      {"owners@odata.bind", Json::array({bound[0], bound[0]})}};
  CHECK(fixture.send(http::HttpMethod::post, "/applications", twice).status == 400);
  CHECK(owners_of_new({{"displayName", "Nobody's"}}).empty());
  http::HttpRequest request;
  request.method = http::HttpMethod::post;
  request.url = "https://login.example/t/oauth2/v2.0/token";
  request.headers.set("Content-Type", "application/x-www-form-urlencoded");
  request.body = "grant_type=password&client_id=portal&password=p&username=Ada%40fabrikam.example";
  fixture.token = TenantFixture::take(fixture.tenant.handle(request)).body["access_token"];
  CHECK(owners_of_new({{"displayName", "Ada's"}}) == Json::array({ada}));
}

TEST_CASE("the last owner of a group stays") {
  TenantFixture fixture;
  const std::string path = std::string("/groups/") + sales;
  CHECK(fixture.get("/beta" + path + "/owners").body["value"].empty());
  for (const char* owner : {ada, cyn}) {
    CHECK(fixture.send(http::HttpMethod::post, path + "/owners/$ref", reference(owner)).status ==
          204);
  }
  CHECK(fixture.get(path + "/owners/$ref").body["value"].size() == 2);
  CHECK(fixture.send(http::HttpMethod::del, path + "/owners/" + ada + "/$ref").status == 204);
  CHECK(fixture.send(http::HttpMethod::del, path + "/owners/" + cyn + "/$ref").status == 400);
  CHECK_FALSE(fixture.get(path).body.contains("owners"));
}

TEST_CASE("$expand shows owners inside the answer, with $select on either side") {
  Owned fixture;
  for (const std::string& path : fixture.paths()) {
    fixture.add(path, ada);
    const Json whole = fixture.get(path + "?$expand=owners").body;
    CHECK(ids_of(whole["owners"]) == Json::array({ada}));
    CHECK(whole.contains("displayName"));
    const std::string collection = path.substr(1, path.find('/', 1) - 1);
    CHECK(fixture.get(path + "?$select=id&$expand=owners($select=id)").body ==
          Json{{"@odata.context",
                "https://graph.example/v1.0/$metadata#" + collection + "(id,owners(id))/$entity"},
               {"id", path.substr(path.rfind('/') + 1)},
               {"owners", Json::array({{{"@odata.type", "#microsoft.graph.user"}, {"id", ada}}})}});
    const Json listed = fixture.get("/" + collection + "?$expand=owners").body["value"];
    REQUIRE(listed.size() == 1);
    CHECK(ids_of(listed[0]["owners"]) == Json::array({ada}));
  }
}

TEST_CASE("an $expand that is not honoured is an error") {
  Owned fixture;
  for (const std::string& path : fixture.paths()) {
    for (const char* other : {"colour", "owners,extensionProperties", "owners($expand=manager)",
                              "owners($select=id", ""}) {
      CAPTURE(other);
      CHECK(fixture.get(path + "?$expand=" + other).code() == "BadRequest");
    }
  }
  CHECK(fixture.get(std::string("/users/") + ada + "?$expand=owners").code() == "BadRequest");
}

}  // namespace syncwright::emulator
