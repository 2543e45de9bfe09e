#include <string>

#include "cycle_fixture.h"

namespace syncwright::emulator {

namespace {

constexpr const char* rule = "90000000-0000-4000-8000-000000000009";

Json subject(const char* id, const char* type = "User") {
  return {{"objectId", id}, {"objectTypeName", type}};
}

Json body(const Json& one_subject, const char* rule_id = rule) {
  return {{"parameters", {{{"ruleId", rule_id}, {"subjects", {one_subject}}}}}};
}

struct DemandFixture : CycleFixture {
  using CycleFixture::CycleFixture;

  Answer demand(const Json& request) { return act(app, "provisionOnDemand", request); }
  /// The documents in the answer's strings.
  static Json key(const Answer& answer) { return document(answer, "key"); }
  static Json value(const Answer& answer) { return document(answer, "value"); }

 private:
  static Json document(const Answer& answer, const char* name) {
    CAPTURE(answer.message());
    REQUIRE(answer.status == 200);
    return Json::parse(answer.body[name].get<std::string>());
  }
};

/// "Import Success, Scoping Success, ..."
std::string outline(const Json& steps) {
  std::string text;
  for (const Json& step : steps) {
    text += (text.empty() ? "" : ", ") + step["type"].get<std::string>() + " " +
            step["status"].get<std::string>();
  }
  return text;
}

}  // namespace

TEST_CASE("provisioning on demand writes the account at once, on a paused job") {
  DemandFixture fixture;
  fixture.assign(fixture.app, ada);
  const Answer answer = fixture.demand(body(subject(ada)));
  CHECK(DemandFixture::key(answer) == Json{{"result", "Success"}, {"details", Json::object()}});
  CHECK(answer.body["@odata.context"] ==
        "https://graph.example/v1.0/$metadata#microsoft.graph.stringKeyStringValuePair");
  const Json value = DemandFixture::value(answer);
  CHECK(outline(value["provisioningSteps"]) ==
        "Import Success, Scoping Success, Matching Success, Processing Success, Export Success");
  CHECK(value["provisioningSteps"][0] == Json{{"name", "EntryImportAdd"},
                                              {"type", "Import"},
                                              {"status", "Success"},
                                              {"description", "read Ada Lind"},
                                              {"timestamp", "2026-01-01T00:00:00Z"},
                                              {"details", Json::object()}});
  CHECK(value["provisioningSteps"][3]["details"]["Lines"][0] ==
        "active <- Not([IsSoftDeleted]): 'True' (flowed)");
  CHECK(value["modifiedProperties"] ==
        Json::array(
            {{{"displayName", "active"}, {"oldValue", nullptr}, {"newValue", "True"}},
             {{"displayName", "displayName"}, {"oldValue", nullptr}, {"newValue", "Ada Lind"}},
             {{"displayName", "login"}, {"oldValue", nullptr}, {"newValue", "ada"}},
             {{"displayName", "origin"}, {"oldValue", nullptr}, {"newValue", "entra"}},
             {{"displayName", "phone"}, {"oldValue", nullptr}, {"newValue", "+00 555 0101"}},
             {{"displayName", "userName"},
              {"oldValue", nullptr},
              {"newValue", "ada@fabrikam.example"}}}));
  CHECK(fixture.log() == "create success Ada Lind\n");
  CHECK(fixture.status(fixture.app)["code"] == "Paused");
  fixture.start();
  CHECK(fixture.status(fixture.app)["lastExecution"]["countExports"] == 0);
}

TEST_CASE("the answer is a whole provisioning object") {
  DemandFixture fixture;
  fixture.assign(fixture.app, ada);
  const Json created = DemandFixture::value(fixture.demand(body(subject(ada))));
  CHECK(created["action"] == "Create");
  CHECK(created["statusInfo"]["status"] == "Success");

  const Answer answer = fixture.demand(body(subject(ada, "user")));
  CHECK(DemandFixture::key(answer) ==
        Json{{"result", "Skipped"},
             {"details",
              {{"errorCode", "RedundantExport"},
               {"errorMessage", "nothing is written: nothing changed"}}}});
  Json again = DemandFixture::value(answer);
  CHECK(again["changeId"] != created["changeId"]);
  CHECK(again["changeId"].get<std::string>().size() == 36);
  CHECK(again["cycleId"].get<std::string>().size() == 36);
  CHECK(outline(again["provisioningSteps"]) ==
        "Import Success, Scoping Success, Matching Success, Processing Success, Export Skipped");
  CHECK(again["provisioningSteps"].back()["name"] == "EntrySynchronizationSkip");
  CHECK(again["provisioningSteps"].back()["details"]["SkipReason"] == "RedundantExport");
  for (const char* checked : {"changeId", "cycleId", "provisioningSteps"}) again.erase(checked);
  const std::string service_principal = fixture.app.service_principal;
  CHECK(again ==
        Json{{"action", "Other"},
             {"startTime", "2026-01-01T00:00:00Z"},
             {"endTime", "2026-01-01T00:00:00.120Z"},
             {"durationInMilliseconds", 120},
             {"jobId", fixture.job},
             {"reportableIdentifier", "ada@fabrikam.example"},
             {"statusInfo",
              {{"status", "Skipped"},
               {"errorCode", nullptr},
               {"reason", nullptr},
               {"additionalDetails", nullptr},
               {"errorCategory", nullptr},
               {"recommendedAction", nullptr}}},
             {"sourceIdentity",
              {{"id", ada}, {"type", "User"}, {"displayName", "Ada Lind"}, {"details", nullptr}}},
             {"sourceSystem",
              {{"id", "66e4a8cc-1b7b-435e-95f8-f06cea133828"},
               {"name", "Azure Active Directory"},
               {"details", nullptr}}},
             {"targetIdentity",
              {{"id", "5001"},
               {"type", "Person"},
               {"displayName", "ada@fabrikam.example"},
               {"details", nullptr}}},
             {"targetSystem",
              {{"id", "80000000-0000-4000-8000-000000000008"},
               {"name", "crm"},
               {"details",
                {{"ApplicationId", fixture.app.app_id},
                 {"ServicePrincipalId", service_principal},
                 {"ServicePrincipalDisplayName", "CRM"}}}}},
             {"servicePrincipal", {{"id", service_principal}, {"displayName", "CRM"}}},
             {"initiatedBy",
              {{"id", ""},
               {"displayName", "Azure AD Provisioning Service"},
               {"initiatorType", "system"}}},
             {"modifiedProperties", Json::array()}});
}

TEST_CASE("who is out of scope is skipped and says why") {
  DemandFixture fixture;
  const Answer unassigned = fixture.demand(body(subject(dan)));
  CHECK(DemandFixture::key(unassigned)["details"]["errorCode"] == "NotEffectivelyEntitled");
  CHECK(outline(DemandFixture::value(unassigned)["provisioningSteps"]) ==
        "Import Success, Scoping Skipped, Export Skipped");
  fixture.assign(fixture.app, "b0000000-0000-4000-8000-000000000002");
  CHECK(DemandFixture::key(fixture.demand(body(subject(
            "b0000000-0000-4000-8000-000000000002"))))["details"]["errorCode"] == "NotActive");
}

TEST_CASE("who left the scope is disabled on demand") {
  DemandFixture fixture;
  const std::string id = fixture.assign(fixture.app, ada).body["id"];
  fixture.demand(body(subject(ada)));
  fixture.send(http::HttpMethod::del,
               "/servicePrincipals/" + fixture.app.service_principal + "/appRoleAssignedTo/" + id);
  const Answer answer = fixture.demand(body(subject(ada)));
  CHECK(DemandFixture::key(answer)["result"] == "Success");
  CHECK(DemandFixture::value(answer)["modifiedProperties"] ==
        Json::array({{{"displayName", "active"}, {"oldValue", "True"}, {"newValue", "False"}}}));
  CHECK(fixture.log() == "create success Ada Lind\ndisable success Ada Lind\n");
}

TEST_CASE("failures come inside the 200 and escrow the object") {
  DemandFixture fixture;
  fixture.assign(fixture.app, cyn);
  const Answer refused = fixture.demand(body(subject(cyn)));
  CHECK(DemandFixture::key(refused)["result"] == "Failure");
  CHECK(DemandFixture::key(refused)["details"] ==
        Json{{"errorCode", "CrmEntryConflict"}, {"errorMessage", "The login is in use."}});
  const Json value = DemandFixture::value(refused);
  CHECK(value["provisioningSteps"].back()["status"] == "Failure");
  CHECK(value["action"] == "Create");
  CHECK(value["statusInfo"] == Json{{"status", "Failure"},
                                    {"errorCode", "CrmEntryConflict"},
                                    {"reason", "The login is in use."},
                                    {"additionalDetails", nullptr},
                                    {"errorCategory", "nonServiceFailure"},
                                    {"recommendedAction", nullptr}});
  CHECK(value["targetIdentity"]["id"].is_null());

  fixture.map_person("office", R"(CDate("never"))");
  fixture.assign(fixture.app, ada);
  const Json failed = DemandFixture::key(fixture.demand(body(subject(ada))));
  CHECK(failed["details"]["errorCode"] == "ExpressionEvaluationFailed");
  CHECK(failed["details"]["errorMessage"].get<std::string>().starts_with("CDate"));

  fixture.put_secrets(fixture.app, {{"SecretToken", "invalid"}});
  const Answer closed = fixture.demand(body(subject(ada)));
  const Json locked_out = DemandFixture::key(closed);
  CHECK(DemandFixture::value(closed) == Json::object());
  CHECK(locked_out["details"]["errorCode"] ==
        "SystemForCrossDomainIdentityManagementInvalidCredentials");
  CHECK(fixture.log() == "create failure Cyn Moe\ncreate failure Ada Lind\n");
}

TEST_CASE("a group brings the members that were asked for") {
  DemandFixture fixture;
  fixture.assign(fixture.app, sales);
  fixture.demand(body(subject(ada)));
  fixture.demand(body(subject(dan)));
  Json group = subject(sales, "Group");
  group["links"] = {{"members", {subject(ada)}}};
  fixture.demand(body(group));
  CHECK(fixture.written("Sales") == Json{{"name", "Sales"}, {"people", "5001"}});
  group["links"]["members"] = {subject(dan)};
  fixture.demand(body(group));
  CHECK(fixture.written("Sales", "update") == Json{{"people", "5001, 5002"}});

  fixture.clock.advance(std::chrono::seconds{10});
  group["links"]["members"] = {subject(cyn)};
  CHECK(fixture.demand(body(group)).status == 400);
  group["links"]["members"] = Json::array();
  for (int count = 0; count < 6; ++count) group["links"]["members"].push_back(subject(ada));
  CHECK(fixture.demand(body(group)).status == 400);
}

TEST_CASE("a request that names no rule or no subject is refused") {
  DemandFixture fixture;
  const auto refused = [&](const Json& request) {
    fixture.clock.advance(std::chrono::seconds{3});
    const Answer answer = fixture.demand(request);
    CAPTURE(request.dump());
    CHECK(answer.status == 400);
    CHECK(answer.code() == "UnknownError");
  };
  refused(Json::object());
  refused({{"parameters", Json::array()}});
  refused(body(subject(ada), "no rule"));
  refused(body(subject(ada, "Contact")));
  refused(body(subject("nobody")));
  refused(body({{"objectTypeName", "User"}}));
  refused({{"parameters", {{{"ruleId", rule}, {"subjects", {subject(ada), subject(dan)}}}}}});
  CHECK(fixture
            .send(http::HttpMethod::post,
                  TenantFixture::jobs(fixture.app) + "/none/provisionOnDemand", body(subject(ada)))
            .status == 404);
  CHECK(fixture.log().empty());
}

TEST_CASE("a rule that reads another directory is known, but finds nothing there") {
  DemandFixture fixture;
  Json schema = fixture.get(fixture.schema_path(fixture.app)).body;
  schema["directories"].push_back(
      {{"id", "a1000000-0000-4000-8000-00000000000a"},
       {"name", "Active Directory"},
       {"objects",
        {{{"name", "user"},
          {"attributes", {{{"name", "mail"}, {"type", "String"}, {"anchor", true}}}}}}}});
  schema["synchronizationRules"].push_back(
      {{"id", "from-ad"},
       {"name", "FROM_AD"},
       {"sourceDirectoryName", "Active Directory"},
       {"targetDirectoryName", "crm"},
       {"objectMappings",
        {{{"sourceObjectName", "user"},
          {"targetObjectName", "Person"},
          {"attributeMappings",
           {{{"targetAttributeName", "userName"},
             {"matchingPriority", 1},
             {"source", {{"name", "mail"}, {"type", "Attribute"}}}}}}}}}});
  const Answer put = fixture.send(http::HttpMethod::put, fixture.schema_path(fixture.app), schema);
  CAPTURE(put.message());
  REQUIRE(put.status == 204);
  const auto said = [&](const Json& request) {
    const Answer answer = fixture.demand(request);
    CHECK(answer.status == 400);
    return Json::parse(answer.message())["error"]["message"].get<std::string>();
  };
  CHECK(said(body(subject("CN=Ada,DC=contoso", "user"), "from-ad")) ==
        "The user 'CN=Ada,DC=contoso' does not exist in Active Directory.");
  CHECK(said(body(subject("CN=Ada,DC=contoso", "group"), "from-ad")) ==
        "The rule has no enabled object mapping of 'group'.");
  CHECK(said(body(subject(ada), "no rule")) == "The synchronization rule 'no rule' is not known.");
}

TEST_CASE("more than five requests in ten seconds are throttled") {
  DemandFixture fixture;
  fixture.assign(fixture.app, ada);
  for (int count = 0; count < 5; ++count) {
    CHECK(fixture.demand(body(subject(ada))).status == 200);
    fixture.clock.advance(std::chrono::seconds{1});
  }
  const Answer throttled = fixture.demand(body(subject(ada)));
  CHECK(throttled.status == 429);
  CHECK(throttled.code() == "TooManyRequests");
  CHECK(throttled.headers.get("Retry-After") == "5");
  fixture.clock.advance(std::chrono::seconds{5});
  CHECK(fixture.demand(body(subject(ada))).status == 200);
}

}  // namespace syncwright::emulator
