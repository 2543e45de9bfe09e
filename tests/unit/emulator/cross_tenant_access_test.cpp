#include "people_fixture.h"

/// policies/crossTenantAccessPolicy (docs/graph.md#5.12).
namespace syncwright::emulator {

namespace {

const std::string access_policy = "/policies/crossTenantAccessPolicy";
constexpr const char* partner_tenant = "3d0f5dec-5d3d-455c-8016-e2af1ae4d31a";
const std::string partner_path = access_policy + "/partners/" + partner_tenant;

Json without_context(Json body) {
  body.erase("@odata.context");
  return body;
}

}  // namespace

TEST_CASE("a partner is made, read, changed and deleted") {
  PeopleFixture fixture;
  const Json blocked = {{"usersAndGroups",
                         {{"accessType", "blocked"},
                          {"targets", {{{"target", "AllUsers"}, {"targetType", "user"}}}}}}};
  const Answer made =
      fixture.post(access_policy + "/partners",
                   {{"tenantId", partner_tenant}, {"b2bDirectConnectOutbound", blocked}});
  CHECK(made.status == 201);
  CHECK(made.headers.get("Location") == "https://graph.example/v1.0" + partner_path);
  Json expected = {
      {"tenantId", partner_tenant},
      {"automaticUserConsentSettings", {{"inboundAllowed", nullptr}, {"outboundAllowed", nullptr}}},
      {"b2bCollaborationInbound", nullptr},
      {"b2bCollaborationOutbound", nullptr},
      {"b2bDirectConnectInbound", nullptr},
      {"b2bDirectConnectOutbound", blocked},
      {"inboundTrust", nullptr},
      {"isInMultiTenantOrganization", false},
      {"isServiceProvider", nullptr}};
  CHECK(without_context(made.body) == expected);
  CHECK(fixture.post(access_policy + "/partners", {{"tenantId", partner_tenant}}).status == 409);
  CHECK(fixture.post(access_policy + "/partners", {{"inboundTrust", nullptr}}).status == 400);
  CHECK(fixture.patch(partner_path, {{"colour", "red"}}).status == 400);
  CHECK(fixture.patch(partner_path, {{"automaticUserConsentSettings", {{"inboundAllowed", true}}}})
            .status == 204);
  expected["automaticUserConsentSettings"]["inboundAllowed"] = true;
  CHECK(without_context(fixture.get(partner_path).body) == expected);
  CHECK(fixture.get(access_policy + "/partners").body["value"] == Json::array({expected}));
  CHECK(fixture.remove(partner_path).status == 204);
  CHECK(fixture.get(partner_path).status == 404);
  CHECK(fixture.remove(partner_path).status == 404);
}

TEST_CASE("a partner's people are let in, and the state remembers it") {
  PeopleFixture fixture;
  const std::string synchronization = partner_path + "/identitySynchronization";
  CHECK(fixture.get(synchronization).status == 404);
  CHECK(fixture.send(http::HttpMethod::put, synchronization, {{"displayName", "x"}}).status == 404);
  fixture.post(access_policy + "/partners", {{"tenantId", partner_tenant}});
  CHECK(fixture.get(synchronization).status == 404);
  CHECK(fixture.patch(synchronization, {{"displayName", "x"}}).status == 404);
  CHECK(fixture
            .send(http::HttpMethod::put, synchronization,
                  {{"displayName", "Fabrikam"}, {"userSyncInbound", {{"isSyncAllowed", true}}}})
            .status == 204);
  const Json kept = without_context(fixture.get(synchronization).body);
  CHECK(kept == Json{{"displayName", "Fabrikam"},
                     {"tenantId", partner_tenant},
                     {"userSyncInbound", {{"isSyncAllowed", true}}}});
  CHECK_FALSE(fixture.get(partner_path).body.contains("identitySynchronization"));
  auto restored = Tenant::restore(state_of(fixture.tenant), fabrikam(), fixture.clock, {});
  REQUIRE(restored.has_value());
  CHECK(state_of(**restored)["crossTenantAccess"] == state_of(fixture.tenant)["crossTenantAccess"]);
  CHECK(fixture.patch(synchronization, {{"userSyncInbound", {{"isSyncAllowed", false}}}}).status ==
        204);
  CHECK(fixture.get(synchronization).body["userSyncInbound"]["isSyncAllowed"] == false);
  CHECK(fixture.get(synchronization).body["displayName"] == "Fabrikam");
  CHECK(fixture.remove(synchronization).status == 204);
  CHECK(fixture.get(synchronization).status == 404);
}

TEST_CASE("the default is the service's until it is written, and again once it is reset") {
  PeopleFixture fixture;
  const std::string path = access_policy + "/default";
  const Json before = fixture.get(path).body;
  CHECK(before["isServiceDefault"] == true);
  CHECK(before["b2bDirectConnectInbound"]["usersAndGroups"]["accessType"] == "blocked");
  CHECK(fixture.patch(path, {{"inboundTrust", {{"isMfaAccepted", true}}}}).status == 204);
  const Json after_patch = fixture.get(path).body;
  CHECK(after_patch["isServiceDefault"] == false);
  CHECK(after_patch["inboundTrust"]["isMfaAccepted"] == true);
  CHECK(after_patch["inboundTrust"]["isCompliantDeviceAccepted"] == false);
  CHECK(fixture.patch(path, {{"isServiceProvider", true}}).status == 400);
  CHECK(fixture.post(path + "/resetToSystemDefault", Json()).status == 204);
  CHECK(fixture.get(path).body == before);
}

TEST_CASE("the policy itself has a name and clouds, and its own permissions") {
  PeopleFixture fixture;
  CHECK(fixture.get(access_policy).body["displayName"] == "CrossTenantAccessPolicy");
  CHECK(fixture.patch(access_policy, {{"allowedCloudEndpoints", {"microsoftonline.us"}}}).status ==
        204);
  CHECK(fixture.get(access_policy).body["allowedCloudEndpoints"] ==
        Json::array({"microsoftonline.us"}));
  fixture.token = token_with_roles(fixture, Json::array({"User.Read.All"}));
  CHECK(fixture.get(access_policy).status == 403);
}

}  // namespace syncwright::emulator
