#include <string>

#include "people_fixture.h"

namespace syncwright::emulator {

namespace {

/// A client, and an API that it calls.
struct Grants : PeopleFixture {
  Grants() : client(instantiate()), api(instantiate(crm_id, "API")) {}

  [[nodiscard]] Json for_everybody() const {
    return {{"clientId", client.service_principal},
            {"consentType", "AllPrincipals"},
            {"resourceId", api.service_principal},
            {"scope", "User.Read Group.Read.All"}};
  }
  [[nodiscard]] Json for_ada() const {
    Json body = for_everybody();
    body["consentType"] = "Principal";
    body["principalId"] = ada;
    return body;
  }
  std::string grant(const Json& body) {
    const Answer made = post("/oauth2PermissionGrants", body);
    REQUIRE(made.status == 201);
    return made.body["id"];
  }
  /// The ids, in the order of the list.
  Json ids(const std::string& path) {
    Json result = Json::array();
    const Answer answer = get(path);
    REQUIRE(answer.status == 200);
    for (const Json& item : answer.body["value"]) result.push_back(item["id"]);
    return result;
  }

  App client;
  App api;
};

const std::string grants_path = "/oauth2PermissionGrants";

}  // namespace

TEST_CASE("a permission grant is created, read, changed and deleted") {
  Grants fixture;
  const Answer made = fixture.post(grants_path, fixture.for_everybody());
  REQUIRE(made.status == 201);
  const std::string id = made.body["id"];
  Json expected = {
      {"@odata.context", "https://graph.example/v1.0/$metadata#oauth2PermissionGrants/$entity"},
      {"id", id},
      {"clientId", fixture.client.service_principal},
      {"consentType", "AllPrincipals"},
      {"principalId", nullptr},
      {"resourceId", fixture.api.service_principal},
      {"scope", "User.Read Group.Read.All"}};
  CHECK(made.body == expected);
  CHECK(made.headers.get("Location") == "https://graph.example/v1.0/oauth2PermissionGrants/" + id);
  CHECK(fixture.get(grants_path + "/" + id).body == expected);
  CHECK(fixture.patch(grants_path + "/" + id, {{"scope", "openid"}}).status == 204);
  expected["scope"] = "openid";
  CHECK(fixture.get(grants_path + "/" + id).body == expected);
  for (const char* fixed : {"clientId", "principalId", "consentType", "colour"}) {
    CHECK(fixture.patch(grants_path + "/" + id, {{fixed, "x"}}).code() == "Request_BadRequest");
  }
  CHECK(fixture.remove(grants_path + "/" + id).status == 204);
  for (const Answer& gone :
       {fixture.get(grants_path + "/" + id), fixture.remove(grants_path + "/" + id),
        fixture.patch(grants_path + "/" + id, {{"scope", "openid"}})}) {
    CHECK(gone.code() == "Request_ResourceNotFound");
  }
}

TEST_CASE("beta shows times that mean nothing") {
  Grants fixture;
  Json body = fixture.for_ada();
  body["startTime"] = "2026-01-01T00:00:00Z";
  CHECK(fixture.post(grants_path, body).code() == "Request_BadRequest");
  const Answer made = fixture.post("/beta" + grants_path, body);
  REQUIRE(made.status == 201);
  CHECK(made.body == Json{{"@odata.context",
                           "https://graph.example/beta/$metadata#oauth2PermissionGrants/$entity"},
                          {"id", made.body["id"]},
                          {"clientId", fixture.client.service_principal},
                          {"consentType", "Principal"},
                          {"expiryTime", nullptr},
                          {"principalId", ada},
                          {"resourceId", fixture.api.service_principal},
                          {"scope", "User.Read Group.Read.All"},
                          {"startTime", "2026-01-01T00:00:00Z"}});
  CHECK_FALSE(fixture.get(grants_path).body["value"][0].contains("startTime"));
}

TEST_CASE("permission grants are listed whole, by filter, by client and by user") {
  Grants fixture;
  const std::string everybody = fixture.grant(fixture.for_everybody());
  const std::string one = fixture.grant(fixture.for_ada());
  Json reverse = fixture.for_everybody();
  reverse["clientId"] = fixture.api.service_principal;
  reverse["resourceId"] = fixture.client.service_principal;
  const std::string back = fixture.grant(reverse);
  CHECK(fixture.ids(grants_path) == Json::array({everybody, one, back}));
  CHECK(fixture.get(grants_path + "?$select=scope&$top=1").body["@odata.context"] ==
        "https://graph.example/v1.0/$metadata#oauth2PermissionGrants(scope)");
  const auto filtered = [&](const std::string& text) {
    return fixture.ids(grants_path + "?$filter=" + percent_encode(text));
  };
  CHECK(filtered("clientId eq '" + fixture.client.service_principal + "'") ==
        Json::array({everybody, one}));
  CHECK(filtered("clientId eq '" + fixture.client.service_principal +
                 "' and consentType eq 'Principal'") == Json::array({one}));
  CHECK(filtered("principalId eq '" + std::string(ada) + "'") == Json::array({one}));
  CHECK(filtered("resourceId eq '" + fixture.client.service_principal + "'") ==
        Json::array({back}));
  CHECK(fixture.filter(grants_path, "startswith(scope,'User')").status == 400);
  CHECK(fixture.ids("/servicePrincipals/" + fixture.client.service_principal + grants_path) ==
        Json::array({everybody, one}));
  CHECK(fixture.ids("/beta/users/ada@fabrikam.example" + grants_path) == Json::array({one}));
  CHECK(fixture.ids("/users/" + std::string(cyn) + grants_path).empty());
  CHECK(fixture.get("/users/nobody" + grants_path).status == 404);
}

TEST_CASE("a permission grant that makes no sense is refused") {
  Grants fixture;
  const auto refusal = [&](const Json& body) {
    const Answer answer = fixture.post(grants_path, body);
    CHECK(answer.code() == "Request_BadRequest");
    return answer.message();
  };
  for (const char* required : {"clientId", "consentType", "resourceId"}) {
    Json body = fixture.for_everybody();
    body.erase(required);
    CHECK(refusal(body) == "A value is required for property '" + std::string(required) +
                               "' of resource 'OAuth2PermissionGrant'.");
  }
  const auto with = [](Json body, const char* name, const Json& value) {
    body[name] = value;
    return body;
  };
  const Json whole = fixture.for_ada();
  const std::string wrong_consent =
      "Invalid value specified for property 'consentType' of resource 'OAuth2PermissionGrant'.";
  CHECK(refusal(with(whole, "consentType", "Everybody")) == wrong_consent);
  CHECK(refusal(with(whole, "consentType", "AllPrincipals")) == wrong_consent);
  CHECK(refusal(with(whole, "principalId", nullptr)) == wrong_consent);
  const std::string wrong_reference = "Not a valid reference update.";
  CHECK(refusal(with(whole, "clientId", fixture.client.app_id)) == wrong_reference);
  CHECK(refusal(with(whole, "resourceId", "nobody")) == wrong_reference);
  CHECK(refusal(with(whole, "principalId", sales)) == wrong_reference);
  fixture.grant(whole);
  CHECK(refusal(with(whole, "scope", "openid")) == "Permission entry already exists.");
  fixture.grant(fixture.for_everybody());
  CHECK(refusal(fixture.for_everybody()) == "Permission entry already exists.");
}

TEST_CASE("a permission grant goes with its client, its resource and its user") {
  Grants fixture;
  fixture.grant(fixture.for_everybody());
  fixture.grant(fixture.for_ada());
  CHECK(fixture.remove(std::string("/users/") + ada).status == 204);
  CHECK(fixture.ids(grants_path).size() == 2);  // she may be restored
  CHECK(fixture.remove(std::string("/directory/deletedItems/") + ada).status == 204);
  CHECK(fixture.ids(grants_path).size() == 1);
  CHECK(fixture.remove("/servicePrincipals/" + fixture.api.service_principal).status == 204);
  CHECK(fixture.ids(grants_path).empty());
  CHECK(state_of(fixture.tenant)["oauth2PermissionGrants"] == Json::array());
}

TEST_CASE("permission grants ask for permissions of their own") {
  Grants fixture;
  const auto status = [&](const char* role, http::HttpMethod method, const Json& body) {
    const std::string all = fixture.token;
    fixture.token = token_with_roles(fixture, {role});
    const int result = fixture.send(method, grants_path, body).status;
    fixture.token = all;
    return result;
  };
  const Json body = fixture.for_everybody();
  CHECK(status("Directory.Read.All", http::HttpMethod::get, Json()) == 200);
  CHECK(status("Application.ReadWrite.All", http::HttpMethod::get, Json()) == 403);
  CHECK(status("Directory.Read.All", http::HttpMethod::post, body) == 403);
  CHECK(status("Application.ReadWrite.All", http::HttpMethod::post, body) == 403);
  CHECK(status("DelegatedPermissionGrant.ReadWrite.All", http::HttpMethod::post, body) == 201);
}

}  // namespace syncwright::emulator
