#include <doctest/doctest.h>

#include "world.h"

namespace syncwright::apply {

namespace {

using Lines = std::vector<std::string>;

const char* const kPendingName = "syncwright:contoso/-/crm";
const char* const kUniqueName = "syncwright/contoso/-/crm";
const char* const kSalesforce = "5af0c3d1-7b92-4e68-9c14-d36e8b20f57a";
const char* const kAws = "8b1025e4-1dd2-430b-a150-2ef79cd700f5";

/// What a run that was killed after its POST left.
std::string leave_unclaimed(World& world, const std::string& template_id = kSalesforce) {
  const Json made =
      world.graph(http::HttpMethod::post, "/applicationTemplates/" + template_id + "/instantiate",
                  {{"displayName", kPendingName}});
  world.clock.advance(Milliseconds{1'000});
  return made["application"]["id"].get<std::string>();
}

void claim_behind_back(World& world, const std::string& application) {
  world.graph(http::HttpMethod::patch, "/applications/" + application,
              {{"uniqueName", kUniqueName}, {"displayName", "Salesforce Contoso"}});
}

/// Lets another run win just before ours claims. Returns the winner's id through `winner`.
void lose_the_race(World& world, std::string& winner) {
  world.faults.before([&](const http::HttpRequest& request) {
    const bool claims = request.method == http::HttpMethod::patch &&
                        request.body.find("uniqueName") != std::string::npos;
    if (!claims || !winner.empty()) return;
    winner = leave_unclaimed(world);
    claim_behind_back(world, winner);
  });
}

std::vector<std::string> ids_of(const std::vector<Json>& applications) {
  std::vector<std::string> ids;
  ids.reserve(applications.size());
  for (const Json& application : applications) ids.push_back(application["id"].get<std::string>());
  std::sort(ids.begin(), ids.end());
  return ids;
}

std::size_t posts_of(const World& world, const std::string& action) {
  std::size_t count = 0;
  for (const std::string& line : world.faults.writes()) count += line.ends_with(action) ? 1 : 0;
  return count;
}

}  // namespace

TEST_CASE("a plan made before another run created the application makes no second one") {
  World world;
  const model::Desired desired = samples::of(samples::crm());
  const plan::Plan early = world.plan(desired);
  REQUIRE(world.apply(early, desired).has_value());
  world.faults.forget();
  world.clock.advance(Milliseconds{60'000});  // a person read the plan
  const auto report = world.apply(early, desired);
  REQUIRE(report.has_value());
  CHECK(posts_of(world, "/instantiate") == 0);
  CHECK(posts_of(world, "/jobs") == 0);
  CHECK(World::lines(*report).front() == "done crm");
  CHECK(world.applications().size() == 1);
  CHECK_FALSE(world.plan(desired).has_changes());
}

TEST_CASE("where another run was faster by a moment, what this one made is gone again") {
  World world;
  const model::Desired desired = samples::of(samples::crm());
  const plan::Plan early = world.plan(desired);
  REQUIRE(world.apply(early, desired).has_value());
  const auto first = ids_of(world.applications());
  world.faults.forget();
  const auto report = world.apply(early, desired);
  REQUIRE(report.has_value());
  CHECK(report->all_done());
  CHECK(posts_of(world, "/instantiate") == 1);
  CHECK(posts_of(world, "/jobs") == 0);
  CHECK(ids_of(world.applications()) == first);
  CHECK_FALSE(world.plan(desired).has_changes());
}

TEST_CASE("who loses the race for the name deletes its own creation and goes on with the winner") {
  World world;
  const model::Desired desired = samples::of(samples::crm());
  std::string winner;
  lose_the_race(world, winner);
  const auto report = world.plan_and_apply(desired);
  REQUIRE(report.has_value());
  CHECK(report->all_done());
  CHECK(ids_of(world.applications()) == Lines{winner});
  CHECK(report->outcomes.front().detail.find(winner) != std::string::npos);
  world.faults.before(nullptr);
  CHECK_FALSE(world.plan(desired).has_changes());
}

TEST_CASE("with replication that lags, the winner is waited for") {
  World world({.replication_delay = Milliseconds{3'000}});
  const model::Desired desired = samples::of(samples::crm());
  std::string winner;
  world.faults.before([&](const http::HttpRequest& request) {
    const bool claims = request.method == http::HttpMethod::patch &&
                        request.body.find("uniqueName") != std::string::npos;
    if (!claims || !winner.empty()) return;
    winner = leave_unclaimed(world);
    world.clock.advance(Milliseconds{3'000});
    claim_behind_back(world, winner);
  });
  const auto report = world.plan_and_apply(desired);
  REQUIRE(report.has_value());
  CHECK(report->all_done());
  world.clock.advance(Milliseconds{60'000});
  CHECK(ids_of(world.applications()) == Lines{winner});
}

TEST_CASE("a loser that resumed what another run had left deletes nothing") {
  World world;
  const model::Desired desired = samples::of(samples::crm());
  const std::string left = leave_unclaimed(world);
  std::string winner;
  lose_the_race(world, winner);
  const auto report = world.plan_and_apply(desired);
  REQUIRE(report.has_value());
  CHECK(report->all_done());
  Lines both{left, winner};
  std::sort(both.begin(), both.end());
  CHECK(ids_of(world.applications()) == both);
  world.faults.before(nullptr);
  const plan::Plan again = world.plan(desired);
  CHECK_FALSE(again.has_changes());
  REQUIRE(again.orphans.size() == 1);
  CHECK(again.orphans[0].display_name == kPendingName);
}

TEST_CASE("of two unclaimed creations the older one is resumed") {
  World world;
  const model::Desired desired = samples::of(samples::crm());
  const std::string older = leave_unclaimed(world);
  leave_unclaimed(world);
  const auto report = world.plan_and_apply(desired);
  REQUIRE(report.has_value());
  CHECK(report->all_done());
  CHECK(posts_of(world, "/instantiate") == 0);
  CHECK(ids_of(world.applications("Salesforce Contoso")) == Lines{older});
}

TEST_CASE("an unclaimed creation of another template is left alone") {
  World world;
  const model::Desired desired = samples::of(samples::crm());
  leave_unclaimed(world, kAws);
  const auto report = world.plan_and_apply(desired);
  REQUIRE(report.has_value());
  CHECK(report->all_done());
  CHECK(posts_of(world, "/instantiate") == 1);
  CHECK(world.applications(kPendingName).size() == 1);
  CHECK(world.applications("Salesforce Contoso").size() == 1);
}

TEST_CASE("names that soft-deleted applications hold are followed, one after the other") {
  World world;
  const model::Desired desired = samples::of(samples::crm());
  std::string last_holder;
  for (int round = 0; round < 3; ++round) {
    CAPTURE(round);
    const auto report = world.plan_and_apply(desired);
    REQUIRE(report.has_value());
    CHECK(report->all_done());
    const auto live = world.applications("Salesforce Contoso");
    REQUIRE(live.size() == 1);
    const std::string expected =
        round == 0 ? kUniqueName : std::string(kUniqueName) + "/after-" + last_holder;
    CHECK(live[0]["uniqueName"] == expected);
    CHECK_FALSE(world.plan(desired).has_changes());
    last_holder = live[0]["id"].get<std::string>();
    world.graph(http::HttpMethod::del, "/applications/" + last_holder);
    world.clock.advance(Milliseconds{3'600'000});
  }
}

TEST_CASE("a holder that is deleted while the run goes on is met by the claim, and followed") {
  World world;
  const model::Desired desired = samples::of(samples::crm());
  std::string holder;
  // After the run has listed the deleted applications, and before it claims.
  world.faults.before([&](const http::HttpRequest& request) {
    if (!holder.empty() || request.method != http::HttpMethod::post) return;
    holder = leave_unclaimed(world);
    claim_behind_back(world, holder);
    world.graph(http::HttpMethod::del, "/applications/" + holder);
  });
  const auto report = world.plan_and_apply(desired);
  REQUIRE(report.has_value());
  CHECK(report->all_done());
  const auto live = world.applications("Salesforce Contoso");
  REQUIRE(live.size() == 1);
  CHECK(live[0]["uniqueName"] == std::string(kUniqueName) + "/after-" + holder);
  CHECK_FALSE(world.plan(desired).has_changes());
}

TEST_CASE("an application behind a soft-deleted holder is found and changed") {
  World world;
  model::Desired desired = samples::of(samples::crm());
  REQUIRE(world.plan_and_apply(desired).has_value());
  const auto first = world.applications("Salesforce Contoso");
  world.graph(http::HttpMethod::del, "/applications/" + first[0]["id"].get<std::string>());
  REQUIRE(world.plan_and_apply(desired).has_value());
  desired.applications[0].display_name = "Salesforce Fabrikam";
  const auto report = world.plan_and_apply(desired);
  REQUIRE(report.has_value());
  CHECK(World::lines(*report) == Lines{"done crm/update"});
  CHECK(world.applications("Salesforce Fabrikam").size() == 1);
}

TEST_CASE("a creation whose answer was lost is found, not repeated") {
  for (const Fault fault : {Fault::lost_answer, Fault::html}) {
    World world;
    const model::Desired desired = samples::of(samples::crm());
    world.faults.set([&](const http::HttpRequest& request, int) {
      return request.method == http::HttpMethod::post && request.url.ends_with("/instantiate")
                 ? fault
                 : Fault::none;
    });
    const auto report = world.plan_and_apply(desired);
    REQUIRE(report.has_value());
    CHECK(report->all_done());
    CHECK(posts_of(world, "/instantiate") == 1);
    CHECK(world.applications().size() == 1);
  }
}

TEST_CASE("a creation whose answer was lost and that never appears ends unknown, unrepeated") {
  World world;
  const model::Desired desired = samples::of(samples::crm());
  world.faults.set([&](const http::HttpRequest& request, int) {
    return request.url.ends_with("/instantiate") ? Fault::not_sent : Fault::none;
  });
  const auto report = world.plan_and_apply(desired);
  REQUIRE(report.has_value());
  CHECK(report->outcomes[0].state == plan::OutcomeState::unknown);
  CHECK(report->outcomes[1].detail == "because crm ended unknown");
  CHECK(posts_of(world, "/instantiate") == 1);
}

TEST_CASE("an older creation from another template is not taken for the one that was lost") {
  World world;
  const model::Desired desired = samples::of(samples::crm());
  const std::string other = leave_unclaimed(world, kAws);
  world.faults.set([&](const http::HttpRequest& request, int) {
    return request.url.ends_with("/instantiate") ? Fault::lost_answer : Fault::none;
  });
  const auto report = world.plan_and_apply(desired);
  REQUIRE(report.has_value());
  CHECK(report->all_done());
  CHECK(posts_of(world, "/instantiate") == 1);
  CHECK(ids_of(world.applications(kPendingName)) == Lines{other});
  CHECK(world.applications("Salesforce Contoso").size() == 1);
}

TEST_CASE("a loser whose creation is gone when it deletes it has succeeded") {
  World world;
  const model::Desired desired = samples::of(samples::crm());
  std::string winner;
  world.faults.before([&](const http::HttpRequest& request) {
    if (request.method == http::HttpMethod::del) {
      world.graph(http::HttpMethod::del, request.url.substr(request.url.find("/applications/")));
    }
    const bool claims = request.method == http::HttpMethod::patch &&
                        request.body.find("uniqueName") != std::string::npos;
    if (!claims || !winner.empty()) return;
    winner = leave_unclaimed(world);
    claim_behind_back(world, winner);
  });
  const auto report = world.plan_and_apply(desired);
  REQUIRE(report.has_value());
  CHECK(report->all_done());
  CHECK(ids_of(world.applications()) == Lines{winner});
  Lines deletes = world.faults.writes();
  std::erase_if(deletes, [](const std::string& line) { return !line.starts_with("DELETE "); });
  CHECK(deletes.size() == 1);
}

TEST_CASE("an application behind a soft-deleted holder is found before anything is created") {
  World world;
  const model::Desired desired = samples::of(samples::crm());
  const plan::Plan early = world.plan(desired);
  REQUIRE(world.apply(early, desired).has_value());
  const auto first = world.applications("Salesforce Contoso");
  world.graph(http::HttpMethod::del, "/applications/" + first[0]["id"].get<std::string>());
  REQUIRE(world.apply(early, desired).value().all_done());
  world.clock.advance(Milliseconds{11'000});  // until then the claim alone would tell
  world.faults.forget();
  REQUIRE(world.apply(early, desired).has_value());
  CHECK(posts_of(world, "/instantiate") == 0);
  CHECK(world.applications("Salesforce Contoso").size() == 1);
}

TEST_CASE("a job whose answer was lost is found, not repeated") {
  World world;
  const model::Desired desired = samples::of(samples::crm());
  world.faults.set([&](const http::HttpRequest& request, int) {
    return request.method == http::HttpMethod::post && request.url.ends_with("/jobs")
               ? Fault::lost_answer
               : Fault::none;
  });
  const auto report = world.plan_and_apply(desired);
  REQUIRE(report.has_value());
  CHECK(report->all_done());
  CHECK(posts_of(world, "/jobs") == 1);
  CHECK_FALSE(world.plan(desired).has_changes());
}

TEST_CASE("an equal job that somebody made since the plan is taken") {
  World world;
  model::Desired desired = samples::of(samples::crm());
  model::DesiredJob job = desired.applications[0].jobs[0];
  desired.applications[0].jobs.clear();
  REQUIRE(world.plan_and_apply(desired).has_value());
  desired.applications[0].jobs.push_back(job);
  const plan::Plan plan = world.plan(desired);
  world.graph(http::HttpMethod::post,
              "/servicePrincipals/" + world.service_principal_of("Salesforce Contoso") +
                  "/synchronization/jobs",
              {{"templateId", "SfOutDelta"}});
  const auto report = world.apply(plan, desired);
  REQUIRE(report.has_value());
  CHECK(report->all_done());
  CHECK(posts_of(world, "/jobs") == 0);
  CHECK(report->outcomes[0].detail.ends_with("which was there already"));
  CHECK_FALSE(world.plan(desired).has_changes());
}

TEST_CASE("foreign tags are kept, and another project's application is not touched") {
  World world;
  model::Desired desired = samples::of(samples::crm());
  REQUIRE(world.plan_and_apply(desired).has_value());
  const std::string path = "/servicePrincipals/" + world.service_principal_of("Salesforce Contoso");
  Json tags = world.graph(http::HttpMethod::get, path)["tags"];
  tags.push_back("HideApp");
  world.graph(http::HttpMethod::patch, path, {{"tags", tags}});
  desired.applications[0].credentials->revision = "2026-12";
  REQUIRE(world.plan_and_apply(desired).value().all_done());
  CHECK(world.graph(http::HttpMethod::get, path)["tags"] ==
        Json{"WindowsAzureActiveDirectoryIntegratedApp", "syncwright:contoso/-",
             "syncwright-app:crm", "HideApp", "syncwright-credentials:2026-12",
             "syncwright-applied:" + model::applied_digest(desired.applications[0])});

  desired.applications[0].display_name = "Salesforce Fabrikam";
  const plan::Plan plan = world.plan(desired);
  world.graph(http::HttpMethod::patch, path,
              {{"tags", {"syncwright:other/-", "syncwright-app:crm"}}});
  world.faults.forget();
  const auto report = world.apply(plan, desired);
  REQUIRE(report.has_value());
  CHECK(report->outcomes[0].state == plan::OutcomeState::stale);
  CHECK(world.faults.writes().empty());
}

}  // namespace syncwright::apply
