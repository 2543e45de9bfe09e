#include "tenant_fixture.h"

namespace syncwright::emulator {

namespace {

const std::string templates = "/applicationTemplates";

}  // namespace

TEST_CASE("the gallery is filtered, selected, counted and paged by $skip") {
  TenantFixture fixture;
  const Answer found = fixture.filter(templates, "displayName eq 'fabrikam crm'");
  REQUIRE(found.body["value"].size() == 1);
  CHECK(found.body["value"][0]["id"] == crm_id);
  CHECK(found.body["value"][0]["supportedProvisioningTypes"] == Json::array({"sync"}));
  CHECK(fixture.filter(templates, "contains(displayName,'fabrikam')").body["value"].size() == 2);
  CHECK(
      fixture.filter(templates, "displayName eq 'Fabrikam CRM' or displayName eq 'Fabrikam Cloud'")
          .body["value"]
          .size() == 2);
  CHECK(fixture.filter(templates, "displayName in ('Fabrikam CRM','x')").body["value"].size() == 1);
  const Answer page = fixture.get(templates +
                                  "?$top=1&$count=true&$select=id,displayName&$filter=startswith("
                                  "displayName,'Fabrikam')");
  CHECK(page.body["@odata.count"] == 2);
  CHECK(page.body["value"][0].size() == 2);
  CHECK(page.body["@odata.context"] ==
        "https://graph.example/v1.0/$metadata#applicationTemplates(id,displayName)");
  const std::string next = page.body["@odata.nextLink"];
  CHECK(next.find("$skip=1") != std::string::npos);
  const Answer last = fixture.get(next.substr(std::string("https://graph.example/v1.0").size()));
  CHECK(last.body["value"].size() == 1);
  CHECK_FALSE(last.body.contains("@odata.nextLink"));
  CHECK(last.body["value"][0]["id"] != page.body["value"][0]["id"]);
}

TEST_CASE("the gallery is filtered by parts of categories, sorted and counted without a header") {
  TenantFixture fixture;
  const auto named = [&](const std::string& filter) {
    return fixture.filter(templates, filter + " and startswith(displayName,'Fabrikam')")
        .body["value"];
  };
  CHECK(named("categories/any(c:c eq 'crm')").size() == 1);
  CHECK(named("categories/any(c:contains(c,'rm'))")[0]["id"] == crm_id);
  CHECK(named("categories/any(c:contains(c,'serv') or c eq 'crm')").size() == 2);
  CHECK(named("not categories/any(c:c eq 'crm')").is_null());  // 400: not needs the index
  const std::string ours = "$filter=startswith(displayName,'Fabrikam')";
  const Json sorted = fixture.get(templates + "?$orderby=displayName%20desc&" + ours).body["value"];
  REQUIRE(sorted.size() == 2);
  CHECK(sorted[0]["displayName"] == "Fabrikam CRM");
  CHECK(sorted[1]["displayName"] == "Fabrikam Cloud");
  CHECK(fixture.get(templates + "/$count?" + ours).body == 2);
  const Json second =
      fixture.get(templates + "?$skip=1&$orderby=displayName&" + ours).body["value"];
  REQUIRE(second.size() == 1);
  CHECK(second[0]["displayName"] == "Fabrikam CRM");
}

TEST_CASE("a template is got by id") {
  TenantFixture fixture;
  CHECK(fixture.get(templates + "/" + crm_id).body["displayName"] == "Fabrikam CRM");
  CHECK(fixture.get(templates + "/none").status == 404);
}

TEST_CASE("instantiate makes an application and its service principal, each time anew") {
  TenantFixture fixture;
  const std::string path = templates + "/" + crm_id + "/instantiate";
  const Answer made = fixture.send(http::HttpMethod::post, path, {{"displayName", "Sales CRM"}});
  REQUIRE(made.status == 201);
  const Json& application = made.body["application"];
  const Json& service_principal = made.body["servicePrincipal"];
  CHECK(application["displayName"] == "Sales CRM");
  CHECK(application["uniqueName"].is_null());
  CHECK(application["tags"].empty());
  CHECK(application["applicationTemplateId"] == crm_id);
  CHECK(service_principal["appId"] == application["appId"]);
  CHECK(service_principal["tags"] == Json::array({"WindowsAzureActiveDirectoryIntegratedApp"}));
  CHECK(service_principal["appRoleAssignmentRequired"] == true);
  CHECK(service_principal["appRoles"].size() == 2);
  CHECK(service_principal["servicePrincipalNames"] == Json::array({application["appId"]}));
  CHECK_FALSE(application.contains("objectId"));
  const Answer again = fixture.send(http::HttpMethod::post, path, {{"displayName", "Sales CRM"}});
  CHECK(again.body["application"]["id"] != application["id"]);
  const Answer beta =
      fixture.send(http::HttpMethod::post, "/beta" + path, {{"displayName", "Old"}});
  CHECK(beta.body["application"]["objectId"] == beta.body["application"]["id"]);
}

TEST_CASE("instantiate refuses an unknown template and an empty name") {
  TenantFixture fixture;
  CHECK(
      fixture.send(http::HttpMethod::post, templates + "/none/instantiate", {{"displayName", "x"}})
          .status == 404);
  for (const Json& body : {Json::object(), Json{{"displayName", ""}}, Json{{"displayName", 1}}}) {
    CHECK(fixture.send(http::HttpMethod::post, templates + "/" + crm_id + "/instantiate", body)
              .code() == "Request_BadRequest");
  }
}

}  // namespace syncwright::emulator
