#include "syncwright/plan/drift.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>

#include "syncwright/plan/plan_file.h"
#include "world.h"

using namespace syncwright;
using namespace syncwright::plan;
using namespace syncwright::plan::test;

namespace {

Plan drifted(const std::optional<std::string>& applied) {
  model::LiveApplication live = settled(salesforce());
  live.reference.display_name = "Sales";
  if (applied) live.tags.push_back("syncwright-applied:" + *applied);
  return planned(salesforce(), found(live));
}

model::LiveEdit edit(const std::string& by, const std::string& at,
                     const std::string& principal = kServicePrincipal) {
  return {principal, "Update service principal", by, "id-of-" + by, at, {}, false};
}

Cause cause_after(const std::optional<std::string>& applied,
                  const std::vector<model::LiveEdit>& edits) {
  return make_drift(drifted(applied), edits, {"PIPELINE@contoso.com"}).plan.changes[0].cause;
}

constexpr const char* kOurs = "pipeline@contoso.com";
const std::string kAssign = "Add app role assignment to service principal";
const std::string kRevoke = "Remove app role assignment from service principal";
const std::string kSettings = "Update provisioning setting or credentials";
const std::string kSchema = "Update attribute mappings or scope";
const std::string kStart = "Enable/start provisioning configuration";
const std::string kRestart = "Enable/restart provisioning configuration";
const std::string kPause = "Disable/pause provisioning configuration";
const std::string kAddJob = "Add provisioning configuration";
const std::string kDeleteJob = "Delete provisioning configuration";
const std::string kAllActivities[] = {"Update service principal",
                                      kAssign,
                                      kRevoke,
                                      kSettings,
                                      kSchema,
                                      kStart,
                                      kRestart,
                                      kPause,
                                      kAddJob,
                                      kDeleteJob,
                                      "Export",
                                      "Update user"};

model::LiveEdit edited(const std::string& by, const std::string& activity, int hour) {
  model::LiveEdit made = edit(by, fmt::format("2026-11-20T{:02}:00:00Z", hour));
  made.activity = activity;
  return made;
}

/// Of a difference of this type, where the manifest changed.
Cause cause_of(ChangeType type, const std::vector<model::LiveEdit>& edits) {
  Plan plan = drifted("0123");
  plan.changes[0].type = type;
  return make_drift(std::move(plan), edits, {kOurs}).plan.changes[0].cause;
}

}  // namespace

TEST_CASE("the tag of the last apply tells whether tenant or manifest changed") {
  CHECK(cause_after(std::nullopt, {}) == Cause::unknown);
  CHECK(cause_after(model::applied_digest(salesforce()), {}) == Cause::tenant);
  CHECK(cause_after("0123", {}) == Cause::manifest);
}

TEST_CASE("an edit by somebody else after ours makes it both") {
  const model::LiveEdit theirs = edit("ada@contoso.com", "2026-11-20T08:00:00Z");
  const model::LiveEdit ours = edit("pipeline@contoso.com", "2026-11-20T09:00:00Z");
  CHECK(cause_after("0123", {theirs}) == Cause::both);
  CHECK(cause_after("0123", {ours, theirs}) == Cause::manifest);
  CHECK(cause_after("0123", {edit("eve", "2026-11-21T00:00:00Z"), ours}) == Cause::both);
  CHECK(cause_after("0123", {edit("eve", "2026-11-21T00:00:00Z", "another")}) == Cause::manifest);
  CHECK(cause_after(model::applied_digest(salesforce()), {theirs}) == Cause::tenant);
}

TEST_CASE("without the log only the tenant's part is certain") {
  const auto cause_without_log = [](const std::string& applied) {
    return make_drift(drifted(applied), std::nullopt, {}).plan.changes[0].cause;
  };
  CHECK(cause_without_log("0123") == Cause::unknown);
  CHECK(cause_without_log(model::applied_digest(salesforce())) == Cause::tenant);
}

TEST_CASE("an edit is the cause of what it can have made, and of nothing else") {
  const std::vector<std::pair<ChangeType, std::vector<std::string>>> made = {
      {ChangeType::application_update, {"Update service principal"}},
      {ChangeType::assignment_add, {kAssign, kRevoke}},
      {ChangeType::assignment_remove, {kAssign, kRevoke}},
      {ChangeType::credentials_save, {kSettings}},
      {ChangeType::schema_put, {kSchema, kAddJob, kDeleteJob}},
      {ChangeType::job_start, {kStart, kPause, kRestart, kAddJob, kDeleteJob}},
      {ChangeType::job_pause, {kStart, kPause, kRestart, kAddJob, kDeleteJob}},
      {ChangeType::job_restart, {kStart, kPause, kRestart, kAddJob, kDeleteJob, kSettings}},
      {ChangeType::job_create, {kAddJob, kDeleteJob}},
      {ChangeType::job_delete, {kAddJob, kDeleteJob}},
  };
  for (const auto& [type, activities] : made) {
    for (const std::string& activity : kAllActivities) {
      CAPTURE(to_string(type));
      CAPTURE(activity);
      const bool fits =
          std::find(activities.begin(), activities.end(), activity) != activities.end();
      CHECK(cause_of(type, {edited("eve", activity, 8)}) == (fits ? Cause::both : Cause::manifest));
    }
  }
}

TEST_CASE("an edit of ours settles what it can have made, and nothing else") {
  const model::LiveEdit theirs = edited("eve", kSchema, 8);
  CHECK(cause_of(ChangeType::schema_put, {edited(kOurs, kPause, 10), edited(kOurs, kStart, 9),
                                          edited(kOurs, kSettings, 9), theirs}) == Cause::both);
  CHECK(cause_of(ChangeType::schema_put, {edited(kOurs, kSchema, 9), theirs}) == Cause::manifest);
  CHECK(cause_of(ChangeType::job_start, {edited(kOurs, kStart, 9), edited("eve", kPause, 8)}) ==
        Cause::manifest);
}

TEST_CASE("the last step of an apply settles everything before it") {
  model::LiveEdit applied = edited(kOurs, "Update service principal", 9);
  applied.properties = {"tags"};
  CHECK(cause_of(ChangeType::schema_put, {applied, edited("eve", kSchema, 8)}) == Cause::both);
  applied.applied = true;
  CHECK(cause_of(ChangeType::schema_put, {applied, edited("eve", kSchema, 8)}) == Cause::manifest);
  CHECK(cause_of(ChangeType::schema_put, {edited("eve", kSchema, 10), applied}) == Cause::both);
  applied.by = "another pipeline";
  CHECK(cause_of(ChangeType::schema_put, {applied, edited("eve", kSchema, 8)}) == Cause::manifest);
  CHECK(cause_of(ChangeType::application_update, {applied}) == Cause::manifest);
}

TEST_CASE("a rename and tags are told apart where the log says what was modified") {
  model::LiveEdit theirs = edited("eve", "Update service principal", 8);
  model::LiveEdit ours = edited(kOurs, "Update service principal", 9);
  theirs.properties = {"displayname"};
  ours.properties = {"tags"};  // a hold
  CHECK(cause_after("0123", {ours, theirs}) == Cause::both);
  ours.properties = {"displayname", "tags"};
  CHECK(cause_after("0123", {ours, theirs}) == Cause::manifest);
  theirs.properties = {"tags"};
  CHECK(cause_after("0123", {theirs}) == Cause::manifest);  // what differs is the name
  theirs.properties = {"notes"};
  CHECK(cause_after("0123", {theirs}) == Cause::manifest);
}

TEST_CASE("edits of one moment keep the order of the log; fractions of a second count") {
  CHECK(cause_of(ChangeType::schema_put, {edited(kOurs, kSchema, 8), edited("eve", kSchema, 8)}) ==
        Cause::manifest);
  CHECK(cause_of(ChangeType::schema_put, {edited("eve", kSchema, 8), edited(kOurs, kSchema, 8)}) ==
        Cause::both);
  model::LiveEdit later = edited("eve", kSchema, 8);
  later.at = "2026-11-20T08:00:00.5Z";
  CHECK(cause_of(ChangeType::schema_put, {edited(kOurs, kSchema, 8), later}) == Cause::both);
}

TEST_CASE("drift's JSON is the plan's with causes and edits; the plan's own has neither") {
  const Drift drift = make_drift(drifted("0123"),
                                 {{edit("pipeline@contoso.com", "2026-11-21T00:00:00Z"),
                                   edit("eve", "2026-11-20T00:00:00Z"), edit("x", "t", "another")}},
                                 {"id-of-pipeline@contoso.com"});
  Json document = document_of(drift).tree();
  CHECK(document["changes"][0]["cause"] == "manifest");
  REQUIRE(document["edits"].size() == 2);
  CHECK(document["edits"][0] == Json{{"application", "salesforce-contoso"},
                                     {"servicePrincipalId", kServicePrincipal},
                                     {"activity", "Update service principal"},
                                     {"by", "eve"},
                                     {"byId", "id-of-eve"},
                                     {"at", "2026-11-20T00:00:00Z"},
                                     {"modified", Json::array()},
                                     {"ours", false}});
  CHECK(document["edits"][1]["ours"] == true);
  CHECK(document["unmanagedEdits"] == Json::array());
  document.erase("edits");
  document.erase("unmanagedEdits");
  document["changes"][0].erase("cause");
  CHECK(document == document_of(drift.plan).tree());
}

namespace {

/// Who made the edits outside what the manifests manage, of a plan with these changes.
std::vector<std::string> outside(Changes changes, const std::vector<model::LiveEdit>& edits) {
  Plan plan = drifted("0123");
  plan.changes = std::move(changes);
  std::vector<std::string> editors;
  const Drift drift = make_drift(std::move(plan), edits, {kOurs});
  REQUIRE(drift.unmanaged);
  for (const DriftEdit& edit : *drift.unmanaged) {
    CHECK_FALSE(edit.ours);
    CHECK(edit.application == "salesforce-contoso");
    editors.push_back(edit.edit.by);
  }
  return editors;
}

Changes one(ChangeType type) {
  Change change = drifted("0123").changes[0];
  change.type = type;
  return {change};
}

using Editors = std::vector<std::string>;

}  // namespace

TEST_CASE("an edit that no difference can come from is one outside what the manifests manage") {
  const model::LiveEdit schema = edited("eve", kSchema, 8);
  CHECK(outside({}, {schema}) == Editors{"eve"});
  CHECK(outside(one(ChangeType::schema_put), {schema}).empty());
  CHECK(outside(one(ChangeType::job_start), {schema}) == Editors{"eve"});
  CHECK(outside(one(ChangeType::job_start), {edited("ada", kPause, 9), schema}) == Editors{"eve"});
  CHECK(outside({}, {edited("ada", "Something new", 9), schema}) == Editors{"eve", "ada"});
}

TEST_CASE("ours, what an apply has settled and what another application had are not outside") {
  const model::LiveEdit schema = edited("eve", kSchema, 8);
  model::LiveEdit applied = edited("somebody at a terminal", "Update service principal", 9);
  applied.properties = {"tags"};
  CHECK(outside({}, {applied, schema}) == Editors{"eve", "somebody at a terminal"});
  applied.applied = true;
  CHECK(outside({}, {applied, schema}).empty());
  CHECK(outside({}, {edited("ada", kSchema, 10), applied, schema}) == Editors{"ada"});
  CHECK(outside({}, {edited(kOurs, kSchema, 9)}).empty());
  CHECK(outside({}, {edited(kOurs, kSchema, 9), schema}).empty());
  CHECK(outside({}, {edited(kOurs, kPause, 9), schema}) == Editors{"eve"});
  CHECK(outside({}, {edit("eve", "2026-11-20T08:00:00Z", "another")}).empty());
}

TEST_CASE("an application that is taken over by this plan has no edits outside it yet") {
  const model::LiveEdit schema = edited("eve", kSchema, 8);
  CHECK(outside(one(ChangeType::application_adopt), {schema}).empty());
}

TEST_CASE("edits are told beside an application that differs, and only there") {
  Plan plan = drifted("0123");
  plan.changes = {};
  const Drift none = make_drift(std::move(plan), {{edited(kOurs, kSchema, 9)}}, {kOurs});
  CHECK(none.edits.empty());
  CHECK(make_drift(drifted("0123"), {{edited(kOurs, kSchema, 9)}}, {kOurs}).edits.size() == 1);
}

TEST_CASE("without the log nothing is known of edits outside") {
  const Drift drift = make_drift(drifted("0123"), std::nullopt, {});
  CHECK_FALSE(drift.unmanaged);
  CHECK(document_of(drift).tree()["unmanagedEdits"].is_null());
}

TEST_CASE("the JSON of an edit outside has what the log says was modified") {
  model::LiveEdit renamed = edit("eve", "2026-11-20T08:00:00Z");
  renamed.modified = {{"notes", "\"a\"", "\"b\""}};
  renamed.properties = {"notes"};
  const Json document = document_of(make_drift(drifted("0123"), {{renamed}}, {})).tree();
  REQUIRE(document["unmanagedEdits"].size() == 1);
  CHECK(document["unmanagedEdits"][0]["modified"] ==
        Json::array({{{"property", "notes"}, {"before", "\"a\""}, {"after", "\"b\""}}}));
}
