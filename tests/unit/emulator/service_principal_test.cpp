#include "tenant_fixture.h"

namespace syncwright::emulator {

namespace {

const std::string collection = "/servicePrincipals";

std::size_t found(TenantFixture& fixture, const std::string& filter) {
  const Answer answer = fixture.filter(collection, filter);
  REQUIRE(answer.status == 200);
  return answer.body["value"].size();
}

}  // namespace

TEST_CASE("service principals are found by name, prefix, key, template and tag") {
  TenantFixture fixture;
  const App first = fixture.instantiate(crm_id, "CRM O'Hara");
  fixture.instantiate(crm_id, "CRM two");
  fixture.instantiate(cloud_id, "Cloud");
  fixture.send(http::HttpMethod::patch, collection + "/" + first.service_principal,
               {{"tags", {"syncwright:p/-", "HideApp"}}});
  CHECK(found(fixture, "displayName eq 'crm o''hara'") == 1);
  CHECK(found(fixture, "startswith(displayName,'crm')") == 2);
  CHECK(found(fixture, "displayName in ('Cloud','CRM two')") == 2);
  CHECK(found(fixture, "appId eq '" + first.app_id + "'") == 1);
  CHECK(found(fixture, std::string("applicationTemplateId eq '") + crm_id + "'") == 2);
  CHECK(found(fixture, "tags/any(t:t eq 'syncwright:p/-')") == 1);
  CHECK(found(fixture, "tags/any(x:x eq 'HideApp') and startswith(displayName,'cloud')") == 0);
  CHECK(found(fixture, std::string("AppId eq '") + first.app_id + "' or displayName eq 'Cloud'") ==
        2);
}

TEST_CASE("what needs ConsistencyLevel is refused without it") {
  TenantFixture fixture;
  fixture.instantiate();
  for (const char* filter :
       {"displayName ne 'x'", "endswith(displayName,'x')", "appRoleAssignmentRequired eq true",
        "not (displayName eq 'x')", "colour eq 'red'"}) {
    CAPTURE(filter);
    CHECK(fixture.filter(collection, filter).code() == "Request_UnsupportedQuery");
  }
  CHECK(fixture.filter(collection, "displayName eq").code() == "BadRequest");
  CHECK(fixture.get(collection + "/$count").message() == "$count is not currently supported.");
  CHECK_FALSE(fixture.get(collection + "?$count=true").body.contains("@odata.count"));
  fixture.headers.set("ConsistencyLevel", "eventual");
  CHECK(fixture.get(collection + "?$count=true").body["@odata.count"] == 1);
  CHECK(fixture.get(collection + "/$count").body == 1);
  CHECK(fixture.get(collection + "?$count=true&$filter=displayName%20ne%20'x'").status == 200);
}

TEST_CASE("pages follow each other by $skiptoken until all are seen") {
  TenantFixture fixture;
  for (int number = 0; number < 7; ++number) fixture.instantiate(crm_id, std::to_string(number));
  std::string path = collection + "?$top=3&$select=displayName&$filter=" +
                     percent_encode(std::string("applicationTemplateId eq '") + crm_id + "'");
  std::string names;
  int pages = 0;
  while (!path.empty()) {
    const Answer page = fixture.get(path);
    for (const Json& item : page.body["value"]) names += item["displayName"].get<std::string>();
    const std::string next = string_or(page.body, "@odata.nextLink");
    path = next.empty() ? "" : next.substr(std::string("https://graph.example/v1.0").size());
    ++pages;
  }
  CHECK(pages == 3);
  CHECK(names == "0123456");
  CHECK(fixture.get(collection + "?$top=1000").status == 400);
  CHECK(fixture.get(collection + "?$top=0").status == 400);
  CHECK(fixture.get(collection + "?$skip=1").status == 400);
  CHECK(fixture.get(collection + "?$skiptoken=abc").code() == "Directory_ExpiredPageToken");
  CHECK(fixture.get(collection + "?$select=colour").code() == "BadRequest");
}

TEST_CASE("a service principal is patched as a whole or not at all") {
  TenantFixture fixture;
  const App app = fixture.instantiate();
  const std::string path = collection + "/" + app.service_principal;
  CHECK(fixture
            .send(http::HttpMethod::patch, path,
                  {{"displayName", "New"}, {"tags", {"a", "b"}}, {"accountEnabled", false}})
            .status == 204);
  const Json value = fixture.get(path).body;
  CHECK(value["displayName"] == "New");
  CHECK(value["tags"] == Json::array({"a", "b"}));
  CHECK(value["accountEnabled"] == false);
  for (const Json& body :
       {Json{{"appId", "x"}}, Json{{"passwordCredentials", Json::array()}}, Json{{"nope", 1}},
        Json{{"tags", {1}}}, Json{{"accountEnabled", "no"}}, Json::object(), Json::array()}) {
    CHECK(fixture.send(http::HttpMethod::patch, path, body).status == 400);
  }
}

TEST_CASE("deleting the service principal leaves the application") {
  TenantFixture fixture;
  const App app = fixture.instantiate();
  CHECK(fixture.send(http::HttpMethod::del, collection + "/" + app.service_principal).status ==
        204);
  CHECK(fixture.get(collection + "/" + app.service_principal).status == 404);
  CHECK(fixture.get("/applications/" + app.application).status == 200);
}

TEST_CASE("beta names the scopes otherwise") {
  TenantFixture fixture;
  const App app = fixture.instantiate();
  const Json beta = fixture.get("/beta/servicePrincipals/" + app.service_principal).body;
  CHECK(beta.contains("publishedPermissionScopes"));
  CHECK_FALSE(beta.contains("oauth2PermissionScopes"));
  CHECK(fixture.get("/beta/servicePrincipals").body["value"][0].contains("errorUrl"));
  CHECK(beta["@odata.context"] == "https://graph.example/beta/$metadata#servicePrincipals/$entity");
}

}  // namespace syncwright::emulator
