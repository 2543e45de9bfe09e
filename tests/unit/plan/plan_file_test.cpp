#include "syncwright/plan/plan_file.h"

#include <doctest/doctest.h>

#include <functional>

#include "world.h"

using namespace syncwright;
using namespace syncwright::test;

namespace {

PlanFile sample() {
  LiveApplication live = settled(salesforce());
  live.reference.display_name = "Sales";
  live.jobs[0].schedule_state = "Disabled";
  live.jobs[0].quarantine = LiveQuarantine{};
  live.tags.back() = "syncwright-credentials:2026-10";
  Desired desired = project({bare("bare"), salesforce()});
  Live tenant;
  tenant.tenant_id = kTenant;
  tenant.findings.emplace("bare", nothing_found());
  tenant.findings.emplace("salesforce-contoso", found(live));
  tenant.orphans = {{"old", {"a", "sp", "", "Old App", "", ""}}};
  Plan plan = make_plan(desired, tenant, kNow);
  plan.diagnostics.push_back({"SW1001", Severity::warning, "m", "a", {"f.yaml", 3, 2, 0}});
  return {plan, desired};
}

Error error_of(const std::function<void(Json&)>& damage) {
  auto document = parse_json(write_plan_file(sample()));
  REQUIRE(document.has_value());
  damage(*document);
  const auto read = read_plan_file(document->dump());
  REQUIRE_FALSE(read.has_value());
  CHECK(read.error().kind == ErrorKind::invalid_input);
  CHECK_FALSE(read.error().advice.empty());
  return read.error();
}

}  // namespace

TEST_CASE("a plan file comes back as it was written") {
  const PlanFile written = sample();
  const std::string text = write_plan_file(written);
  CHECK(text == write_plan_file(written));
  const auto read = read_plan_file(text);
  REQUIRE(read.has_value());
  CHECK(to_json(read->plan) == to_json(written.plan));
  CHECK(to_json(read->desired) == to_json(written.desired));
  CHECK(read->plan.has_refusals());
  CHECK(write_plan_file(*read) == text);
}

TEST_CASE("a plan file that was tampered with is refused, with the place") {
  CHECK(error_of([](Json& plan) { plan["formatVersion"] = 2; }).message ==
        "the plan file has format 2, this version reads format 1");
  CHECK(error_of([](Json& plan) { plan.erase("formatVersion"); }).message ==
        "not a plan file: it has no formatVersion");
  CHECK(error_of([](Json& plan) {
          plan["desired"]["applications"][1]["displayName"] = "Another";
        }).message ==
        "the plan file was changed: `manifestDigest` is not the digest of its `desired`");
  CHECK(error_of([](Json& plan) { plan["changes"][0]["type"] = "tenant.delete"; }).message ==
        "not a plan file: changes[0].type is not known to this version");
  CHECK(error_of([](Json& plan) { plan["changes"][1]["fields"][0]["path"] = 7; }).message ==
        "not a plan file: changes[1].fields[0].path is not a text");
  CHECK(error_of([](Json& plan) { plan["summary"]["create"] = -1; }).message ==
        "not a plan file: summary.create is not a whole number in range");
  CHECK(error_of([](Json& plan) { plan["createdAt"] = "yesterday"; }).message ==
        "not a plan file: createdAt is not known to this version");
}

TEST_CASE("changes that no planner makes are refused") {
  const std::string prefix = "not a plan file: change `";
  CHECK(error_of([](Json& plan) { plan["changes"][0]["application"] = "other"; }).message ==
        prefix + "bare` has an application that its manifests do not name");
  CHECK(error_of([](Json& plan) { plan["changes"][0]["id"] = "else"; }).message ==
        prefix + "else` has an id that is not its type's");
  CHECK(error_of([](Json& plan) { plan["changes"].back()["job"] = "other"; }).message ==
        prefix + "salesforce-contoso/jobs/default/start` has a job that its manifests do not name");
  CHECK(error_of([](Json& plan) { plan["changes"].push_back(plan["changes"][0]); }).message ==
        prefix + "bare` is there twice");
  CHECK(error_of([](Json& plan) { plan["changes"][0]["after"] = {"bare"}; }).message ==
        prefix + "bare` comes after something that is not before it");
  CHECK(error_of([](Json& plan) { plan["changes"].back()["blocked"] = nullptr; }).message ==
        prefix + "salesforce-contoso/jobs/default/start` has a status that does not fit `blocked`");
}

TEST_CASE("anything that is no plan file is an error, never a crash") {
  const std::string whole = write_plan_file(sample());
  for (const std::string& text :
       {std::string(), std::string("[]"), std::string("null"), std::string("{\"formatVersion\":1}"),
        std::string(100'000, '['), whole.substr(0, whole.size() / 2)}) {
    const auto read = read_plan_file(text);
    REQUIRE_FALSE(read.has_value());
    CHECK(read.error().kind == ErrorKind::invalid_input);
  }
}

TEST_CASE("a plan holds no value of a secret and no clear text of a masked key") {
  const std::string text = write_plan_file(sample());
  CHECK(text.find("\"*\"") == std::string::npos);
  CHECK(text.find("env SALESFORCE_TOKEN") != std::string::npos);
}
