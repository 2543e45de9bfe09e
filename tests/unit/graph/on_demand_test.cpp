#include "syncwright/graph_write/on_demand.h"

#include <doctest/doctest.h>

#include "fake_graph.h"
#include "syncwright/core/text.h"
#include "syncwright/graph_read/graph_reader.h"
#include "syncwright/graph_write/on_demand_rule.h"

using namespace syncwright;
using namespace syncwright::graph_read;

namespace {

Json answer(const Json& key, const Json& value) {
  return {{"@odata.context", "$metadata#stringKeyStringValuePair"}, {"key", key}, {"value", value}};
}

const Json steps = {
    {{"name", "EntryImport"},
     {"type", "Import"},
     {"status", "Success"},
     {"description", "Retrieved user ada"},
     {"timestamp", "2026-11-22T10:00:00Z"},
     {"details", {{"objectId", "u1"}, {"department", nullptr}, {"rows", {"one", "two"}}}}},
    {{"name", "EntryExportAdd"},
     {"type", "Export"},
     {"status", "Failure"},
     {"description", "The user could not\nbe created"}}};
/// A job that reads Active Directory, and one that reads Entra ID under its older name.
schema::SynchronizationSchema two_sources() {
  auto schema = schema::SynchronizationSchema::decode(R"({
    "synchronizationRules": [
      {"id": "r1", "name": "FromAd", "sourceDirectoryName": "Active Directory",
       "targetDirectoryName": "Azure Active Directory", "objectMappings": [
        {"sourceObjectName": "user", "targetObjectName": "User", "attributeMappings": []},
        {"sourceObjectName": "inetOrgPerson", "targetObjectName": "User", "attributeMappings": []},
        {"sourceObjectName": "", "targetObjectName": "Change", "attributeMappings": []}]},
      {"id": "r2", "name": "Groups", "sourceDirectoryName": "Active Directory",
       "targetDirectoryName": "Azure Active Directory", "objectMappings": [
        {"sourceObjectName": "group", "targetObjectName": "Group", "attributeMappings": []},
        {"sourceObjectName": "inetOrgPerson", "targetObjectName": "User", "attributeMappings": []}]},
      {"id": "r3", "sourceDirectoryName": "Azure Active Directory",
       "targetDirectoryName": "Active Directory", "objectMappings": [
        {"sourceObjectName": "Group", "targetObjectName": "group", "attributeMappings": []}]}],
    "directories": [
      {"id": "d1", "name": "Active Directory", "objects": []},
      {"id": "66E4A8CC-1B7B-435E-95F8-F06CEA133828", "name": "Azure Active Directory", "objects": []}]})");
  REQUIRE(schema);
  return *schema;
}

std::string refusal_of(const std::string& object, const std::string& rule = "") {
  const auto chosen = graph_write::choose_on_demand_rule(two_sources(), object, rule);
  REQUIRE_FALSE(chosen);
  CHECK(chosen.error().kind == ErrorKind::invalid_input);
  return chosen.error().message + "\n" + chosen.error().advice;
}

const Json changes = {{{"displayName", "userName"}, {"oldValue", nullptr}, {"newValue", "ada"}}};

}  // namespace

TEST_CASE("one subject is sent under the rule's id, a group with its members") {
  FakeConnection fake(always(200, canonical_json(answer(R"({"result":"Success"})", "{}"))));
  const auto user = graph_write::provision_on_demand(fake.connection, "sp", "job/1", "rule",
                                                     {"u1", "User", {}}, {});
  REQUIRE(user);
  CHECK(user->result == "success");
  CHECK(user->written.request_id == "req-1");
  CHECK(fake.graph.lines().back() ==
        "POST /servicePrincipals/sp/synchronization/jobs/job%2F1/provisionOnDemand");
  CHECK(
      fake.graph.requests().back().body ==
      R"({"parameters":[{"ruleId":"rule","subjects":[{"objectId":"u1","objectTypeName":"User"}]}]})");
  CHECK(fake.graph.requests().back().repeatable == http::Repeatable::when_throttled);
  CHECK(graph_write::provision_on_demand(fake.connection, "sp", "j", "r",
                                         {"g1", "Group", {"u1", "u2"}}, {}));
  CHECK(parse_json(fake.graph.requests().back().body)->at("parameters")[0]["subjects"][0] ==
        Json{{"objectId", "g1"},
             {"objectTypeName", "Group"},
             {"links",
              {{"members",
                {{{"objectId", "u1"}, {"objectTypeName", "User"}},
                 {{"objectId", "u2"}, {"objectTypeName", "User"}}}}}}});
}

TEST_CASE("members have the name that the schema gives people") {
  FakeConnection fake(always(200, canonical_json(answer(R"({"result":"Success"})", "{}"))));
  CHECK(graph_write::provision_on_demand(
      fake.connection, "sp", "j", "r",
      {"CN=All,DC=contoso", "group", {"CN=Ada,DC=contoso"}, "user"}, {}));
  CHECK(parse_json(fake.graph.requests().back().body)->at("parameters")[0]["subjects"][0] ==
        Json{{"objectId", "CN=All,DC=contoso"},
             {"objectTypeName", "group"},
             {"links",
              {{"members", {{{"objectId", "CN=Ada,DC=contoso"}, {"objectTypeName", "user"}}}}}}});
}

TEST_CASE("the rule and the names of objects come from the job's schema") {
  const auto user = graph_write::choose_on_demand_rule(two_sources(), "user", "");
  REQUIRE(user);
  CHECK(user->id == "r1");
  CHECK(user->name == "FromAd");
  CHECK(user->object_type == "user");
  CHECK(user->source == "Active Directory");
  CHECK_FALSE(user->from_entra);
  const auto group = graph_write::choose_on_demand_rule(two_sources(), "group", "");
  REQUIRE(group);
  CHECK(group->id == "r2");
  CHECK(group->member_type == "user");
  const auto entra = graph_write::choose_on_demand_rule(two_sources(), "Group", "");
  REQUIRE(entra);
  CHECK(entra->name == "r3");
  CHECK(entra->member_type == "User");
  CHECK(entra->from_entra);
  const auto named = graph_write::choose_on_demand_rule(two_sources(), "inetOrgPerson", "r2");
  REQUIRE(named);
  CHECK(named->name == "Groups");
}

TEST_CASE("an object that no rule maps, or several do, is refused with the names") {
  CHECK(refusal_of("User") ==
        "no rule of the job's schema maps an object named `User`\n"
        "did you mean `user`? --object NAME --id ID-OR-DN takes one of: Group, group, "
        "inetOrgPerson, user");
  CHECK(refusal_of("Worker") ==
        "no rule of the job's schema maps an object named `Worker`\n"
        "--object NAME --id ID-OR-DN takes one of: Group, group, inetOrgPerson, user");
  CHECK(refusal_of("inetOrgPerson") ==
        "2 rules map an object named `inetOrgPerson`\n--rule takes one of: FromAd, Groups");
  CHECK(refusal_of("user", "Groups") ==
        "no rule that maps `user` is named `Groups`\n--rule takes one of: FromAd");
  CHECK(refusal_of("").starts_with("no rule of the job's schema maps an object named ``"));
  const auto empty = graph_write::choose_on_demand_rule(
      schema::SynchronizationSchema::decode("{}").value(), "User", "");
  REQUIRE_FALSE(empty);
  CHECK(empty.error().message == "the job's schema has no rule that maps any object");
}

TEST_CASE("key and value are JSON in strings") {
  const Json good = {{"provisioningSteps", {steps[0]}}, {"modifiedProperties", changes}};
  const auto outcome =
      graph_write::decode_on_demand(answer(R"({"result":"Success","details":null})", good.dump()));
  REQUIRE(outcome);
  CHECK(outcome->result == "success");
  REQUIRE(outcome->steps.size() == 1);
  CHECK(outcome->steps[0].name == "EntryImport");
  CHECK(outcome->steps[0].status == "success");
  CHECK(outcome->steps[0].description == "Retrieved user ada");
  CHECK(outcome->steps[0].details == std::vector<std::pair<std::string, std::string>>{
                                         {"objectId", "u1"}, {"rows", "one"}, {"rows", "two"}});
  REQUIRE(outcome->changes.size() == 1);
  CHECK(outcome->changes[0].attribute == "userName");
  CHECK(outcome->changes[0].before == "");
  CHECK(outcome->changes[0].after == "ada");
}

TEST_CASE("a failure comes inside the 200, in the key or in a step") {
  for (const char* key :
       {R"({"result":"Failure","errorCode":"InvalidAnchor","errorMessage":"no anchor"})",
        R"({"result":"Failure","details":{"errorCode":"InvalidAnchor","reason":"no anchor"}})"}) {
    const auto by_key = graph_write::decode_on_demand(answer(key, "[]"));
    REQUIRE(by_key);
    CHECK(by_key->result == "failure");
    CHECK(by_key->error_code == "InvalidAnchor");
    CHECK(by_key->error_message == "no anchor");
  }
  for (const char* key : {R"({"result":"Success"})", "Some.Namespace.StatusInfo"}) {
    const auto by_step =
        graph_write::decode_on_demand(answer(key, Json{{"provisioningSteps", steps}}.dump()));
    REQUIRE(by_step);
    CHECK(by_step->result == "failure");
    CHECK(by_step->error_message == "The user could not be created");
  }
}

TEST_CASE("what was skipped keeps its reason, wherever the answer has it") {
  const std::string code = R"("errorCode":"NotEffectivelyEntitled")";
  const auto skipped = [](const Json& key, const Json& value) {
    const auto outcome = graph_write::decode_on_demand(answer(key, value));
    REQUIRE(outcome);
    CHECK(outcome->result == "skipped");
    return outcome->error_code + "|" + outcome->error_message;
  };
  for (const std::string& key : std::vector<std::string>{
           R"({"result":"Skipped","details":{)" + code + R"(,"errorMessage":"not assigned"}})",
           R"({"result":"Skipped","details":{)" + code + R"(,"reason":"not assigned"}})",
           R"({"result":"Skipped","details":"{\"errorCode\":\"NotEffectivelyEntitled\",)"
           R"(\"errorMessage\":\"not assigned\"}"})",
           R"({"result":"Skipped","details":{},)" + code + R"(,"errorMessage":"not assigned"})"}) {
    CHECK(skipped(key, "{}") == "NotEffectivelyEntitled|not assigned");
  }
  CHECK(skipped(R"({"result":"Skipped","details":"not assigned"})", "{}") == "|not assigned");
  CHECK(skipped(R"({"result":"Skipped","details":{"skipped":"by filter"}})", "{}") ==
        R"(|{"skipped":"by filter"})");
  CHECK(skipped(R"({"result":"Skipped","details":{}})", "{}") == "|");
  const Json status = {
      {"status", "skipped"},
      {"errorInformation", {{"errorCode", "RedundantExport"}, {"reason", "same"}}}};
  CHECK(
      skipped(
          "Some.Namespace.StatusInfo",
          Json{{"provisioningSteps", Json::array()}, {"provisioningStatusInfo", status}}.dump()) ==
      "RedundantExport|same");
}

TEST_CASE("a warning keeps its reason, a success has none") {
  const auto warning = graph_write::decode_on_demand(
      answer(R"({"result":"Warning","details":{"errorCode":"Late","errorMessage":"soon"}})", "{}"));
  REQUIRE(warning);
  CHECK(warning->result == "warning");
  CHECK(warning->error_code == "Late");
  CHECK(warning->error_message == "soon");
  const auto success = graph_write::decode_on_demand(
      answer(R"({"result":"Success","details":{"objectId":"u1"},"errorCode":"None"})", "{}"));
  REQUIRE(success);
  CHECK(success->error_code.empty());
  CHECK(success->error_message.empty());
}

TEST_CASE("the documented answer is a whole provisioning object") {
  const Json identity = {
      {"id", "u1"}, {"type", "User"}, {"displayName", nullptr}, {"details", nullptr}};
  const Json system = {{"id", nullptr}, {"name", "customappsso"}, {"details", nullptr}};
  Json object = {{"action", "Other"},
                 {"changeId", "c1"},
                 {"startTime", "2026-06-26T13:58:24.5494971Z"},
                 {"endTime", "2026-06-26T13:58:24.7682084Z"},
                 {"reportableIdentifier", "ada@contoso.com"},
                 {"statusInfo",
                  {{"status", "Skipped"},
                   {"errorCode", nullptr},
                   {"reason", nullptr},
                   {"additionalDetails", nullptr},
                   {"errorCategory", nullptr},
                   {"recommendedAction", nullptr}}},
                 {"sourceIdentity", identity},
                 {"sourceSystem", system},
                 {"targetIdentity", identity},
                 {"targetSystem", system},
                 {"provisioningSteps", {steps[0]}},
                 {"modifiedProperties", changes}};
  const auto skipped = graph_write::decode_on_demand(answer(
      R"({"result":"Skipped","details":{"errorCode":"RedundantExport","errorMessage":"same"}})",
      object.dump()));
  REQUIRE(skipped);
  CHECK(skipped->result == "skipped");
  CHECK(skipped->error_code == "RedundantExport");
  CHECK(skipped->error_message == "same");
  CHECK(skipped->steps.size() == 1);
  CHECK(skipped->changes.size() == 1);

  const auto silent =
      graph_write::decode_on_demand(answer("Some.Namespace.StatusInfo", object.dump()));
  REQUIRE(silent);
  CHECK(silent->result == "skipped");
  CHECK(silent->error_message.empty());

  object["statusInfo"] = {{"status", "Failure"}, {"errorCode", "Busy"}, {"reason", "try later"}};
  const auto failure =
      graph_write::decode_on_demand(answer("Some.Namespace.StatusInfo", object.dump()));
  REQUIRE(failure);
  CHECK(failure->result == "failure");
  CHECK(failure->error_code == "Busy");
  CHECK(failure->error_message == "try later");

  object["statusInfo"] = {{"status", "Success"}};
  const auto success =
      graph_write::decode_on_demand(answer(R"({"result":"Success","details":{}})", object.dump()));
  REQUIRE(success);
  CHECK(success->result == "success");
  CHECK(success->error_code.empty());
  CHECK(success->error_message.empty());
}

TEST_CASE("an answer that is the report itself is read as one") {
  const auto outcome =
      graph_write::decode_on_demand({{"provisioningSteps", {steps[0]}},
                                     {"modifiedProperties", changes},
                                     {"provisioningStatusInfo", {{"status", "success"}}}});
  REQUIRE(outcome);
  CHECK(outcome->result == "success");
  CHECK(outcome->steps.size() == 1);
  CHECK(outcome->changes.size() == 1);
}

TEST_CASE("the key may be a type's name, the value a list of reports or of steps") {
  const Json skipped = {{"name", "EntrySynchronizationScoping"}, {"status", "Skipped"}};
  for (const Json& value :
       {Json::array({Json{{"provisioningSteps", {steps[0], skipped}}}}),
        Json::array({steps[0], skipped}), Json{{"provisioningSteps", {steps[0], skipped}}}}) {
    for (const Json& shape : {Json(value.dump()), value}) {
      const auto outcome =
          graph_write::decode_on_demand(answer("Some.Namespace.StatusInfo", shape));
      REQUIRE(outcome);
      CHECK(outcome->result == "skipped");
      CHECK(outcome->steps.size() == 2);
    }
  }
}

TEST_CASE("an answer of any other shape is malformed, never a success") {
  for (const Json& strange :
       {Json::object(), Json::array(), Json(nullptr), answer("Some.StatusInfo", "not JSON"),
        answer(nullptr, nullptr), answer(7, 8), answer("{", "["), answer("{}", "[]"),
        answer("[1]", "[1, \"a\"]")}) {
    const auto outcome = graph_write::decode_on_demand(strange);
    REQUIRE_FALSE(outcome);
    CHECK(outcome.error().kind == ErrorKind::malformed);
  }
}

TEST_CASE("a user is looked up by name, ids are told apart") {
  CHECK(is_guid("6f4b1d92-0a83-4c57-9d2e-B18E7A30C5F4"));
  CHECK_FALSE(is_guid("6f4b1d92-0a83-4c57-9d2e-b18e7a30c5g4"));
  CHECK_FALSE(is_guid("ada@contoso.com"));
  FakeConnection fake(always(200, R"({"id":"u1"})"));
  CHECK(graph_read::find_user_id(fake.connection, "ada#EXT#@contoso.com", {}) == "u1");
  CHECK(fake.graph.lines().back() == "GET /users/ada%23EXT%23%40contoso.com?$select=id");
  FakeConnection empty([](const http::HttpRequest&) -> Result<http::HttpResponse> {
    return graph_failure(404, "Request_ResourceNotFound", "Resource 'x' does not exist.");
  });
  const auto missing = graph_read::find_user_id(empty.connection, "x", {});
  REQUIRE_FALSE(missing);
  CHECK(missing.error().kind == ErrorKind::not_found);
  CHECK(missing.error().message == "there is no user `x`");
}
