#include <string>

#include "tenant_fixture.h"

namespace syncwright::emulator {

namespace {

constexpr const char* by_name = "/applications(uniqueName='app-65278')";
constexpr const char* role_id = "aaaaaaaa-2222-4333-8444-555555555555";

Answer create(TenantFixture& fixture, const Json& body) {
  return fixture.send(http::HttpMethod::post, "/applications", body);
}

Answer patch(TenantFixture& fixture, const std::string& path, const Json& body) {
  return fixture.send(http::HttpMethod::patch, path, body);
}

Json role(const char* id, bool is_enabled) {
  return {{"id", id},
          {"allowedMemberTypes", {"User"}},
          {"displayName", "Reader"},
          {"isEnabled", is_enabled}};
}

}  // namespace

TEST_CASE("an application made of a name has every documented member at its default") {
  TenantFixture fixture;
  const Answer made = create(fixture, {{"displayName", "Display name"}});
  REQUIRE(made.status == 201);
  const std::string id = made.body["id"];
  const Json none = Json::array();
  const Json expected = {
      {"@odata.context", "https://graph.example/v1.0/$metadata#applications/$entity"},
      {"id", id},
      {"addIns", none},
      {"api",
       {{"acceptMappedClaims", nullptr},
        {"knownClientApplications", none},
        {"oauth2PermissionScopes", none},
        {"preAuthorizedApplications", none},
        {"requestedAccessTokenVersion", nullptr}}},
      {"appId", made.body["appId"]},
      {"appRoles", none},
      {"applicationTemplateId", nullptr},
      {"certification", nullptr},
      {"createdByAppId", made.body["createdByAppId"]},
      {"createdDateTime", "2026-01-01T00:00:00Z"},
      {"defaultRedirectUri", nullptr},
      {"deletedDateTime", nullptr},
      {"description", nullptr},
      {"disabledByMicrosoftStatus", nullptr},
      {"displayName", "Display name"},
      {"groupMembershipClaims", nullptr},
      {"identifierUris", none},
      {"info",
       {{"logoUrl", nullptr},
        {"marketingUrl", nullptr},
        {"privacyStatementUrl", nullptr},
        {"supportUrl", nullptr},
        {"termsOfServiceUrl", nullptr}}},
      {"isDeviceOnlyAuthSupported", nullptr},
      {"isDisabled", nullptr},
      {"isFallbackPublicClient", nullptr},
      {"keyCredentials", none},
      {"nativeAuthenticationApisEnabled", nullptr},
      {"notes", nullptr},
      {"optionalClaims", nullptr},
      {"parentalControlSettings",
       {{"countriesBlockedForMinors", none}, {"legalAgeGroupRule", "Allow"}}},
      {"passwordCredentials", none},
      {"publicClient", {{"redirectUris", none}}},
      {"publisherDomain", "fabrikam.example"},
      {"requestSignatureVerification", nullptr},
      {"requiredResourceAccess", none},
      {"samlMetadataUrl", nullptr},
      {"serviceManagementReference", nullptr},
      {"servicePrincipalLockConfiguration", nullptr},
      {"signInAudience", "AzureADMyOrg"},
      {"spa", {{"redirectUris", none}}},
      {"tags", none},
      {"tokenEncryptionKeyId", nullptr},
      {"uniqueName", nullptr},
      {"verifiedPublisher",
       {{"addedDateTime", nullptr}, {"displayName", nullptr}, {"verifiedPublisherId", nullptr}}},
      {"web",
       {{"homePageUrl", nullptr},
        {"logoutUrl", nullptr},
        {"redirectUris", none},
        {"redirectUriSettings", none},
        {"implicitGrantSettings",
         {{"enableAccessTokenIssuance", false}, {"enableIdTokenIssuance", false}}}}}};
  CHECK(made.body == expected);
  CHECK(made.headers.get("Location") == "https://graph.example/v1.0/applications/" + id);
  CHECK(fixture.get("/applications/" + id).body == expected);
  CHECK(fixture.get("/servicePrincipals").body["value"].empty());
}

TEST_CASE("an application that says too little, or what it may not, is not made") {
  TenantFixture fixture;
  for (const Json& body :
       {Json::object(), Json{{"displayName", nullptr}}, Json{{"displayName", ""}},
        Json{{"displayName", "x"}, {"appId", role_id}},
        Json{{"displayName", "x"}, {"colour", "red"}},
        Json{{"displayName", "x"}, {"signInAudience", "Everybody"}},
        Json{{"displayName", "x"}, {"tokenEncryptionKeyId", "no guid"}},
        Json{{"displayName", "x"}, {"passwordCredentials", Json::array()}}}) {
    CAPTURE(body.dump());
    CHECK(create(fixture, body).code() == "Request_BadRequest");
  }
  CHECK(fixture.get("/applications").body["value"].empty());
}

TEST_CASE("roles and scopes have ids of their own, and are disabled before they go") {
  TenantFixture fixture;
  CHECK(create(fixture, {{"displayName", "x"}, {"appRoles", {role("reader", true)}}}).status ==
        400);
  const Json twice = Json::array({role(role_id, true), role(role_id, true)});
  CHECK(create(fixture, {{"displayName", "x"}, {"appRoles", twice}}).status == 400);
  const Answer made =
      create(fixture, {{"displayName", "x"}, {"appRoles", Json::array({role(role_id, true)})}});
  REQUIRE(made.status == 201);
  CHECK(made.body["appRoles"][0]["origin"] == "Application");
  CHECK(made.body["appRoles"][0]["value"].is_null());
  const std::string path = "/applications/" + made.body["id"].get<std::string>();
  const Json nothing = {{"appRoles", Json::array()}};
  CHECK(patch(fixture, path, nothing).code() == "CannotDeleteOrUpdateEnabledEntitlement");
  CHECK(patch(fixture, path, {{"appRoles", Json::array({role(role_id, false)})}}).status == 204);
  CHECK(patch(fixture, path, nothing).status == 204);
  const Json scope = {{"id", role_id}, {"value", "read"}};
  CHECK(
      patch(fixture, path, {{"api", {{"oauth2PermissionScopes", Json::array({scope})}}}}).status ==
      204);
  CHECK(patch(fixture, path, {{"api", {{"oauth2PermissionScopes", Json::array()}}}}).code() ==
        "CannotDeleteOrUpdateEnabledEntitlement");
}

TEST_CASE("an upsert by uniqueName makes the application once, and changes it from then on") {
  TenantFixture fixture;
  CHECK(patch(fixture, by_name, {{"displayName", "First"}}).status == 404);
  fixture.headers.set("Prefer", "create-if-missing");
  CHECK(patch(fixture, by_name, {{"notes", "no name"}}).status == 400);
  CHECK(patch(fixture, by_name, {{"displayName", "x"}, {"uniqueName", "other"}}).status == 400);
  const Answer made = patch(fixture, by_name, {{"displayName", "First"}});
  REQUIRE(made.status == 201);
  CHECK(made.body["uniqueName"] == "app-65278");
  CHECK(patch(fixture, by_name, {{"displayName", "Second"}}).status == 204);
  CHECK(fixture.get(by_name).body["displayName"] == "Second");
  CHECK(fixture.get("/applications").body["value"].size() == 1);
  CHECK(patch(fixture, "/applications(appId='none')", {{"displayName", "x"}}).status == 404);
  const Json audits = fixture.get("/auditLogs/directoryAudits").body["value"];
  REQUIRE(audits.size() == 2);
  for (const Json& audit : audits) CHECK(audit["targetResources"][0]["id"] == made.body["id"]);
}

TEST_CASE("an upsert does not take a name that a deleted application still holds") {
  TenantFixture fixture;
  fixture.headers.set("Prefer", "create-if-missing");
  const Answer made = patch(fixture, by_name, {{"displayName", "First"}});
  const std::string id = made.body["id"];
  CHECK(fixture.send(http::HttpMethod::del, "/applications/" + id).status == 204);
  CHECK(patch(fixture, by_name, {{"displayName", "Second"}}).status == 409);
  const std::string restore = "/directory/deletedItems/" + id + "/restore";
  CHECK(fixture.send(http::HttpMethod::post, restore).status == 200);
  Json restored = fixture.get(by_name).body;
  CHECK(restored == fixture.get("/applications/" + id).body);
  restored.erase("@odata.context");
  Json before = made.body;
  before.erase("@odata.context");
  CHECK(restored == before);
}

TEST_CASE("a deleted application is 404 with a body, by id and by key") {
  TenantFixture fixture;
  const std::string id = create(fixture, {{"displayName", "x"}}).body["id"];
  const std::string path = "/applications/" + id;
  CHECK(fixture.send(http::HttpMethod::del, path).status == 204);
  for (int read = 0; read < 5; ++read) {
    CHECK(fixture.get(path).status == 404);
    CHECK(fixture.get(path).code() == "Request_ResourceNotFound");
  }
}

}  // namespace syncwright::emulator
