#include <doctest/doctest.h>

#include <chrono>
#include <condition_variable>

#include "syncwright/core/file.h"
#include "world.h"

namespace syncwright::apply {

namespace {

using Lines = std::vector<std::string>;

std::string all_files_under(const std::filesystem::path& folder) {
  std::string text;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) text += *read_file(entry.path());
  }
  return text;
}

/// So many applications like that one.
model::Desired copies_of(const model::DesiredApplication& original, int count) {
  model::Desired desired = samples::of(original);
  desired.applications.clear();
  for (int number = 1; number <= count; ++number) {
    model::DesiredApplication one = original;
    one.name += std::to_string(number);
    one.display_name += " " + std::to_string(number);
    desired.applications.push_back(std::move(one));
  }
  return desired;
}

}  // namespace

TEST_CASE("a plan of two new applications is carried out, and planning again is empty") {
  World world;
  const model::Desired desired = samples::both();
  const auto report = world.plan_and_apply(desired);
  REQUIRE(report.has_value());
  CHECK(World::lines(*report) ==
        Lines{"done aws", "done aws/jobs/default", "done aws/credentials/validate",
              "done aws/credentials", "done aws/jobs/default/start", "done crm",
              "done crm/jobs/default", "done crm/credentials/validate", "done crm/credentials",
              "done crm/jobs/default/schema", "done crm/jobs/default/start"});
  CHECK(report->all_done());
  CHECK_FALSE(report->interrupted);
  CHECK_FALSE(world.listener.overlapped);
  const plan::Plan again = world.plan(desired);
  CHECK_FALSE(again.has_changes());
  CHECK(again.orphans.empty());
}

TEST_CASE("what is made carries the real names, the unique name and the owner's tags") {
  World world;
  const model::Desired desired = samples::of(samples::crm());
  REQUIRE(world.plan_and_apply(desired).has_value());
  const auto applications = world.applications("Salesforce Contoso");
  REQUIRE(applications.size() == 1);
  CHECK(applications[0]["uniqueName"] == "syncwright/contoso/-/crm");
  const Json principal =
      world.graph(http::HttpMethod::get,
                  "/servicePrincipals/" + world.service_principal_of("Salesforce Contoso"));
  CHECK(principal["tags"] ==
        Json{"WindowsAzureActiveDirectoryIntegratedApp", "syncwright:contoso/-",
             "syncwright-app:crm", "syncwright-credentials:2026-11",
             "syncwright-applied:" + model::applied_digest(desired.applications[0])});
}

TEST_CASE("applying twice writes once") {
  World world;
  const model::Desired desired = samples::both();
  REQUIRE(world.plan_and_apply(desired).has_value());
  world.faults.forget();
  const auto report = world.plan_and_apply(desired);
  REQUIRE(report.has_value());
  CHECK(report->outcomes.empty());
  CHECK(world.faults.lines().empty());
}

TEST_CASE("changes run one after another, in the plan's order") {
  World world;
  world.options.parallelism = 1;
  const model::Desired desired = samples::of(samples::aws());
  REQUIRE(world.plan_and_apply(desired).has_value());
  CHECK(world.listener.lines ==
        Lines{"started aws", "finished aws done", "started aws/jobs/default",
              "finished aws/jobs/default done", "started aws/credentials/validate",
              "finished aws/credentials/validate done", "started aws/credentials",
              "finished aws/credentials done", "started aws/jobs/default/start",
              "finished aws/jobs/default/start done"});
}

TEST_CASE("twice as many applications are under way as requests may be in flight") {
  World world;
  world.options.parallelism = 2;
  std::mutex mutex;
  std::condition_variable changed;
  int begun = 0;
  world.faults.before([&](const http::HttpRequest& request) {
    if (!request.url.ends_with("/instantiate")) return;
    std::unique_lock lock(mutex);
    ++begun;
    changed.notify_all();
    CHECK(changed.wait_for(lock, std::chrono::minutes(1), [&] { return begun == 4; }));
  });
  const auto report = world.plan_and_apply(copies_of(samples::aws(), 4));
  REQUIRE(report.has_value());
  CHECK(report->all_done());
}

TEST_CASE("large schemas are read, sent and read back one job at a time") {
  World world;
  const model::Desired desired = copies_of(samples::crm(), 6);
  plan::Plan plan = world.plan(desired);
  plan.largest_schema = 64u << 20u;
  const auto report = world.apply(plan, desired);
  REQUIRE(report.has_value());
  CHECK(report->all_done());
  Lines schemas = world.faults.lines();
  std::erase_if(schemas, [](const std::string& line) { return !line.ends_with("/schema"); });
  REQUIRE(schemas.size() == 18);
  for (std::size_t at = 0; at < schemas.size(); at += 3) {
    CHECK(schemas[at].starts_with("GET "));
    CHECK(schemas[at + 1] == "PUT " + schemas[at].substr(4));
    CHECK(schemas[at + 2] == schemas[at]);
  }
  CHECK(world.plan(desired).largest_schema > 10'000);
}

TEST_CASE("many applications run side by side, and are heard of one call at a time") {
  World world;
  model::Desired desired = copies_of(samples::aws(), 9);
  desired.applications.push_back(samples::crm());
  const plan::Plan plan = world.plan(desired);
  const auto report = world.apply(plan, desired);
  REQUIRE(report.has_value());
  CHECK(report->all_done());
  CHECK_FALSE(world.listener.overlapped);
  REQUIRE(report->outcomes.size() == plan.changes.size());
  for (std::size_t i = 0; i < plan.changes.size(); ++i) {
    CHECK(report->outcomes[i].change->id() == plan.changes[i].id());
  }
  // What is the same for all of them the plan has read a moment ago.
  int gallery = 0;
  int pending = 0;
  int deleted = 0;
  for (const std::string& line : world.faults.lines()) {
    if (line.starts_with("GET /applicationTemplates?")) ++gallery;
    if (line.starts_with("GET /applications?")) ++pending;
    if (line.starts_with("GET /directory/deletedItems")) ++deleted;
  }
  CHECK(gallery == 0);
  CHECK(pending == 0);
  CHECK(deleted == 0);
  CHECK_FALSE(world.plan(desired).has_changes());
}

TEST_CASE("a failure skips the rest of its application, and of no other") {
  World world;
  world.variables["AWS_TOKEN"] = "invalid";
  const model::Desired desired = samples::both();
  const auto report = world.plan_and_apply(desired);
  REQUIRE(report.has_value());
  CHECK(report->count(plan::OutcomeState::failed) == 1);
  CHECK(report->count(plan::OutcomeState::skipped) == 2);
  CHECK(report->count(plan::OutcomeState::done) == 8);
  const plan::ChangeOutcome& failed = report->outcomes[2];
  CHECK(failed.change->id() == "aws/credentials/validate");
  REQUIRE(failed.error.has_value());
  CHECK(failed.error->message.starts_with("validation failed: "));
  CHECK(failed.writes == 0);
  CHECK(report->outcomes[3].detail == "because aws/credentials/validate failed");
  CHECK(report->outcomes[4].detail == "because aws/credentials/validate failed");
}

TEST_CASE("secret references without a value are named together, and nothing is sent") {
  World world;
  world.variables.erase("AWS_TOKEN");
  world.variables.erase("CRM_PASSWORD");
  const model::Desired desired = samples::both();
  const plan::Plan plan = world.plan(desired);
  const auto report = world.apply(plan, desired);
  REQUIRE_FALSE(report.has_value());
  CHECK(report.error().kind == ErrorKind::invalid_input);
  CHECK(report.error().message.find("SecretToken of aws: secret env AWS_TOKEN") !=
        std::string::npos);
  CHECK(report.error().message.find("Password of crm: secret env CRM_PASSWORD") !=
        std::string::npos);
  CHECK(world.faults.lines().empty());
  CHECK_FALSE(std::filesystem::exists(world.options.journal));
}

TEST_CASE("a secret reference that gives a mask is named before anything is sent") {
  World world;
  world.variables["AWS_TOKEN"] = "*";
  const model::Desired desired = samples::both();
  const auto report = world.apply(world.plan(desired), desired);
  REQUIRE_FALSE(report.has_value());
  CHECK(report.error().kind == ErrorKind::invalid_input);
  CHECK(report.error().message.find("SecretToken of aws: env AWS_TOKEN gives `*`") !=
        std::string::npos);
  CHECK(world.faults.lines().empty());
}

TEST_CASE("only the secrets that the plan needs are resolved") {
  World world;
  const model::Desired desired = samples::of(samples::aws());
  REQUIRE(world.plan_and_apply(desired).has_value());
  world.variables.clear();
  model::Desired renamed = desired;
  renamed.applications[0].display_name = "AWS Fabrikam";
  const auto report = world.plan_and_apply(renamed);
  REQUIRE(report.has_value());
  CHECK(World::lines(*report) == Lines{"done aws/update"});
  CHECK(world.applications("AWS Fabrikam").size() == 1);
  CHECK_FALSE(world.service_principal_of("AWS Fabrikam").empty());
  CHECK_FALSE(world.plan(renamed).has_changes());
}

TEST_CASE("no secret reaches the journal, the backups or the report") {
  World world;
  const model::Desired desired = samples::both();
  REQUIRE(world.plan_and_apply(desired).has_value());
  model::Desired revised = desired;
  revised.applications[1].credentials->revision = "2026-12";
  world.variables["CRM_TOKEN"] = "invalid";
  const auto report = world.plan_and_apply(revised);
  REQUIRE(report.has_value());
  CHECK(report->count(plan::OutcomeState::failed) == 1);
  const std::string text = all_files_under(world.folder.path()) + canonical_json(to_json(*report));
  for (const char* secret : {"aws-secret", "crm-secret"}) {
    CHECK(text.find(secret) == std::string::npos);
  }
}

TEST_CASE("a plan whose manifests lack what it speaks of is refused before anything is sent") {
  World world;
  const model::Desired desired = samples::of(samples::aws());
  const plan::Plan plan = world.plan(samples::both());
  const auto report = world.apply(plan, desired);
  REQUIRE_FALSE(report.has_value());
  CHECK(report.error().kind == ErrorKind::invalid_input);
  CHECK(world.faults.lines().empty());
}

TEST_CASE("an application with a blocked change is left alone") {
  World world;
  const model::Desired desired = samples::both();
  plan::Plan plan = world.plan(desired);
  plan.changes[0].status = plan::ChangeStatus::blocked;
  const auto report = world.apply(plan, desired);
  REQUIRE(report.has_value());
  CHECK(World::lines(*report).front() == "skipped aws: the plan has it as blocked");
  CHECK(World::lines(*report)[1] == "skipped aws/jobs/default: because aws is blocked");
  CHECK(report->count(plan::OutcomeState::done) == 6);
  CHECK(world.applications("AWS Contoso").empty());
}

TEST_CASE("a stop request finishes what is in flight and names the rest") {
  World world;
  world.options.parallelism = 1;
  const model::Desired desired = samples::of(samples::aws());
  const plan::Plan plan = world.plan(desired);
  std::stop_source stop;
  world.faults.before([&](const http::HttpRequest& request) {
    if (request.url.ends_with("/synchronization/jobs") &&
        request.method == http::HttpMethod::post) {
      stop.request_stop();
    }
  });
  const auto report = world.apply(plan, desired, stop.get_token());
  REQUIRE(report.has_value());
  CHECK(report->interrupted);
  CHECK(World::lines(*report) == Lines{"done aws", "done aws/jobs/default",
                                       "skipped aws/credentials/validate: interrupted",
                                       "skipped aws/credentials: interrupted",
                                       "skipped aws/jobs/default/start: interrupted"});
  world.faults.before(nullptr);
  REQUIRE(world.plan_and_apply(desired).has_value());
  CHECK_FALSE(world.plan(desired).has_changes());
}

TEST_CASE("a stop request before the first change leaves everything") {
  World world;
  const model::Desired desired = samples::both();
  std::stop_source stop;
  stop.request_stop();
  const auto report = world.apply(world.plan(desired), desired, stop.get_token());
  REQUIRE(report.has_value());
  CHECK(report->interrupted);
  CHECK(report->count(plan::OutcomeState::skipped) == 11);
  CHECK(world.faults.lines().empty());
}

TEST_CASE("with replication that lags, the same plan is carried out and planning again is empty") {
  World world({.replication_delay = Milliseconds{3'000}});
  const model::Desired desired = samples::both();
  const auto report = world.plan_and_apply(desired);
  REQUIRE(report.has_value());
  INFO(canonical_json(to_json(*report)));
  CHECK(report->all_done());
  const plan::Plan again = world.plan(desired);
  CHECK_FALSE(again.has_changes());
  CHECK(again.orphans.empty());
  const auto waited = std::find_if(world.listener.lines.begin(), world.listener.lines.end(),
                                   [](const auto& line) { return line.starts_with("waiting "); });
  CHECK(waited != world.listener.lines.end());
}

}  // namespace syncwright::apply
