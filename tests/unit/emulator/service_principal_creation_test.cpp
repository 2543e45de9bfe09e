#include <algorithm>
#include <string>

#include "emulator/permission.h"
#include "tenant_fixture.h"

namespace syncwright::emulator {

namespace {

constexpr const char* graph_app_id = "00000003-0000-0000-c000-000000000000";

struct Made : TenantFixture {
  Made() {
    const Json body = {{"displayName", "Portal"},
                       {"description", "of partners"},
                       {"identifierUris", {"api://portal"}},
                       {"tags", {"blue"}},
                       {"info", {{"supportUrl", "https://portal.example/help"}}},
                       {"web",
                        {{"homePageUrl", "https://portal.example"},
                         {"redirectUris", {"https://portal.example/signin"}}}}};
    application = send(http::HttpMethod::post, "/applications", body).body;
    app_id = application["appId"];
  }
  Answer instantiate_app(const Json& extra = Json::object()) {
    Json body = {{"appId", app_id}};
    body.update(extra);
    return send(http::HttpMethod::post, "/servicePrincipals", body);
  }

  Json application;
  std::string app_id;
};

}  // namespace

TEST_CASE("a service principal takes from its application what the application exposes") {
  Made fixture;
  const Answer made = fixture.instantiate_app();
  REQUIRE(made.status == 201);
  const Json none = Json::array();
  const std::string id = made.body["id"];
  const Json expected = {
      {"@odata.context", "https://graph.example/v1.0/$metadata#servicePrincipals/$entity"},
      {"id", id},
      {"accountEnabled", true},
      {"addIns", none},
      {"alternativeNames", none},
      {"appDescription", "of partners"},
      {"appDisplayName", "Portal"},
      {"appId", fixture.app_id},
      {"appOwnerOrganizationId", fixture.tenant.tenant_id()},
      {"appRoleAssignmentRequired", false},
      {"appRoles", none},
      {"applicationTemplateId", nullptr},
      {"createdByAppId", fixture.application["createdByAppId"]},
      {"deletedDateTime", nullptr},
      {"description", nullptr},
      {"disabledByMicrosoftStatus", nullptr},
      {"displayName", "Portal"},
      {"homepage", "https://portal.example"},
      {"info",
       {{"logoUrl", nullptr},
        {"marketingUrl", nullptr},
        {"privacyStatementUrl", nullptr},
        {"supportUrl", "https://portal.example/help"},
        {"termsOfServiceUrl", nullptr}}},
      {"isDisabled", nullptr},
      {"keyCredentials", none},
      {"loginUrl", nullptr},
      {"logoutUrl", nullptr},
      {"notes", nullptr},
      {"notificationEmailAddresses", none},
      {"oauth2PermissionScopes", none},
      {"passwordCredentials", none},
      {"preferredSingleSignOnMode", nullptr},
      {"preferredTokenSigningKeyThumbprint", nullptr},
      {"replyUrls", Json::array({"https://portal.example/signin"})},
      {"resourceSpecificApplicationPermissions", none},
      {"samlSingleSignOnSettings", nullptr},
      {"servicePrincipalNames", Json::array({fixture.app_id, "api://portal"})},
      {"servicePrincipalType", "Application"},
      {"signInAudience", "AzureADMyOrg"},
      {"tags", Json::array({"blue"})},
      {"tokenEncryptionKeyId", nullptr},
      {"verifiedPublisher",
       {{"addedDateTime", nullptr}, {"displayName", nullptr}, {"verifiedPublisherId", nullptr}}}};
  CHECK(made.body == expected);
  CHECK(made.headers.get("Location") == "https://graph.example/v1.0/servicePrincipals/" + id);
  CHECK(fixture.get("/servicePrincipals(appId='" + fixture.app_id + "')").body == expected);
}

TEST_CASE(
    "what changes in the application follows, the service principal's own name and tags stay") {
  Made fixture;
  const std::string id = fixture.instantiate_app({{"displayName", "Own"}}).body["id"];
  const std::string path = "/servicePrincipals/" + id;
  fixture.send(http::HttpMethod::patch, path, {{"tags", {"blue", "mine"}}});
  const std::string application = "/applications/" + fixture.application["id"].get<std::string>();
  CHECK(fixture
            .send(http::HttpMethod::patch, application,
                  {{"displayName", "Gate"},
                   {"identifierUris", {"api://gate"}},
                   {"tags", {"green"}},
                   {"web", {{"homePageUrl", "https://gate.example"}}}})
            .status == 204);
  const Json now = fixture.get(path).body;
  CHECK(now["displayName"] == "Own");
  CHECK(now["appDisplayName"] == "Gate");
  CHECK(now["servicePrincipalNames"] == Json::array({fixture.app_id, "api://gate"}));
  CHECK(now["tags"] == Json::array({"mine", "green"}));
  CHECK(now["homepage"] == "https://gate.example");
  CHECK(now["replyUrls"] == Json::array({"https://portal.example/signin"}));
}

TEST_CASE("a service principal has an application behind it, and is the only one of it") {
  Made fixture;
  const Answer unknown =
      fixture.send(http::HttpMethod::post, "/servicePrincipals", {{"appId", cloud_id}});
  CHECK(unknown.status == 400);
  CHECK(unknown.body["error"]["details"][0]["code"] == "NoBackingApplicationObject");
  CHECK(fixture.send(http::HttpMethod::post, "/servicePrincipals", Json::object()).status == 400);
  const std::string id = fixture.instantiate_app().body["id"];
  const Answer second = fixture.instantiate_app();
  CHECK(second.status == 409);
  CHECK(second.code() == "Request_MultipleObjectsWithSameKeyValue");
  CHECK(fixture.send(http::HttpMethod::del, "/servicePrincipals/" + id).status == 204);
  CHECK(fixture.instantiate_app().status == 201);
}

TEST_CASE("an upsert by appId makes the service principal once, and changes it from then on") {
  Made fixture;
  const std::string by_key = "/servicePrincipals(appId='" + fixture.app_id + "')";
  const Json body = {{"displayName", "My app instance"}};
  CHECK(fixture.send(http::HttpMethod::patch, by_key, body).status == 404);
  fixture.headers.set("Prefer", "create-if-missing");
  const Answer made = fixture.send(http::HttpMethod::patch, by_key, body);
  CHECK(made.status == 201);
  CHECK(made.body["appDisplayName"] == "Portal");
  CHECK(made.body["displayName"] == "My app instance");
  CHECK(fixture.send(http::HttpMethod::patch, by_key, {{"notes", "changed"}}).status == 204);
  CHECK(fixture.get(by_key).body["notes"] == "changed");
  CHECK(fixture.get("/servicePrincipals").body["value"].size() == 1);
}

TEST_CASE("a tenant takes Microsoft Graph, whose roles are what operations ask for") {
  TenantFixture fixture;
  const Answer made =
      fixture.send(http::HttpMethod::post, "/servicePrincipals", {{"appId", graph_app_id}});
  REQUIRE(made.status == 201);
  CHECK(made.body["displayName"] == "Microsoft Graph");
  CHECK(made.body["appOwnerOrganizationId"] != fixture.tenant.tenant_id());
  const Json& roles = made.body["appRoles"];
  for (const std::string_view name : all_grants()) {
    CAPTURE(name);
    const auto found = std::find_if(roles.begin(), roles.end(),
                                    [&](const Json& role) { return role["value"] == name; });
    CHECK(found != roles.end());
  }
}

TEST_CASE("Microsoft Graph is in the tenant as soon as somebody looks for it by appId") {
  const std::string by_key = std::string("/servicePrincipals(appId='") + graph_app_id + "')";
  const std::string eq = std::string("appId eq '") + graph_app_id + "'";
  const std::string in = "displayName eq 'x' or appId in ('" + std::string(graph_app_id) + "')";
  const auto by_filter = [](TenantFixture& fixture, const std::string& filter) {
    return fixture.filter("/servicePrincipals", filter).body["value"];
  };
  TenantOptions lagging;
  lagging.replication_delay = std::chrono::seconds{30};
  TenantFixture fixture(lagging);
  CHECK(by_filter(fixture, "displayName eq 'Microsoft Graph'").empty());
  CHECK(fixture.get("/servicePrincipals").body["value"].empty());
  const Json found = by_filter(fixture, eq);
  REQUIRE(found.size() == 1);
  CHECK(found[0]["displayName"] == "Microsoft Graph");
  CHECK(found[0]["createdByAppId"].is_null());
  CHECK(found[0]["appRoles"].size() >= all_grants().size());
  CHECK(fixture.get(by_key).body["id"] == found[0]["id"]);
  CHECK(by_filter(fixture, in) == found);
  CHECK(fixture.get("/servicePrincipals").body["value"] == found);
  CHECK(fixture.send(http::HttpMethod::post, "/servicePrincipals", {{"appId", graph_app_id}})
            .status == 409);

  TenantFixture by_id;
  CHECK(by_id.get(by_key).body["appRoles"] == found[0]["appRoles"]);
  CHECK(by_id.get(by_key + "/appRoleAssignedTo").body["value"].empty());
  TenantFixture listed;
  CHECK(by_filter(listed, in).size() == 1);
  CHECK(listed.get("/applications?$filter=appId%20eq%20'" + std::string(graph_app_id) + "'")
            .body["value"]
            .empty());
}

}  // namespace syncwright::emulator
