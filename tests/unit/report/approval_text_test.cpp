#include <doctest/doctest.h>

#include "sample.h"
#include "syncwright/report/plan_text.h"

using namespace syncwright;
using namespace syncwright::report;
using namespace syncwright::report::test;

TEST_CASE("who is asked reads once more where, how much and over which guards") {
  plan::Plan plan;
  plan.project = "contoso";
  plan.environment = "prod";
  plan.tenant_id = "5f2c";
  plan.changes = {change(plan::ChangeType::application_instantiate, "a"),
                  change(plan::ChangeType::job_create, "a/jobs/default"),
                  change(plan::ChangeType::schema_put, "b/jobs/default/schema"),
                  change(plan::ChangeType::application_delete, "c"),
                  change(plan::ChangeType::job_start, "d/jobs/default/start")};
  plan.changes[4].status = plan::ChangeStatus::held;
  CHECK(approval_question(plan, {}) ==
        "contoso/prod in tenant 5f2c: 1 to create, 1 to update, 1 to delete, 4 changes.\n"
        "Do you want to carry out these changes?");
  plan.environment.clear();
  plan.changes = {plan.changes[0]};
  plan.guards = {
      {plan::Guard::deprovision, "1 change may disable people", "--allow-deprovision 1", 1, 0}};
  CHECK(approval_question(plan, {}) ==
        "contoso in tenant 5f2c: 1 to create, 1 change.\n"
        "guard deprovision: 1 change may disable people\n"
        "Do you want to carry out these changes?");
}
