#include <doctest/doctest.h>
#include <fmt/format.h>

#include "golden.h"
#include "report/drift_report.h"
#include "report/markdown/plan_markdown.h"
#include "syncwright/plan/drift.h"
#include "syncwright/plan/plan_file.h"
#include "syncwright/report/plan_text.h"
#include "world.h"

using namespace syncwright;
using namespace syncwright::plan;
using namespace syncwright::plan::test;

// Whole outputs of tests/cases/plan: adopting, assigning, pruning, and many applications at once.

namespace {

void check_case(const std::string& name, const Drift& drift) {
  const report::Style style;
  check_golden(name, "plan.txt", report::render_plan(drift.plan, style));
  check_golden(name, "plan.md", report::render_plan_markdown(drift.plan));
  check_golden(name, "drift.txt", render_drift(drift, style));
  check_golden(name, "drift.md", report::render_drift_markdown(drift));
}

void check_json(const std::string& name, const Drift& drift) {
  check_golden(name, "plan.json", document_of(drift.plan).text());
}

model::LiveApplication named(model::LiveApplication live, const std::string& id) {
  live.reference.service_principal_id = id;
  live.reference.app_id = "appid-" + id;
  return live;
}

}  // namespace

TEST_CASE("006: applications that are taken over, and refused") {
  model::DesiredApplication by_id = salesforce();
  by_id.adopt = {model::Adopt::Mode::service_principal, "sp-1",
                 SourceRange{"manifests/salesforce.yaml", 9, 5, 0}};
  model::LiveApplication handmade = named(settled(by_id), "sp-1");
  handmade.tags = {"HideApp"};
  handmade.reference.application_id = "obj-1";
  handmade.reference.display_name = "Sales";
  model::DesiredApplication renamed = bare("crm");
  renamed.previously = {"sales"};
  model::LiveApplication earlier = named(settled(bare("sales")), "sp-2");
  model::DesiredApplication several = bare("twins");
  several.adopt.mode = model::Adopt::Mode::by_name;
  model::DesiredApplication missing = bare("missing");
  missing.adopt = {model::Adopt::Mode::app_id, "0f1e", {}};

  model::Live tenant;
  tenant.tenant_id = kTenant;
  tenant.findings["salesforce-contoso"] = nothing_found();
  tenant.findings["salesforce-contoso"].adoptable = handmade;
  tenant.findings["crm"] = nothing_found();
  tenant.findings["crm"].adoptable = earlier;
  tenant.findings["twins"] = nothing_found();
  tenant.findings["twins"].neighbours = {named(settled(bare("x")), "sp-3"),
                                         named(settled(bare("x")), "sp-4")};
  for (model::LiveApplication& live : tenant.findings["twins"].neighbours) live.tags.clear();
  tenant.findings["missing"] = nothing_found();
  const Drift drift{make_plan(project({renamed, missing, by_id, several}), tenant, kNow), {}};
  check_case("006-adoption", drift);
  check_json("006-adoption", drift);
}

TEST_CASE("007: assignments, with everything that can be wrong with one") {
  model::DesiredApplication desired =
      assigning({group("Sales", "user"), user("ada@contoso.com"), user("Eve", "admin"),
                 group("Nobody"), group("Ops", "Chief")});
  model::DesiredApplication exact = assigning({group("Sales")});
  exact.name = "strict";
  exact.assignments->mode = model::DesiredAssignments::Mode::exact;
  model::DesiredApplication fresh =
      assigning({group("Sales", "Standard User"), user("ada@contoso.com")});
  fresh.name = "fresh";
  model::LiveApplication live = settled(desired);
  live.app_roles = app_roles();
  live.assignments = {{"a1", "g-1", "Group", "Sales", "r-user"}};
  model::LiveApplication strict = named(settled(exact), "sp-2");
  strict.app_roles = app_roles();
  strict.assignments = {{"a1", "g-1", "Group", "Sales", "r-user"},
                        {"a2", "u-7", "User", "Mallory | <b>@all", "r-gone"}};
  const model::LivePrincipal sales{"g-1", "Sales", ""};
  const model::LivePrincipal ada{"u-1", "Ada", "ada@contoso.com"};
  model::Live tenant;
  tenant.tenant_id = kTenant;
  tenant.findings["sf"] = found(live);
  tenant.findings["sf"].principals = {{sales},
                                      {ada},
                                      {{"u-2", "Eve", "eve@contoso.com"}, {"u-3", "Eve", ""}},
                                      {},
                                      {{"g-2", "Ops", ""}}};
  tenant.findings["strict"] = found(strict);
  tenant.findings["strict"].principals = {{sales}};
  tenant.findings["fresh"] = nothing_found();
  tenant.findings["fresh"].principals = {{sales}, {ada}};
  const Drift drift{make_plan(project({fresh, desired, exact}), tenant, kNow), {}};
  check_case("007-assignments", drift);
  check_json("007-assignments", drift);
}

TEST_CASE("008: pruning, holds, guards, and who changed what") {
  model::DesiredApplication held = salesforce();
  model::DesiredJob old;
  old.key = "old";
  old.absent = true;
  old.where = {"manifests/salesforce.yaml", 40, 5, 0};
  held.jobs.push_back(old);
  held.jobs[0].job_id = running_job().id;
  model::LiveApplication live = settled(salesforce());
  live.tags.emplace_back("syncwright-hold:the target is moved");
  live.tags.push_back("syncwright-applied:" + applied_digest(held));
  live.jobs[0].schedule_state = "Disabled";
  live.jobs.push_back(running_job());
  live.jobs[1].id = "old.2";
  live.jobs[1].template_id = "old";
  model::DesiredApplication narrowed = salesforce();
  narrowed.name = "narrowed";
  model::LiveApplication wide = named(settled(narrowed), "sp-2");
  wide.tags.emplace_back("syncwright-applied:0123");
  for (model::LiveSecret& secret : wide.secrets) {
    if (secret.key == "SyncAll") secret.value = "true";
  }
  const model::Desired desired = project({narrowed, held});
  model::Live tenant;
  tenant.tenant_id = kTenant;
  tenant.findings["salesforce-contoso"] = found(live);
  tenant.findings["narrowed"] = found(wide);
  tenant.orphans = {{"box", {"app-8", "sp-8", "", "Box", "", ""}, {"syncwright:contoso/prod"}},
                    {"vault", {"app-9", "sp-9", "", "Vault", "", ""}, {"syncwright-protected"}}};
  PlanContext context = plan_context(desired);
  context.prune = true;
  const Drift drift = make_drift(make_plan(desired, tenant, kNow, context),
                                 {{{"sp-2",
                                    "Update provisioning setting or credentials",
                                    "ada@contoso.com",
                                    "u-1",
                                    "2026-11-20T08:00:00Z",
                                    {},
                                    false},
                                   {kServicePrincipal,
                                    "Update service principal",
                                    "pipeline",
                                    "p-1",
                                    "2026-11-19T08:00:00Z",
                                    {},
                                    false}}},
                                 {"p-1"});
  check_case("008-prune", drift);
  check_json("008-prune", drift);
  check_golden("008-prune", "drift.json", document_of(drift).text());
}

TEST_CASE("009: five hundred applications stay readable") {
  std::vector<model::DesiredApplication> applications;
  model::Live tenant;
  tenant.tenant_id = kTenant;
  for (int i = 0; i < 500; ++i) {
    model::DesiredApplication application = salesforce();
    application.name = fmt::format("site-{:03}", i);
    application.display_name = fmt::format("Site {:03}", i);
    application.row = {"manifests/sites.csv", i + 2, 1, 0};
    model::LiveApplication live = named(settled(application), application.name);
    std::get<std::string>(application.credentials->values[0].value) =
        fmt::format("https://site-{:03}.example.com/", i);
    model::Findings findings = found(live);
    if (i < 12) findings = nothing_found();
    if (i == 300) findings.owned[0].jobs[0].schedule_state = "Disabled";
    tenant.findings.emplace(application.name, findings);
    applications.push_back(std::move(application));
  }
  for (int i = 0; i < 12; ++i) {
    model::DesiredApplication application = bare(fmt::format("hand-{:02}", i));
    model::LiveApplication live = settled(application);
    live.jobs = {running_job()};  // somebody depends on it, so that the guards count it
    live.reference.display_name = "Edited";
    if (i % 2 == 0) live.tags.pop_back();
    tenant.findings.emplace(application.name, found(live));
    applications.push_back(std::move(application));
  }
  std::sort(applications.begin(), applications.end(),
            [](const auto& left, const auto& right) { return left.name < right.name; });
  check_case("009-many", {make_plan(project(std::move(applications)), tenant, kNow), {}});
}
