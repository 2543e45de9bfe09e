#include <doctest/doctest.h>

#include <algorithm>
#include <utility>

#include "world.h"

namespace syncwright::apply {

namespace {

using Lines = std::vector<std::string>;

/// Everybody is in scope, and jobs have run.
struct Wide : World {
  Wide() : desired(samples::of(samples::crm())) {
    crm().scope = model::Scope::all;
    settle();
    principal = service_principal_of("Salesforce Contoso");
  }

  model::DesiredApplication& crm() { return desired.applications[0]; }
  void settle() {
    REQUIRE(plan_and_apply(desired).value().all_done());
    clock.advance(Milliseconds{86'400'000});
  }
  std::vector<std::string> pending() {
    std::vector<std::string> tags = tags_of(principal);
    std::erase_if(
        tags, [](const std::string& tag) { return !tag.starts_with(model::kPendingRestartTag); });
    return tags;
  }
  std::vector<std::string> job_ids() {
    std::vector<std::string> ids;
    const Json jobs =
        graph(http::HttpMethod::get, "/servicePrincipals/" + principal + "/synchronization/jobs");
    for (const Json& job : jobs["value"]) ids.push_back(job["id"]);
    return ids;
  }
  /// A second job of the same template, known to the manifest by its id.
  model::DesiredJob& add_job() {
    const std::vector<std::string> before = job_ids();
    const std::string synchronization = "/servicePrincipals/" + principal + "/synchronization/";
    const Json templates = graph(http::HttpMethod::get, synchronization + "templates");
    const Json made = graph(http::HttpMethod::post, synchronization + "jobs",
                            {{"templateId", templates["value"][0]["id"]}});
    crm().jobs[0].job_id = before.at(0);
    model::DesiredJob second;
    second.key = "second";
    second.job_id = made["id"].get<std::string>();
    second.state = model::JobState::started;
    crm().jobs.push_back(second);
    settle();
    return crm().jobs[1];
  }

  model::Desired desired;
  std::string principal;
};

Lines types(const plan::Plan& plan) {
  Lines lines;
  for (const plan::Change& change : plan.changes) lines.push_back(to_string(change.type));
  return lines;
}

}  // namespace

TEST_CASE("a job that stays paused is restarted when it is started again") {
  Wide world;
  world.crm().jobs[0].state = model::JobState::paused;
  world.settle();
  world.crm().scope = model::Scope::assigned;
  CHECK(types(world.plan(world.desired)) == Lines{"credentials.validate", "credentials.save"});
  world.settle();
  CHECK(world.pending() == Lines{"syncwright-pending:restart"});
  CHECK_FALSE(world.plan(world.desired).has_changes());

  world.crm().jobs[0].state = model::JobState::started;
  CHECK(types(world.plan(world.desired)) == Lines{"job.restart"});
  world.settle();
  CHECK(world.pending().empty());
  CHECK_FALSE(world.plan(world.desired).has_changes());
}

TEST_CASE("a restart that an operator holds back is not lost") {
  Wide world;
  Json tags = world.tags_of(world.principal);
  tags.push_back("syncwright-hold:wait");
  world.graph(http::HttpMethod::patch, "/servicePrincipals/" + world.principal, {{"tags", tags}});
  world.crm().scope = model::Scope::assigned;
  const plan::Plan held = world.plan(world.desired);
  CHECK(held.changes[held.changes.size() - 1].status == plan::ChangeStatus::held);
  REQUIRE(world.apply(held, world.desired).value().all_done());
  CHECK(world.pending().size() == 1);
}

TEST_CASE("a job that never ran needs no restart") {
  World fresh;
  model::Desired desired = samples::of(samples::crm());
  desired.applications[0].scope = model::Scope::all;
  desired.applications[0].jobs[0].state = model::JobState::paused;
  REQUIRE(fresh.plan_and_apply(desired).value().all_done());
  desired.applications[0].scope = model::Scope::assigned;
  REQUIRE(fresh.plan_and_apply(desired).value().all_done());
  CHECK_FALSE(model::tag_value(fresh.tags_of(fresh.service_principal_of("Salesforce Contoso")),
                               model::kPendingRestartTag));
}

TEST_CASE("of two jobs the restarted one is done, and the paused one still waits") {
  Wide world;
  model::DesiredJob& second = world.add_job();
  second.state = model::JobState::paused;
  world.settle();
  world.crm().scope = model::Scope::assigned;
  CHECK(types(world.plan(world.desired)) ==
        Lines{"credentials.validate", "credentials.save", "job.restart"});
  world.settle();
  const std::string second_id = *second.job_id;
  CHECK(world.pending() == Lines{"syncwright-pending:restart:" + second_id});
  CHECK_FALSE(world.plan(world.desired).has_changes());

  second.state = model::JobState::started;
  const plan::Plan plan = world.plan(world.desired);
  REQUIRE(types(plan) == Lines{"job.restart"});
  CHECK(plan.changes[0].job == "second");
  world.settle();
  CHECK(world.pending().empty());
}

TEST_CASE("two jobs are both restarted, and nothing waits") {
  Wide world;
  world.add_job();
  world.crm().scope = model::Scope::assigned;
  CHECK(types(world.plan(world.desired)) ==
        Lines{"credentials.validate", "credentials.save", "job.restart", "job.restart"});
  world.settle();
  CHECK(world.pending().empty());
  CHECK_FALSE(world.plan(world.desired).has_changes());
}

TEST_CASE("a job that is deleted waits for no restart") {
  Wide world;
  world.crm().jobs[0].state = model::JobState::paused;
  world.settle();
  world.crm().scope = model::Scope::assigned;
  world.settle();
  REQUIRE(world.pending() == Lines{"syncwright-pending:restart"});
  model::DesiredJob gone;
  gone.key = "default";
  gone.absent = true;
  const model::DesiredJob kept = std::exchange(world.crm().jobs[0], gone);
  REQUIRE(world.apply(world.plan(world.desired, true), world.desired).value().all_done());
  CHECK(world.pending().empty());
  world.crm().jobs[0] = kept;
  world.crm().jobs[0].state = model::JobState::started;
  world.settle();
  CHECK_FALSE(world.plan(world.desired).has_changes());
}

TEST_CASE("of two jobs one is deleted, and the other one waits by itself") {
  Wide world;
  model::DesiredJob& second = world.add_job();
  second.state = model::JobState::paused;
  world.crm().jobs[0].state = model::JobState::paused;
  world.settle();
  world.crm().scope = model::Scope::assigned;
  world.settle();
  model::DesiredJob gone;
  gone.key = "second";
  gone.job_id = second.job_id;
  gone.absent = true;
  second = gone;
  REQUIRE(world.apply(world.plan(world.desired, true), world.desired).value().all_done());
  CHECK(world.pending() == Lines{"syncwright-pending:restart:" + world.job_ids().at(0)});
}

TEST_CASE("a job that no manifest names waits for a person's restart, and the plan says so") {
  Wide world;
  world.crm().jobs.clear();
  world.crm().scope = model::Scope::assigned;
  const auto told = [&] {
    const plan::Plan plan = world.plan(world.desired);
    REQUIRE(plan.health.size() == 1);
    CHECK(plan.health[0].state == plan::HealthState::unmanaged);
    CHECK(plan.health[0].is_drift);
    CHECK(plan.health[0].message.text().find("`syncwright job restart --app crm`") !=
          std::string::npos);
  };
  told();
  world.settle();
  CHECK(world.pending() == Lines{"syncwright-pending:restart"});
  CHECK_FALSE(world.plan(world.desired).has_changes());
  told();
}

}  // namespace syncwright::apply
