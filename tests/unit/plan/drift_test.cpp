#include "syncwright/plan/drift.h"

#include <doctest/doctest.h>

#include "syncwright/plan/plan_file.h"
#include "world.h"

using namespace syncwright;
using namespace syncwright::test;

namespace {

Plan drifted(const std::optional<std::string>& applied) {
  LiveApplication live = settled(salesforce());
  live.reference.display_name = "Sales";
  if (applied) live.tags.push_back("syncwright-applied:" + *applied);
  return planned(salesforce(), found(live));
}

LiveEdit edit(const std::string& by, const std::string& at,
              const std::string& principal = kServicePrincipal) {
  return {principal, "Update service principal", by, "id-of-" + by, at};
}

Cause cause_after(const std::optional<std::string>& applied, const std::vector<LiveEdit>& edits) {
  return make_drift(drifted(applied), edits, {"PIPELINE@contoso.com"}).plan.changes.at(0).cause;
}

}  // namespace

TEST_CASE("the tag of the last apply tells whether tenant or manifest changed") {
  CHECK(cause_after(std::nullopt, {}) == Cause::unknown);
  CHECK(cause_after(applied_digest(salesforce()), {}) == Cause::tenant);
  CHECK(cause_after("0123", {}) == Cause::manifest);
}

TEST_CASE("an edit by somebody else after ours makes it both") {
  const LiveEdit theirs = edit("ada@contoso.com", "2026-11-20T08:00:00Z");
  const LiveEdit ours = edit("pipeline@contoso.com", "2026-11-20T09:00:00Z");
  CHECK(cause_after("0123", {theirs}) == Cause::both);
  CHECK(cause_after("0123", {ours, theirs}) == Cause::manifest);
  CHECK(cause_after("0123", {ours, edit("eve", "2026-11-21T00:00:00Z")}) == Cause::both);
  CHECK(cause_after("0123", {edit("eve", "2026-11-21T00:00:00Z", "another")}) == Cause::manifest);
  CHECK(cause_after(applied_digest(salesforce()), {theirs}) == Cause::tenant);
}

TEST_CASE("drift's JSON is the plan's with causes and edits; the plan's own has neither") {
  const Drift drift = make_drift(drifted("0123"),
                                 {edit("pipeline@contoso.com", "2026-11-21T00:00:00Z"),
                                  edit("eve", "2026-11-20T00:00:00Z"), edit("x", "t", "another")},
                                 {"id-of-pipeline@contoso.com"});
  Json document = to_json(drift);
  CHECK(document["changes"][0]["cause"] == "manifest");
  REQUIRE(document["edits"].size() == 2);
  CHECK(document["edits"][0] == Json{{"application", "salesforce-contoso"},
                                     {"servicePrincipalId", kServicePrincipal},
                                     {"activity", "Update service principal"},
                                     {"by", "eve"},
                                     {"byId", "id-of-eve"},
                                     {"at", "2026-11-20T00:00:00Z"},
                                     {"ours", false}});
  CHECK(document["edits"][1]["ours"] == true);
  document.erase("edits");
  document["changes"][0].erase("cause");
  CHECK(document == to_json(drift.plan));
}
