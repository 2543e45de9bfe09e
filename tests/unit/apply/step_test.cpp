#include <doctest/doctest.h>

#include "syncwright/core/file.h"
#include "world.h"

namespace syncwright::apply {

namespace {

using Lines = std::vector<std::string>;

/// A world in which the crm application is as its manifest says.
struct Settled : World {
  Settled() : desired(samples::of(samples::crm())) {
    REQUIRE(plan_and_apply(desired).value().all_done());
    principal = "/servicePrincipals/" + service_principal_of("Salesforce Contoso");
    const Json jobs = graph(http::HttpMethod::get, principal + "/synchronization/jobs");
    job = principal + "/synchronization/jobs/" + jobs["value"][0]["id"].get<std::string>();
    faults.forget();
    clock.advance(Milliseconds{86'400'000});  // not young any more
  }

  model::DesiredApplication& crm() { return desired.applications[0]; }
  void map_office_code(const std::string& attribute) {
    auto& mapping = crm().jobs[0].schema->mappings[0].attributes[0];
    expression::Expression expression;
    expression.kind = expression::Expression::Kind::attribute;
    expression.text = attribute;
    mapping.source = schema::MappingSource{expression};
  }
  Json schema() { return graph(http::HttpMethod::get, job + "/schema"); }
  /// The attribute mapping of the user's object mapping.
  static Json& mapping_of(Json& schema, const std::string& target) {
    for (Json& rule : schema["synchronizationRules"]) {
      for (Json& object : rule["objectMappings"]) {
        if (object["sourceObjectName"] != "User") continue;
        for (Json& mapping : object["attributeMappings"]) {
          if (mapping["targetAttributeName"] == target) return mapping;
        }
      }
    }
    FAIL("no mapping of " << target);
    return schema;
  }

  model::Desired desired;
  std::string principal;
  std::string job;
};

bool is(const http::HttpRequest& request, http::HttpMethod method, const std::string& end) {
  return request.method == method && request.url.ends_with(end);
}

std::string after_version(const std::string& path, const char* method) {
  return std::string(method) + " " + path;
}

}  // namespace

TEST_CASE("a change whose basis moved is stale, the rest is skipped, and nothing is written") {
  Settled world;
  world.crm().display_name = "Salesforce Fabrikam";
  world.map_office_code("extensionAttribute11");
  const plan::Plan plan = world.plan(world.desired);
  world.graph(http::HttpMethod::patch, world.principal, {{"displayName", "Somebody's"}});
  const auto report = world.apply(plan, world.desired);
  REQUIRE(report.has_value());
  CHECK(World::lines(*report) ==
        Lines{"stale crm/update: changed since the plan was made: displayName",
              "skipped crm/jobs/default/schema: because crm/update is stale"});
  CHECK(world.faults.writes().empty());
}

TEST_CASE("a schema is stale where the manifest's part moved") {
  Settled world;
  world.map_office_code("extensionAttribute11");
  const plan::Plan plan = world.plan(world.desired);
  Json schema = world.schema();
  Settled::mapping_of(schema, "officeCode")["defaultValue"] = "HQ";
  world.graph(http::HttpMethod::put, world.job + "/schema", schema);
  const auto report = world.apply(plan, world.desired);
  REQUIRE(report.has_value());
  CHECK(report->outcomes.at(0).state == plan::OutcomeState::stale);
  CHECK(report->outcomes.at(0).error->message.find("officeCode") != std::string::npos);
  CHECK(world.faults.writes().empty());
}

TEST_CASE("an edit elsewhere in the schema survives the PUT") {
  Settled world;
  world.map_office_code("extensionAttribute11");
  const plan::Plan plan = world.plan(world.desired);
  Json schema = world.schema();
  Settled::mapping_of(schema, "City")["defaultValue"] = "Turin";
  world.graph(http::HttpMethod::put, world.job + "/schema", schema);
  REQUIRE(world.apply(plan, world.desired).value().all_done());
  Json stored = world.schema();
  CHECK(Settled::mapping_of(stored, "City")["defaultValue"] == "Turin");
  CHECK(Settled::mapping_of(stored, "officeCode")["source"]["expression"] ==
        "[extensionAttribute11]");
}

TEST_CASE("the schema as it was read is kept before it is replaced") {
  Settled world;
  const Json before = world.schema();
  world.map_office_code("extensionAttribute11");
  const auto report = world.plan_and_apply(world.desired);
  REQUIRE(report.has_value());
  const auto kept =
      read_file(std::filesystem::path(report->backup) / "crm" / "default" / "schema.json");
  REQUIRE(kept.has_value());
  CHECK(*parse_json(*kept) == before);
}

TEST_CASE("a schema that comes back differently fails the change and names the place") {
  Settled world;
  world.map_office_code("extensionAttribute11");
  const Json before = world.schema();
  bool sent = false;
  world.faults.before([&](const http::HttpRequest& request) {
    if (is(request, http::HttpMethod::put, "/schema")) sent = true;
    if (!sent || !is(request, http::HttpMethod::get, "/schema")) return;
    world.graph(http::HttpMethod::put, world.job + "/schema", before);
  });
  const auto report = world.plan_and_apply(world.desired);
  REQUIRE(report.has_value());
  CHECK(World::lines(*report) == Lines{"failed crm/jobs/default/schema: stored differently: "
                                       "USER_OUTBOUND_USER/User->User/officeCode"});
  CHECK(report->outcomes[0].error->kind == ErrorKind::stored_differently);
}

TEST_CASE("a schema whose answer was lost is read back: stored or not") {
  for (const Fault fault : {Fault::lost_answer, Fault::server_error}) {
    Settled world;
    world.map_office_code("extensionAttribute11");
    world.faults.set([&](const http::HttpRequest& request, int) {
      return is(request, http::HttpMethod::put, "/schema") ? fault : Fault::none;
    });
    const auto report = world.plan_and_apply(world.desired);
    REQUIRE(report.has_value());
    const bool stored = fault == Fault::lost_answer;
    CHECK(report->outcomes.at(0).state ==
          (stored ? plan::OutcomeState::done : plan::OutcomeState::failed));
  }
}

TEST_CASE("a provisional overlay that is impossible fails before the PUT") {
  World world;
  model::Desired desired = samples::of(samples::crm());
  desired.applications[0].jobs[0].schema->mappings[0].object = "Userz";
  const auto report = world.plan_and_apply(desired);
  REQUIRE(report.has_value());
  CHECK(report->count(plan::OutcomeState::done) == 4);
  CHECK(report->outcomes[4].change->id() == "crm/jobs/default/schema");
  CHECK(report->outcomes[4].state == plan::OutcomeState::failed);
  CHECK(report->outcomes[4].error->message.find("Userz") != std::string::npos);
  CHECK(report->outcomes[5].detail == "because crm/jobs/default/schema failed");
  for (const std::string& line : world.faults.writes()) CHECK_FALSE(line.ends_with("/schema"));
}

TEST_CASE("a new revision saves all credentials in one PUT, and is recorded last") {
  Settled world;
  world.graph(http::HttpMethod::put, world.principal + "/synchronization/secrets",
              {{"value", {{{"key", "Domain"}, {"value", "contoso"}}}}});
  world.crm().credentials->revision = "2026-12";
  Json body;
  world.faults.before([&](const http::HttpRequest& request) {
    if (is(request, http::HttpMethod::put, "/secrets")) body = *parse_json(request.body);
  });
  const auto report = world.plan_and_apply(world.desired);
  REQUIRE(report.has_value());
  CHECK(World::lines(*report) == Lines{"done crm/credentials/validate", "done crm/credentials"});
  std::map<std::string, std::string> pairs;
  for (const Json& pair : body["value"]) pairs[pair["key"]] = pair["value"].get<std::string>();
  CHECK(pairs == std::map<std::string, std::string>{{"Domain", "contoso"},
                                                    {"Password", "crm-secret-1"},
                                                    {"SecretToken", "crm-secret-2"},
                                                    {"SyncAll", "false"},
                                                    {"UserName", "sync@contoso.com"}});
  CHECK(world.faults.writes() ==
        Lines{after_version(world.job + "/validateCredentials", "POST"),
              after_version(world.principal + "/synchronization/secrets", "PUT"),
              after_version(world.principal, "PATCH")});  // the revision, and what was applied
  const auto kept =
      read_file(std::filesystem::path(report->backup) / "crm" / "secrets.json").value();
  CHECK(kept.find(R"({"key":"Password","value":"*"})") != std::string::npos);
  world.faults.before(nullptr);
  CHECK_FALSE(world.plan(world.desired).has_changes());
}

TEST_CASE("validation sees the connector's settings, not those of the service") {
  Settled world;
  world.crm().credentials->revision = "2026-12";
  Json body;
  world.faults.before([&](const http::HttpRequest& request) {
    if (is(request, http::HttpMethod::post, "/validateCredentials"))
      body = *parse_json(request.body);
  });
  REQUIRE(world.plan_and_apply(world.desired).value().all_done());
  Lines keys;
  for (const Json& pair : body["credentials"]) keys.push_back(pair["key"].get<std::string>());
  std::sort(keys.begin(), keys.end());
  CHECK(keys == Lines{"Password", "SecretToken", "UserName"});
}

TEST_CASE("settings that come back differently fail the change, and no revision is recorded") {
  Settled world;
  world.crm().credentials->revision = "2026-12";
  bool sent = false;
  world.faults.before([&](const http::HttpRequest& request) {
    if (is(request, http::HttpMethod::put, "/secrets")) sent = true;
    if (!sent || !is(request, http::HttpMethod::get, "/secrets")) return;
    world.graph(http::HttpMethod::put, world.principal + "/synchronization/secrets",
                {{"value", {{{"key", "UserName"}, {"value", "somebody"}}}}});
  });
  const auto report = world.plan_and_apply(world.desired);
  REQUIRE(report.has_value());
  CHECK(World::lines(*report) == Lines{"done crm/credentials/validate",
                                       "failed crm/credentials: stored differently: UserName"});
  CHECK(report->outcomes[1].error->advice.find("plan again") != std::string::npos);
  CHECK(report->outcomes[1].error->kind == ErrorKind::stored_differently);
  const Json tags = world.graph(http::HttpMethod::get, world.principal)["tags"];
  CHECK(std::find(tags.begin(), tags.end(), "syncwright-credentials:2026-11") != tags.end());
}

TEST_CASE("a refused PUT of secrets is a failure, a lost one is looked up") {
  for (const Fault fault : {Fault::server_error, Fault::throttled, Fault::lost_answer}) {
    Settled world;
    world.crm().scope = model::Scope::all;
    world.faults.set([&](const http::HttpRequest& request, int) {
      return is(request, http::HttpMethod::put, "/secrets") ? fault : Fault::none;
    });
    const auto report = world.plan_and_apply(world.desired);
    REQUIRE(report.has_value());
    const bool stored = fault == Fault::lost_answer;
    CHECK(report->outcomes.back().state ==
          (stored ? plan::OutcomeState::done : plan::OutcomeState::failed));
  }
}

TEST_CASE("secrets that somebody saved since the plan are not overwritten blindly") {
  Settled world;
  world.crm().credentials->revision = "2026-12";
  const plan::Plan plan = world.plan(world.desired);
  world.graph(http::HttpMethod::put, world.principal + "/synchronization/secrets",
              {{"value", {{{"key", "Oauth2ClientSecret"}, {"value", "x"}}}}});
  const auto report = world.apply(plan, world.desired);
  REQUIRE(report.has_value());
  CHECK(report->outcomes.back().state == plan::OutcomeState::stale);
  CHECK(report->outcomes.back().error->message.find("Oauth2ClientSecret") != std::string::npos);
}

TEST_CASE("a job is paused and started as the manifest says, and checked before") {
  Settled world;
  world.crm().jobs[0].state = model::JobState::paused;
  const plan::Plan pause = world.plan(world.desired);
  CHECK(World::lines(world.apply(pause, world.desired).value()) ==
        Lines{"done crm/jobs/default/pause"});
  CHECK(world.graph(http::HttpMethod::get, world.job)["schedule"]["state"] != "Active");
  CHECK(world.apply(pause, world.desired).value().outcomes[0].state == plan::OutcomeState::stale);

  world.crm().jobs[0].state = model::JobState::started;
  CHECK(World::lines(world.plan_and_apply(world.desired).value()) ==
        Lines{"done crm/jobs/default/start"});
  CHECK(world.graph(http::HttpMethod::get, world.job)["schedule"]["state"] == "Active");
}

TEST_CASE("a pending restart is carried out, and its tag goes with it") {
  Settled world;
  Json tags = world.graph(http::HttpMethod::get, world.principal)["tags"];
  tags.push_back("syncwright-pending:restart");
  world.graph(http::HttpMethod::patch, world.principal, {{"tags", tags}});
  const plan::Plan plan = world.plan(world.desired);
  REQUIRE(plan.changes.size() == 1);
  CHECK(plan.changes[0].type == plan::ChangeType::job_restart);
  world.faults.set([](const http::HttpRequest& request, int) {
    return is(request, http::HttpMethod::post, "/restart") ? Fault::lost_answer : Fault::none;
  });
  CHECK(world.apply(plan, world.desired).value().outcomes[0].state == plan::OutcomeState::unknown);
  CHECK(world.plan(world.desired).changes.size() == 1);
  world.faults.heal();
  CHECK(world.apply(plan, world.desired).value().all_done());
  CHECK_FALSE(world.plan(world.desired).has_changes());
}

TEST_CASE("a narrowed scope is marked before it is saved, so that its restart is not lost") {
  Settled world;
  world.crm().scope = model::Scope::all;
  REQUIRE(world.plan_and_apply(world.desired).value().all_done());
  world.crm().scope = model::Scope::assigned;
  const plan::Plan plan = world.plan(world.desired);
  REQUIRE(plan.changes.size() == 3);
  world.faults.forget();
  const std::string validation = after_version(world.job + "/validateCredentials", "POST");
  const std::string restart = after_version(world.job + "/restart", "POST");
  const std::string secrets = after_version(world.principal + "/synchronization/secrets", "PUT");
  const std::string tags = after_version(world.principal, "PATCH");

  world.faults.set([](const http::HttpRequest& request, int) {
    return is(request, http::HttpMethod::post, "/restart") ? Fault::not_sent : Fault::none;
  });
  CHECK(world.apply(plan, world.desired).value().outcomes[2].state == plan::OutcomeState::unknown);
  CHECK(world.faults.writes() == Lines{validation, tags, secrets, restart});
  world.faults.heal();
  const plan::Plan rest = world.plan(world.desired);
  REQUIRE(rest.changes.size() == 1);
  CHECK(rest.changes[0].type == plan::ChangeType::job_restart);
  world.faults.forget();
  CHECK(world.apply(rest, world.desired).value().all_done());
  CHECK(world.faults.writes() == Lines{restart, tags});
  CHECK_FALSE(world.plan(world.desired).has_changes());
}

TEST_CASE("what an answer refused does not count as written") {
  Settled world;
  world.crm().display_name = "Salesforce Fabrikam";
  const plan::Plan plan = world.plan(world.desired);
  world.faults.set([](const http::HttpRequest& request, int) {
    return request.method == http::HttpMethod::patch ? Fault::forbidden : Fault::none;
  });
  const auto report = world.apply(plan, world.desired);
  REQUIRE(report.has_value());
  CHECK(world.faults.writes().size() == 1);
  CHECK(report->outcomes.at(0).state == plan::OutcomeState::failed);
  CHECK(report->outcomes[0].error->kind == ErrorKind::forbidden);
  CHECK(report->writes() == 0);
  world.faults.set([](const http::HttpRequest& request, int) {
    return request.method == http::HttpMethod::patch ? Fault::lost_answer : Fault::none;
  });
  CHECK(world.apply(plan, world.desired).value().writes() == 2);
}

TEST_CASE("an application that another owner tagged as well is not renamed") {
  Settled world;
  world.crm().display_name = "Salesforce Fabrikam";
  const plan::Plan plan = world.plan(world.desired);
  Json tags = world.graph(http::HttpMethod::get, world.principal)["tags"];
  tags.push_back("syncwright:other/-");
  world.graph(http::HttpMethod::patch, world.principal, {{"tags", tags}});
  const auto report = world.apply(plan, world.desired);
  REQUIRE(report.has_value());
  CHECK(report->outcomes.at(0).state == plan::OutcomeState::failed);
  CHECK(report->outcomes[0].error->kind == ErrorKind::guard);
  CHECK(world.faults.writes().empty());
}

TEST_CASE("a held change is left out, and the rest is carried out") {
  Settled world;
  world.crm().display_name = "Salesforce Fabrikam";
  world.map_office_code("extensionAttribute11");
  plan::Plan plan = world.plan(world.desired);
  REQUIRE(plan.changes.size() == 2);
  plan.changes[0].status = plan::ChangeStatus::held;
  const auto report = world.apply(plan, world.desired);
  REQUIRE(report.has_value());
  CHECK(World::lines(*report) == Lines{"done crm/jobs/default/schema"});
  CHECK(report->all_done());
}

TEST_CASE("a name and a state that never show were stored differently") {
  Settled world;
  SUBCASE("the application's name") {
    world.crm().display_name = "Salesforce Fabrikam";
    world.faults.before([&](const http::HttpRequest& request) {
      if (request.method != http::HttpMethod::get) return;
      for (const Json& live : world.applications("Salesforce Fabrikam")) {
        world.graph(http::HttpMethod::patch, "/applications/" + live["id"].get<std::string>(),
                    {{"displayName", "Salesforce Contoso"}});
      }
    });
  }
  SUBCASE("the job's state") {
    world.crm().jobs[0].state = model::JobState::paused;
    bool sent = false;
    world.faults.before([&world, sent](const http::HttpRequest& request) mutable {
      if (is(request, http::HttpMethod::post, "/pause")) {
        sent = true;
      } else if (sent) {
        world.graph(http::HttpMethod::post, world.job + "/start");
      }
    });
  }
  const auto report = world.plan_and_apply(world.desired);
  REQUIRE(report.has_value());
  CHECK(report->outcomes.at(0).state == plan::OutcomeState::failed);
  CHECK(report->outcomes[0].error->kind == ErrorKind::stored_differently);
}

TEST_CASE("an application that is gone makes its plan stale") {
  Settled world;
  world.crm().jobs[0].state = model::JobState::paused;
  const plan::Plan plan = world.plan(world.desired);
  const auto live = world.applications("Salesforce Contoso");
  world.graph(http::HttpMethod::del, "/applications/" + live[0]["id"].get<std::string>());
  const auto report = world.apply(plan, world.desired);
  REQUIRE(report.has_value());
  CHECK(World::lines(*report) ==
        Lines{"stale crm/jobs/default/pause: application crm is not there any more"});
}

}  // namespace syncwright::apply
