#include "syncwright/plan/risk.h"

#include <doctest/doctest.h>

#include <functional>

#include "plan/guard.h"
#include "syncwright/expression/parser.h"
#include "syncwright/plan/plan_file.h"
#include "world.h"

using namespace syncwright;
using namespace syncwright::plan;
using namespace syncwright::plan::test;

namespace {

using Edit = std::function<void(model::DesiredApplication&)>;

const Risks no_risks;
const Risks expose_only{Risk::expose};
const Risks deprovision_only{Risk::deprovision};
const Risks both_risks{Risk::deprovision, Risk::expose};

/// The plan of `after` on a tenant that is as `before` said.
Plan plan_from(const Edit& before, const Edit& after) {
  model::DesiredApplication earlier = salesforce();
  before(earlier);
  model::DesiredApplication later = salesforce();
  after(later);
  return planned(later, found(settled(earlier)));
}

Risks risks_at(const Plan& plan, ChangeType type) {
  for (const Change& change : plan.changes) {
    if (change.type == type) return change.risks;
  }
  FAIL("the plan has no such change");
  return {};
}

Risks risks_of_schema(const Edit& before, const Edit& after) {
  return risks_at(plan_from(before, after), ChangeType::schema_put);
}

Risks risks_of_settings(const Edit& before, const Edit& after) {
  return risks_at(plan_from(before, after), ChangeType::credentials_save);
}

schema::ObjectMappingRequest& people(model::DesiredApplication& application) {
  return application.jobs[0].schema->mappings[0];
}

Edit filtered(const std::vector<schema::FilterGroup>& any) {
  return [any](model::DesiredApplication& application) {
    people(application).scoping_filter = schema::ScopingFilterRequest{any.empty(), any};
  };
}

/// Maps Locale, which Salesforce knows, to whether somebody has left.
Edit disabled_by(const char* text) {
  return [text](model::DesiredApplication& application) {
    schema::AttributeMappingRequest mapping;
    mapping.target_attribute_name = "Locale";
    mapping.absent = text == nullptr;
    if (text != nullptr)
      mapping.source = schema::MappingSource{expression::parse_expression(text).value()};
    people(application).attributes.push_back(mapping);
  };
}

void unchanged(model::DesiredApplication& /*application*/) {}

void in_scope_all(model::DesiredApplication& application) {
  application.scope = model::Scope::all;
}

Edit skipping(bool skip) {
  return [skip](model::DesiredApplication& application) {
    application.deletions->skip_out_of_scope = skip;
  };
}

const schema::FilterClause of_sales{"department", "EQUALS", {"Sales"}};
const schema::FilterClause of_staff{"employeeType", "EQUALS", {"Staff"}};

}  // namespace

TEST_CASE("a scope that goes from assigned to all exposes") {
  const Plan plan = plan_from(unchanged, in_scope_all);
  CHECK(risks_at(plan, ChangeType::credentials_save) == expose_only);
  CHECK(risks_at(plan, ChangeType::credentials_validate) == no_risks);
  REQUIRE(plan.guards.size() == 1);
  CHECK(plan.guards[0] == GuardVerdict{Guard::expose,
                                       "1 change may expose the target to more people",
                                       "--allow-expose 1", 1, 0});
  CHECK(document_of(plan).tree()["changes"][1]["risk"] == "expose");
  CHECK(risks_of_settings(in_scope_all, unchanged) == deprovision_only);
}

TEST_CASE("what is not live yet is not widened") {
  model::DesiredApplication application = salesforce();
  in_scope_all(application);
  CHECK(risks_at(planned(application, nothing_found()), ChangeType::credentials_save) == no_risks);

  model::LiveApplication resting = settled(salesforce());
  resting.jobs[0].schedule_state = "Disabled";
  resting.jobs[0].status_code = "Paused";
  resting.jobs[0].last_execution.reset();
  people(application).flow_types = {"Add"};
  const Plan plan = planned(application, found(resting));
  CHECK(risks_at(plan, ChangeType::credentials_save) == no_risks);
  CHECK(risks_at(plan, ChangeType::schema_put) == no_risks);
  CHECK(plan.guards.empty());
}

TEST_CASE("an application that is taken over is live") {
  model::DesiredApplication application = salesforce();
  application.adopt.mode = model::Adopt::Mode::by_name;
  in_scope_all(application);
  people(application).flow_types = {"Add"};
  model::Findings findings = nothing_found();
  findings.neighbours = {settled(salesforce())};
  findings.neighbours[0].tags.clear();
  const Plan plan = planned(application, findings);
  CHECK(risks_at(plan, ChangeType::application_adopt) == no_risks);
  CHECK(risks_at(plan, ChangeType::credentials_save) == expose_only);
  CHECK(risks_at(plan, ChangeType::schema_put) == expose_only);
}

TEST_CASE("a scoping filter carries what it may do, and a changed one always deprovision") {
  const Edit sales = filtered({{"", {of_sales}}});
  const Edit sales_staff = filtered({{"", {of_sales, of_staff}}});
  const Edit sales_or_staff = filtered({{"", {of_sales}}, {"", {of_staff}}});
  const Edit none = filtered({});
  CHECK(risks_of_schema(unchanged, sales) == deprovision_only);
  CHECK(risks_of_schema(sales, sales_staff) == deprovision_only);
  CHECK(risks_of_schema(sales_or_staff, sales) == deprovision_only);
  CHECK(risks_of_schema(sales, none) == both_risks);
  CHECK(risks_of_schema(sales_staff, sales) == both_risks);
  CHECK(risks_of_schema(sales, sales_or_staff) == both_risks);
  CHECK(risks_of_schema(sales, filtered({{"", {of_staff}}})) == both_risks);
}

TEST_CASE("the mapping that disables people exposes where it goes or does so no more") {
  CHECK(risks_of_schema(disabled_by("Not([IsSoftDeleted])"), disabled_by(nullptr)) == expose_only);
  CHECK(risks_of_schema(disabled_by("Not([IsSoftDeleted])"), disabled_by(R"("True")")) ==
        expose_only);
  CHECK(risks_of_schema(unchanged, disabled_by("Not([IsSoftDeleted])")) == no_risks);
  CHECK(risks_of_schema(disabled_by("[city]"), disabled_by(nullptr)) == no_risks);
}

TEST_CASE("exact takes the mapping that disables people away as well") {
  model::DesiredApplication earlier = salesforce();
  disabled_by("Not([IsSoftDeleted])")(earlier);
  model::DesiredApplication later = salesforce();
  later.jobs[0].schema->mode = schema::Customization::Mode::exact;
  schema::AttributeMappingRequest name;
  name.target_attribute_name = "Username";
  name.source = schema::MappingSource{expression::parse_expression("[userPrincipalName]").value()};
  name.matching_priority = 1;
  people(later).attributes.push_back(name);
  CHECK(risks_at(planned(later, found(settled(earlier))), ChangeType::schema_put) == expose_only);
}

TEST_CASE("leavers that are skipped keep their accounts, those that are not lose them") {
  CHECK(risks_of_settings(skipping(false), skipping(true)) == expose_only);
  CHECK(risks_of_settings(skipping(true), skipping(false)) == deprovision_only);
  const auto unset = [](model::DesiredApplication& application) {
    application.deletions->skip_out_of_scope.reset();
  };
  CHECK(risks_of_settings(unset, skipping(true)) == expose_only);
  CHECK(risks_of_settings(unset, skipping(false)) == no_risks);
}

TEST_CASE("each risk is let through by its own number, or by a review") {
  const Plan plan =
      plan_from(filtered({{"", {of_sales}}}), [](model::DesiredApplication& application) {
        filtered({})(application);
        in_scope_all(application);
      });
  REQUIRE(plan.guards.size() == 2);
  CHECK(plan.guards[0].guard == Guard::deprovision);
  CHECK(plan.guards[0].acknowledge == "--allow-deprovision 1");
  CHECK(plan.guards[1].guard == Guard::expose);
  CHECK(plan.guards[1].message == "2 changes may expose the target to more people");
  CHECK(plan.guards[1].acknowledge == "--allow-expose 2");
  const auto standing = [&plan](const Acknowledgements& given) {
    std::string guards;
    for (const GuardVerdict& verdict : unmet_guards(plan, given))
      guards += std::string(to_string(verdict.guard)) + " ";
    return guards;
  };
  Acknowledgements given;
  given.allow_deprovision = 2;
  CHECK(standing(given) == "expose ");
  given.allow_expose = 1;
  CHECK(standing(given) == "expose ");
  given.allow_expose = 2;
  CHECK(standing(given).empty());
  given.allow_deprovision.reset();
  CHECK(standing(given) == "deprovision ");
  given = {};
  given.reviewed_plan = true;
  CHECK(standing(given).empty());
}

TEST_CASE("a plan file keeps both risks, and refuses one that nobody knows") {
  model::DesiredApplication later = salesforce();
  filtered({})(later);
  model::DesiredApplication earlier = salesforce();
  filtered({{"", {of_sales}}})(earlier);
  const PlanFile written{planned(later, found(settled(earlier))), project({later})};
  const std::string text = document_of(written).text();
  CHECK(text.find(R"("risk": "deprovision, expose")") != std::string::npos);
  const auto read = read_plan_file(text);
  REQUIRE(read.has_value());
  CHECK(read->is_as_written);
  CHECK(risks_at(read->plan, ChangeType::schema_put) == both_risks);
  const auto refused = read_plan_file(replaced(text, "deprovision, expose", "expose, deprovision"));
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().message.find("risk is not known to this version") != std::string::npos);
}
