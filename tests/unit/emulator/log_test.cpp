#include <cctype>

#include "tenant_fixture.h"

namespace syncwright::emulator {

namespace {

const std::string provisioning_log = "/auditLogs/provisioning";

/// Two users provisioned at midnight, one failure forty minutes later.
App logged(TenantFixture& fixture) {
  const App app = fixture.started();
  fixture.assign(app, ada);
  fixture.assign(app, dan);
  fixture.act(app, "start");
  fixture.status(app);
  fixture.assign(app, cyn);
  fixture.clock.advance(cycle_interval);
  fixture.status(app);
  return app;
}

std::size_t entries_found(TenantFixture& fixture, const std::string& filter) {
  const Answer answer = fixture.filter(provisioning_log, filter);
  REQUIRE(answer.status == 200);
  return answer.body["value"].size();
}

}  // namespace

TEST_CASE("an entry says what was done to whom, where and how") {
  TenantFixture fixture;
  const App app = logged(fixture);
  Json entry =
      fixture.filter(provisioning_log, "sourceIdentity/displayName eq 'Dan Roe'").body["value"][0];
  for (const char* random : {"id", "changeId", "cycleId"}) entry.erase(random);
  CHECK(entry["activityDateTime"] == "2026-01-01T00:00:00Z");
  CHECK(entry["jobId"] == fixture.job);
  CHECK(entry["tenantId"] == fixture.tenant.tenant_id());
  CHECK(entry["servicePrincipal"] == Json{{"id", app.service_principal}, {"displayName", "CRM"}});
  CHECK(entry["sourceSystem"]["displayName"] == "Azure Active Directory");
  CHECK(entry["targetSystem"]["displayName"] == "crm");
  CHECK(entry["targetSystem"]["details"]["ApplicationId"] == app.app_id);
  CHECK(entry["initiatedBy"]["initiatorType"] == "system");
  CHECK(entry["sourceIdentity"] == Json{{"id", dan},
                                        {"displayName", "Dan Roe"},
                                        {"identityType", "User"},
                                        {"details", Json::object()}});
  CHECK(entry["targetIdentity"]["displayName"] == "dan@fabrikam.example");
  CHECK(entry["targetIdentity"]["identityType"] == "Person");
  CHECK(entry["provisioningStatusInfo"] ==
        Json{{"status", "success"}, {"errorInformation", nullptr}});
  std::string steps;
  for (const Json& step : entry["provisioningSteps"])
    steps += step["name"].get<std::string>() + " ";
  CHECK(steps ==
        "EntryImportAdd EntrySynchronizationScoping EntrySynchronizationAdd "
        "EntrySynchronizationMapping EntryExportAdd ");
  CHECK_FALSE(entry.contains("action"));
}

TEST_CASE("the log is filtered, newest first, and paged") {
  TenantFixture fixture;
  const App app = logged(fixture);
  CHECK(entries_found(fixture, "jobId eq '" + fixture.job + "' and servicePrincipal/id eq '" +
                                   app.service_principal + "'") == 3);
  CHECK(entries_found(fixture, "jobid eq 'none'") == 0);
  CHECK(entries_found(fixture, "provisioningStatusInfo/status eq 'failure'") == 1);
  CHECK(entries_found(fixture, "activityDateTime gt 2026-01-01T00:10:00Z") == 1);
  CHECK(entries_found(
            fixture,
            "activityDateTime ge 2026-01-01T00:00:00Z and provisioningAction eq 'create'") == 3);
  CHECK(entries_found(fixture, "provisioningAction eq 'CREATE'") == 0);
  CHECK(fixture.filter(provisioning_log, "colour eq 'x'").status == 400);
  const Answer page = fixture.get(provisioning_log + "?$orderby=activityDateTime%20desc&$top=1");
  REQUIRE(page.body["value"].size() == 1);
  CHECK(page.body["value"][0]["sourceIdentity"]["displayName"] == "Cyn Moe");
  CHECK(page.body["@odata.nextLink"].get<std::string>().find("$skiptoken=") != std::string::npos);
  const Answer oldest = fixture.get(provisioning_log + "?$orderby=activityDateTime&$top=1");
  CHECK(oldest.body["value"][0]["activityDateTime"] == "2026-01-01T00:00:00Z");
  CHECK(fixture.get(provisioning_log + "?$orderby=jobId").status == 400);
}

TEST_CASE("the log is filtered as Entra's pages spell it") {
  TenantFixture fixture;
  const App app = logged(fixture);
  std::string principal = app.service_principal;
  for (char& letter : principal) letter = static_cast<char>(std::toupper(letter));
  CHECK(entries_found(fixture, "contains(tolower(servicePrincipal/id),'" +
                                   app.service_principal.substr(3, 20) + "')") == 3);
  CHECK(entries_found(fixture, "contains(servicePrincipal/id,'" + principal + "')") == 0);
  CHECK(entries_found(fixture, "servicePrincipal/id eq tolower('" + principal + "')") == 3);
  for (const std::string version : {"", "/beta"}) {
    for (const std::string status : {"statusInfo/status", "provisioningStatusInfo/status"}) {
      const Answer failed = fixture.filter(
          version + provisioning_log, status + " eq 'failure' and jobId eq '" + fixture.job + "'");
      CAPTURE(version);
      CAPTURE(status);
      REQUIRE(failed.body["value"].size() == 1);
      CHECK(failed.body["value"][0]["provisioningStatusInfo"]["status"] == "failure");
    }
  }
}

TEST_CASE("beta keeps the older names beside") {
  TenantFixture fixture;
  logged(fixture);
  const Json entries = fixture.get("/beta" + provisioning_log).body["value"];
  CHECK(entries[0]["action"] == "Create");
  CHECK(entries[0]["statusInfo"]["@odata.type"] == "#microsoft.graph.statusDetails");
  CHECK(entries[0]["statusInfo"]["errorCode"] == "CrmEntryConflict");
  CHECK(entries[1]["statusInfo"] ==
        Json{{"@odata.type", "#microsoft.graph.statusBase"}, {"status", "success"}});
}

}  // namespace syncwright::emulator
