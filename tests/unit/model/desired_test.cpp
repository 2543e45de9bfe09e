#include "syncwright/model/desired.h"

#include <doctest/doctest.h>

#include "syncwright/model/application_members.h"
#include "syncwright/model/ownership.h"

using namespace syncwright;
using namespace syncwright::model;

namespace {

DesiredApplication application(std::string name) {
  DesiredApplication result;
  result.name = std::move(name);
  result.gallery = "Salesforce";
  result.display_name = "Salesforce Contoso";
  result.where = {"manifests/a.yaml", 3, 9, 12};
  return result;
}

DesiredApplication everything() {
  DesiredApplication result = application("salesforce");
  result.labels = Labels{{"env", "prod"}};
  result.adopt = {Adopt::Mode::app_id, "31f2", {}};
  result.protect = true;
  result.previously = {"sales", "sf"};
  using Type = DesiredMember::Type;
  result.assignments = {DesiredAssignments::Mode::exact,
                        {{Type::group, "Sales", "User", false, {}},
                         {Type::user, "ada@contoso.com", std::nullopt, true, {}}},
                        {}};
  result.notes = "owned by IT";
  result.scope = Scope::all;
  result.credentials.emplace();
  result.credentials->revision = "2026-11";
  result.credentials->validate = false;
  result.credentials->values = {
      {"BaseAddress", std::string("https://scim.example.com/"), {}},
      {"ClientSecret", SecretReference{SecretReference::File{"secrets/x"}}, {}},
      {"Password", SecretReference{SecretReference::Env{"PASSWORD"}}, {}},
      {"SecretToken", SecretReference{SecretReference::Command{{"vault", "read"}}}, {}}};
  result.notifications = DesiredNotifications{true, "idm@contoso.com", {}};
  result.deletions = DesiredDeletions{500, false, {}};
  DesiredJob job;
  job.key = "default";
  job.state = JobState::started;
  job.schema.emplace();
  DesiredJob named;
  named.key = "second";
  named.template_id = "dataBricks";
  named.job_id = "dataBricks.0123";
  named.absent = true;
  result.jobs = {job, named};
  return result;
}

Json whole() {
  Desired desired;
  desired.project = "contoso";
  desired.environment = "prod";
  desired.tenant_id = "0f8b";
  desired.cloud = "usgov";
  desired.writers = {"9f0c"};
  desired.empty_sets.resize(1);
  desired.guards.secrets_put = SecretsPut::merge;
  desired.guards.max_assignment_removals_count = 3;
  desired.complete = false;
  desired.applications = {application("aws"), everything()};
  return document_of(desired).tree();
}

std::string refusal(const Json& json) {
  const Result<Desired> desired = desired_from_json(json);
  return desired ? "accepted" : desired.error().message;
}

}  // namespace

TEST_CASE("words are spelled as in manifests") {
  CHECK(std::string(to_string(Scope::assigned)) == "assigned");
  CHECK(std::string(to_string(Scope::all)) == "all");
  CHECK(std::string(to_string(JobState::started)) == "started");
  CHECK(std::string(to_string(JobState::paused)) == "paused");
}

TEST_CASE("applications are found by name") {
  Desired desired;
  desired.applications = {application("aws"), application("box")};
  REQUIRE(desired.find("box") != nullptr);
  CHECK(desired.find("box")->name == "box");
  CHECK(desired.find("az") == nullptr);
  CHECK(desired.find("zoom") == nullptr);
}

TEST_CASE("names and job keys") {
  CHECK(is_manifest_name("0-aws"));
  CHECK(is_manifest_name(std::string(63, 'a')));
  for (const char* bad : {"", "-a", "Aws", "a_b", "a/b", "a b"}) CHECK_FALSE(is_manifest_name(bad));
  CHECK_FALSE(is_manifest_name(std::string(64, 'a')));
  CHECK(is_job_key("DropboxSCIMOutDelta"));
  CHECK(is_job_key("aws.0f8b-1_2"));
  for (const char* bad : {"", ".a", "a/b", "a b"}) CHECK_FALSE(is_job_key(bad));
}

TEST_CASE("desired JSON has the manifests' shape, references for secrets and no positions") {
  Json json = whole();
  json["applications"][1]["jobs"]["default"].erase("schema");
  CHECK(json == Json::parse(R"({
    "project": "contoso", "environment": "prod", "tenantId": "0f8b", 
    "cloud": "usgov", "writers": ["9f0c"], "emptySets": 1,
    "guards": {"maxDeletes": 0, "maxUpdatesPercent": 30, "floor": 10, "secretsPut": "merge",
               "maxAssignmentRemovals": {"percent": 25, "count": 3}},
    "complete": false,
    "applications": [
      {"name": "aws", "gallery": "Salesforce", "displayName": "Salesforce Contoso",
       "adopt": "refuse", "jobs": {}},
      {"name": "salesforce", "gallery": "Salesforce", "displayName": "Salesforce Contoso",
       "adopt": {"appId": "31f2"}, "protect": true, "previously": ["sales", "sf"],
       "assignments": {"mode": "exact", "members": [
         {"group": "Sales", "role": "User"}, {"user": "ada@contoso.com", "absent": true}]},
       "labels": {"env": "prod"}, "notes": "owned by IT", "scope": "all",
       "credentials": {"revision": "2026-11", "validate": false, "values": {
         "BaseAddress": "https://scim.example.com/", "ClientSecret": {"file": "secrets/x"},
         "Password": {"env": "PASSWORD"}, "SecretToken": {"command": ["vault", "read"]}}},
       "notifications": {"enabled": true, "recipient": "idm@contoso.com"},
       "deletions": {"threshold": 500, "skipOutOfScope": false},
       "jobs": {"default": {"state": "started"},
                "second": {"template": "dataBricks", "id": "dataBricks.0123", "absent": true}}}
    ]})"));
}

TEST_CASE("every row of the table of an application is written") {
  const Json json = whole();
  const Json& set = json["applications"][1];
  std::size_t rows = 0;
  for_each_application_member([&](const auto& row) {
    CAPTURE(row.name);
    CHECK(set.contains(row.name));
    ++rows;
  });
  CHECK(set.size() == rows);
}

TEST_CASE("what is written is read back, and the digest follows the content alone") {
  const Result<Desired> desired = desired_from_json(whole());
  REQUIRE(desired.has_value());
  CHECK(document_of(*desired).tree() == whole());
  CHECK(manifest_digest(*desired) == digest(whole()));

  Desired moved = *desired;
  moved.applications[0].where.line = 99;
  CHECK(manifest_digest(moved) == manifest_digest(*desired));
  moved.applications[0].display_name = "AWS";
  CHECK(manifest_digest(moved) != manifest_digest(*desired));
}

TEST_CASE("earlier names of the project are part of what a plan file says") {
  Json json = whole();
  json["previously"] = Json::array({"default"});
  const Result<Desired> desired = desired_from_json(json);
  REQUIRE(desired.has_value());
  CHECK(desired->previously == std::vector<std::string>{"default"});
  CHECK(document_of(*desired).tree() == json);
  CHECK(owner_of(*desired).earlier == desired->previously);
  json["previously"] = Json::array({"Default"});
  CHECK(refusal(json) == "desired.previously holds what is no manifest name");
}

TEST_CASE("an edited plan file is refused with the place of the fault") {
  struct Edit {
    const char* patch;
    const char* message;
  };
  const Edit edits[] = {
      {R"([{"op":"remove","path":"/project"}])", "desired.project is missing"},
      {R"([{"op":"replace","path":"/project","value":"a/b"}])",
       "desired.project is no manifest name"},
      {R"([{"op":"replace","path":"/complete","value":"yes"}])", "desired.complete is no boolean"},
      {R"([{"op":"add","path":"/extra","value":1}])", "desired.extra is unknown"},
      {R"([{"op":"replace","path":"/guards/secretsPut","value":"all"}])",
       "desired.guards.secretsPut is none of the known words"},
      {R"([{"op":"replace","path":"/applications","value":{}}])",
       "desired.applications is no list"},
      {R"([{"op":"replace","path":"/applications/0","value":[]}])",
       "desired.applications[0] is no object"},
      {R"([{"op":"replace","path":"/applications/0/name","value":"../x"}])",
       "desired.applications[0].name is no manifest name"},
      {R"([{"op":"replace","path":"/applications/0/name","value":"salesforce"}])",
       "desired.applications[1] is out of order, or its name occurs twice"},
      {R"([{"op":"replace","path":"/applications/1/credentials/values/Password","value":"x"}])",
       "desired.applications[1].credentials.values.Password holds a secret in clear text"},
      {R"([{"op":"add","path":"/applications/1/credentials/values/Secret","value":"x"}])",
       "desired.applications[1].credentials.values.Secret is no known key"},
      {R"([{"op":"add","path":"/applications/1/credentials/values/Password/file","value":"x"}])",
       "desired.applications[1].credentials.values.Password is not one of env, file and command"},
      {R"([{"op":"replace","path":"/applications/1/jobs/default","value":1}])",
       "desired.applications[1].jobs.default is no object"},
      {R"([{"op":"replace","path":"/applications/1/deletions/threshold","value":1.5}])",
       "desired.applications[1].deletions.threshold is no whole number"},
  };
  for (const Edit& edit : edits) {
    CHECK(refusal(whole().patch(Json::parse(edit.patch))) == edit.message);
  }
  CHECK(refusal(Json::array()) == "desired is no object");
}

TEST_CASE("numbers that do not fit are refused, not wrapped") {
  const auto refusal_of = [](const char* threshold) {
    Json json = whole();
    json["applications"][1]["deletions"]["threshold"] = Json::parse(threshold);
    return refusal(json);
  };
  const std::string where = "desired.applications[1].deletions.threshold ";
  CHECK(refusal_of("18446744073709551615") == where + "is out of range");
  CHECK(refusal_of("2147483648") == where + "is not between 1 and 2147483647");
  CHECK(refusal_of("0") == where + "is not between 1 and 2147483647");
  Json most = whole();
  most["applications"][1]["deletions"]["threshold"] = kMaxDeletionThreshold;
  CHECK(desired_from_json(most).has_value());
}
