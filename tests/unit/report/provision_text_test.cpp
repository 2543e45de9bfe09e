#include "syncwright/report/provision_text.h"

#include <doctest/doctest.h>

using namespace syncwright;
using namespace syncwright::report;

namespace {

ProvisionReport provision_report() {
  ProvisionReport report;
  report.application = "salesforce";
  report.job_id = "sf.1";
  report.rule = "OUT";
  report.object = "User ada@contoso.com";
  report.object_id = "u1";
  report.result = "success";
  report.request_id = "req-1";
  report.steps = {{"EntryImport", "success", "Retrieved user ada", {"objectId: u1"}},
                  {"EntryExportAdd", "success", "Created", {}}};
  report.changes = {{"Username", "", "ada"}, {"Title", "Clerk", "Countess"}, {"Fax", "1", ""}};
  return report;
}

}  // namespace

TEST_CASE("the steps, the changes, one sentence with the result") {
  CHECK(render_provision(provision_report(), Style{}) ==
        R"(User ada@contoso.com → salesforce, rule OUT
  EntryImport     success  Retrieved user ada
                           objectId: u1
  EntryExportAdd  success  Created

  Username  ada
  Title     Clerk → Countess
  Fax       1 → (none)

User ada@contoso.com is provisioned.
)");
}

TEST_CASE("a failure says its code and message") {
  ProvisionReport report = provision_report();
  report.steps.clear();
  report.changes.clear();
  report.result = "failure";
  report.error_code = "InvalidAnchor";
  report.error_message = "no anchor";
  CHECK(render_provision(report, Style{}) ==
        "User ada@contoso.com → salesforce, rule OUT\n\n"
        "User ada@contoso.com could not be provisioned: InvalidAnchor: no anchor\n");
  report.error_code.clear();
  report.error_message.clear();
  CHECK(render_provision(report, Style{}).ends_with("could not be provisioned.\n"));
}

TEST_CASE("what was skipped says why: the service, else the steps, else nobody") {
  ProvisionReport report = provision_report();
  report.changes.clear();
  report.result = "skipped";
  CHECK(render_provision(report, Style{})
            .ends_with("User ada@contoso.com was skipped: the steps say why.\n"));
  report.error_code = "NotEffectivelyEntitled";
  report.error_message = "not assigned";
  CHECK(
      render_provision(report, Style{})
          .ends_with("\nUser ada@contoso.com was skipped: NotEffectivelyEntitled: not assigned\n"));
  CHECK(to_json(report)["errorCode"] == "NotEffectivelyEntitled");
  CHECK(to_json(report)["errorMessage"] == "not assigned");
  report.error_code.clear();
  CHECK(render_provision(report, Style{}).ends_with("was skipped: not assigned\n"));
  report.error_message.clear();
  report.steps.clear();
  CHECK(
      render_provision(report, Style{}).ends_with("was skipped: the service does not say why.\n"));
}

TEST_CASE("a warning says its reason") {
  ProvisionReport report = provision_report();
  report.result = "warning";
  CHECK(render_provision(report, Style{})
            .ends_with("User ada@contoso.com is provisioned, with a warning.\n"));
  report.error_message = "the manager comes later";
  CHECK(render_provision(report, Style{}).ends_with("with a warning: the manager comes later\n"));
}

TEST_CASE("as JSON") {
  const Json json = to_json(provision_report());
  CHECK(json["result"] == "success");
  CHECK(json["objectId"] == "u1");
  CHECK(json["steps"][0]["details"] == Json{"objectId: u1"});
  CHECK(json["changes"][1] ==
        Json{{"attribute", "Title"}, {"before", "Clerk"}, {"after", "Countess"}});
}
