#include <string>
#include <vector>

#include "tenant_fixture.h"

namespace syncwright::emulator {

namespace {

const std::string audit_log = "/auditLogs/directoryAudits";
constexpr const char* robot = "71b0e5d2-3f64-4a18-9c07-2d8e6f5a1b93";

std::string token_of(TenantFixture& fixture, const std::string& form) {
  http::HttpRequest request;
  request.method = http::HttpMethod::post;
  request.url = "https://login.example/t/oauth2/v2.0/token";
  request.headers.set("Content-Type", "application/x-www-form-urlencoded");
  request.body = form;
  return TenantFixture::take(fixture.tenant.handle(request)).body["access_token"];
}

/// A robot makes an app and a job; an hour later Ada changes its mappings by hand.
struct AuditFixture : TenantFixture {
  AuditFixture() {
    const std::string own = token;
    token = token_of(
        *this, std::string("grant_type=client_credentials&client_secret=s&client_id=") + robot);
    app = started();
    assign(app, ada);
    act(app, "start");
    clock.advance(std::chrono::hours{1} - std::chrono::minutes{5});
    token = token_of(*this,
                     "grant_type=password&client_id=portal&password=p&"
                     "username=Ada%40fabrikam.example");
    Json schema = get(schema_path(app)).body;
    CHECK(send(http::HttpMethod::put, schema_path(app), schema).status == 204);
    CHECK(send(http::HttpMethod::patch, "/servicePrincipals/" + app.service_principal,
               {{"notes", "by hand"}})
              .status == 204);
    token = tenant.issue_token();
  }

  /// The activities, oldest first.
  std::string activities(const std::string& text = "") {
    const Answer answer = text.empty() ? get(audit_log) : filter(audit_log, text);
    CAPTURE(text);
    REQUIRE(answer.status == 200);
    std::string lines;
    for (const Json& entry : answer.body["value"]) {
      lines = entry["activityDisplayName"].get<std::string>() + "\n" + lines;
    }
    return lines;
  }

  App app;
};

}  // namespace

TEST_CASE("every edit is recorded, reads and refusals are not") {
  AuditFixture fixture;
  fixture.act(fixture.app, "validateCredentials", {{"useSavedCredentials", true}});
  fixture.send(http::HttpMethod::post, fixture.schema_path(fixture.app) + "/parseExpression",
               {{"expression", "[mail]"}});
  fixture.send(http::HttpMethod::patch, "/servicePrincipals/none", {{"notes", ""}});
  fixture.act(fixture.app, "pause");
  fixture.act(fixture.app, "restart");
  fixture.send(http::HttpMethod::del, fixture.schema_path(fixture.app));
  fixture.send(http::HttpMethod::del, TenantFixture::jobs(fixture.app) + "/" + fixture.job);
  fixture.send(http::HttpMethod::del, "/applications/" + fixture.app.application);
  CHECK(fixture.activities() ==
        "Add application\n"
        "Update provisioning setting or credentials\n"
        "Add provisioning configuration\n"
        "Add app role assignment to service principal\n"
        "Enable/start provisioning configuration\n"
        "Update attribute mappings or scope\n"
        "Update service principal\n"
        "Disable/pause provisioning configuration\n"
        "Enable/restart provisioning configuration\n"
        "Update attribute mappings or scope\n"
        "Delete provisioning configuration\n"
        "Delete application\n");
}

TEST_CASE("an entry says who did what to whom, and when") {
  AuditFixture fixture;
  Json entry =
      fixture.filter(audit_log, "activityDisplayName eq 'Update attribute mappings or scope'")
          .body["value"][0];
  CHECK(entry["id"].get<std::string>().starts_with("Sync_"));
  entry.erase("id");
  entry.erase("correlationId");
  CHECK(entry == Json{{"category", "ProvisioningManagement"},
                      {"result", "success"},
                      {"resultReason", ""},
                      {"activityDisplayName", "Update attribute mappings or scope"},
                      {"activityDateTime", "2026-01-01T00:55:00Z"},
                      {"loggedByService", "Account Provisioning"},
                      {"operationType", ""},
                      {"initiatedBy",
                       {{"app", nullptr},
                        {"user",
                         {{"id", ada},
                          {"displayName", "Ada Lind"},
                          {"userPrincipalName", "Ada@fabrikam.example"},
                          {"ipAddress", nullptr}}}}},
                      {"targetResources",
                       {{{"id", fixture.app.service_principal},
                         {"displayName", "CRM"},
                         {"type", "ServicePrincipal"},
                         {"modifiedProperties", Json::array()}}}},
                      {"additionalDetails", {{{"key", "JobId"}, {"value", fixture.job}}}}});
}

TEST_CASE("an application is named by its id, and a new one is found by either object") {
  AuditFixture fixture;
  for (const std::string& id : {fixture.app.application, fixture.app.service_principal}) {
    const Json found = fixture
                           .filter(audit_log,
                                   "activityDisplayName eq 'Add application' and "
                                   "targetResources/any(t:t/id eq '" +
                                       id + "')")
                           .body["value"];
    REQUIRE(found.size() == 1);
    CHECK(found[0]["initiatedBy"]["user"].is_null());
    CHECK(found[0]["initiatedBy"]["app"]["appId"] == robot);
    CHECK(found[0]["loggedByService"] == "Core Directory");
  }
}

TEST_CASE("a PATCH lists what it changed, with the value before") {
  AuditFixture fixture;
  const Json entry = fixture.filter(audit_log, "activityDisplayName eq 'Update service principal'")
                         .body["value"][0];
  CHECK(
      entry["targetResources"][0]["modifiedProperties"] ==
      Json::array({{{"displayName", "notes"}, {"oldValue", "null"}, {"newValue", "\"by hand\""}}}));
}

TEST_CASE("values of secrets stay out of the log") {
  AuditFixture fixture;
  fixture.put_secrets(fixture.app, {{"SecretToken", "hunter2"}});
  CHECK(fixture.get(audit_log).body.dump().find("hunter2") == std::string::npos);
}

TEST_CASE("the audit log is filtered as documented") {
  AuditFixture fixture;
  const std::string by_ada = "Update attribute mappings or scope\nUpdate service principal\n";
  CHECK(fixture.activities("initiatedBy/user/userPrincipalName eq 'Ada@fabrikam.example'") ==
        by_ada);
  CHECK(fixture.activities("activityDateTime ge 2026-01-01T00:30:00Z and activityDateTime le "
                           "2026-01-01T01:00:00Z") == by_ada);
  CHECK(fixture.activities("loggedByService eq 'Account Provisioning' and "
                           "startswith(activityDisplayName, 'Enable/')") ==
        "Enable/start provisioning configuration\n");
  CHECK(fixture.activities("targetResources/any(t:t/id eq 'none')").empty());
  CHECK(fixture.activities(std::string("initiatedBy/app/appId eq '") + robot +
                           "' and result eq 'success' and category eq 'ApplicationManagement'") ==
        "Add application\nAdd app role assignment to service principal\n");
  CHECK(fixture.filter(audit_log, "initiatedBy/app/appId ne 'x'").status == 400);
  CHECK(fixture.filter(audit_log, "targetResources/any(t:t/colour eq 'x')").status == 400);
}

TEST_CASE("one audit is read by its id") {
  TenantFixture fixture;
  fixture.instantiate();
  const Json entry = fixture.get(audit_log).body["value"][0];
  const Answer one = fixture.get(audit_log + "/" + entry["id"].get<std::string>());
  CHECK(one.body["@odata.context"] ==
        "https://graph.example/v1.0/$metadata#auditLogs/directoryAudits/$entity");
  Json body = one.body;
  body.erase("@odata.context");
  CHECK(body == entry);
  CHECK(fixture.get(audit_log + "/none").status == 404);
}

TEST_CASE("the audit log is sorted and paged") {
  AuditFixture fixture;
  const Answer page = fixture.get(audit_log + "?$orderby=activityDateTime%20desc&$top=1");
  REQUIRE(page.body["value"].size() == 1);
  CHECK(page.body["value"][0]["activityDateTime"] == "2026-01-01T00:55:00Z");
  std::string link = page.body["@odata.nextLink"];
  std::size_t pages = 1;
  while (!link.empty()) {
    const Answer next = fixture.get(link.substr(link.find("/v1.0") + 5));
    REQUIRE(next.status == 200);
    link = string_or(next.body, "@odata.nextLink");
    ++pages;
  }
  CHECK(pages == 7);
  CHECK(fixture.get(audit_log + "?$top=0").status == 400);
}

TEST_CASE("a whole second sorts before its parts") {
  AuditFixture fixture;
  fixture.clock.advance(std::chrono::milliseconds{500});
  fixture.act(fixture.app, "pause");
  const Answer entries = fixture.get(audit_log + "?$orderby=activityDateTime&$top=500");
  std::vector<std::string> times;
  for (const Json& entry : entries.body["value"]) times.push_back(entry["activityDateTime"]);
  REQUIRE(times.size() == 8);
  CHECK(times[6] == "2026-01-01T00:55:00Z");
  CHECK(times[7] == "2026-01-01T00:55:00.500Z");
}

TEST_CASE("the audit log lives on in the state and needs its permission") {
  AuditFixture fixture;
  const auto again = Tenant::restore(state_of(fixture.tenant), fabrikam(), fixture.clock, {});
  REQUIRE(again.has_value());
  http::HttpRequest request;
  request.url = "https://g/v1.0" + audit_log;
  request.headers.set("Authorization", "Bearer " + fixture.token);
  CHECK(TenantFixture::take((*again)->handle(request)).body["value"] ==
        fixture.get(audit_log).body["value"]);
  const auto now = std::chrono::floor<std::chrono::seconds>(fixture.clock.now());
  const Json claims = {{"aud", "https://graph.microsoft.com"},
                       {"exp", now.time_since_epoch().count() + 60},
                       {"roles", {"ProvisioningLog.Read.All"}}};
  fixture.token = base64url_encode("{}") + "." + base64url_encode(claims.dump()) + ".x";
  CHECK(fixture.get("/auditLogs/provisioning").status == 200);
  CHECK(fixture.get(audit_log).status == 403);
}

}  // namespace syncwright::emulator
