#include <doctest/doctest.h>

#include <functional>

#include "world.h"

using namespace syncwright;
using namespace syncwright::plan;
using namespace syncwright::plan::test;

namespace {

/// An application of the project that no manifest names any more, applied as `was` says.
model::Orphan orphan_of(const model::DesiredApplication& was) {
  model::Orphan orphan{
      was.name, {"app-" + was.name, "sp-" + was.name, "", was.display_name, "", ""}, {}};
  orphan.tags = {"syncwright:contoso/prod", "syncwright-app:" + was.name,
                 "syncwright-applied:" + model::applied_digest(was)};
  orphan.application_template_id = kSalesforceTemplate;
  return orphan;
}

model::DesiredApplication called(const std::string& name, const std::string& display_name) {
  model::DesiredApplication application = bare(name);
  application.display_name = display_name;
  return application;
}

/// The diagnostics of a plan that creates `created` beside `orphans`.
std::vector<Diagnostic> hints(std::vector<model::DesiredApplication> created,
                              std::vector<model::Orphan> orphans, bool prune = false,
                              const std::function<void(model::Findings&)>& edit = {}) {
  model::Live tenant;
  tenant.orphans = std::move(orphans);
  for (const model::DesiredApplication& application : created) {
    model::Findings findings = nothing_found();
    if (edit) edit(findings);
    tenant.findings.emplace(application.name, findings);
  }
  const model::Desired desired = project(std::move(created));
  PlanContext context = plan_context(desired);
  context.prune = prune;
  return make_plan(desired, tenant, kNow, context).diagnostics;
}

std::vector<std::string> messages(const std::vector<Diagnostic>& diagnostics) {
  std::vector<std::string> told;
  for (const Diagnostic& diagnostic : diagnostics) told.push_back(diagnostic.message);
  return told;
}

using Messages = std::vector<std::string>;

}  // namespace

TEST_CASE("SW5040: the settings, the display name or the gallery tell of a rename") {
  model::DesiredApplication was = called("old", "Old");
  was.scope = model::Scope::assigned;
  model::DesiredApplication now = was;
  now.name = "new";
  SUBCASE("the settings are the same") {
    const std::vector<Diagnostic> told = hints({now}, {orphan_of(was)});
    REQUIRE(told.size() == 1);
    CHECK(told[0].code == Code::SW5040);
    CHECK(told[0].severity == Severity::warning);
    CHECK(told[0].message ==
          "`new` is created with the settings of `old`, which no manifest names any more");
    CHECK(told[0].advice ==
          "if `old` was renamed, write `lifecycle: {previously: [old]}` (for a row of a set: under "
          "its `overrides`)");
    CHECK(told[0].where.line == now.where.line);
  }
  SUBCASE("but for the display name, which has the name in it") {
    now.display_name = "New";
    now.row = {"rows.csv", 3, 1, 0};
    const std::vector<Diagnostic> told = hints({now}, {orphan_of(was)});
    CHECK(
        messages(told) ==
        Messages{"`new` is created with the settings of `old`, which no manifest names any more"});
    CHECK(told[0].where.file == "rows.csv");
  }
  SUBCASE("the display name is the same") {
    now.scope = model::Scope::all;
    CHECK(messages(hints({now}, {orphan_of(was)}, true)) ==
          Messages{"`new` is created under the display name of `old`, which no manifest names any "
                   "more and which is deleted"});
  }
  SUBCASE("it is made from the same gallery application") {
    now.scope = model::Scope::all;
    now.display_name = "New";
    CHECK(
        messages(hints({now}, {orphan_of(was)})) ==
        Messages{"`new` is created from the gallery application of `old`, which no manifest names "
                 "any more"});
    model::Orphan other = orphan_of(was);
    other.application_template_id = "another";
    CHECK(hints({now}, {other}).empty());
  }
}

TEST_CASE("SW5040: which of several is which is one question") {
  const model::Orphan a = orphan_of(called("a", "A"));
  model::Orphan b = orphan_of(called("b", "B"));
  b.tags.pop_back();
  model::DesiredApplication x = called("x", "X");
  x.scope = model::Scope::all;
  model::DesiredApplication y = called("y", "A");
  y.scope = model::Scope::all;
  model::DesiredApplication z = called("z", "Z");
  z.scope = model::Scope::all;
  // `y` has a display name to go by, and takes `a` off the list.
  CHECK(messages(hints({x, y, z}, {a, b})) ==
        Messages{"`y` is created under the display name of `a`, which no manifest names any more",
                 "`x` and `z` are created from the gallery application of `b`, which no manifest "
                 "names any more"});
  const std::vector<Diagnostic> told = hints({x}, {a, b}, true);
  CHECK(messages(told) == Messages{"`x` is created from the gallery application of `a` and `b`, "
                                   "which no manifest names any more and which are deleted"});
  CHECK(told[0].advice ==
        "for each that was renamed, with its earlier name as OLD, write `lifecycle: {previously: "
        "[OLD]}` (for a row of a set: under its `overrides`)");
}

TEST_CASE("SW5040 is not about what is there, what is resumed and what a killed run left") {
  const model::DesiredApplication was = called("old", "Same");
  const model::DesiredApplication now = called("new", "Same");
  REQUIRE(hints({now}, {orphan_of(was)}).size() == 1);
  CHECK(hints({now}, {}).empty());
  CHECK(hints({now}, {orphan_of(was)}, false, [&](model::Findings& findings) {
          findings.owned = {settled(now)};
        }).empty());
  CHECK(hints({now}, {orphan_of(was)}, false, [](model::Findings& findings) {
          findings.unclaimed = {{"a1", "", "i1", "syncwright:contoso/prod/new", "", ""}};
        }).empty());
  model::Orphan begun = orphan_of(was);
  begun.tags.clear();
  CHECK(hints({now}, {begun}).empty());
}
