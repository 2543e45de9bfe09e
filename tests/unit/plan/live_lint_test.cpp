#include <doctest/doctest.h>

#include "syncwright/expression/parser.h"
#include "world.h"

using namespace syncwright;
using namespace syncwright::plan;
using namespace syncwright::plan::test;

namespace {

std::vector<std::string> warnings(const model::DesiredApplication& application) {
  const Plan plan = planned(application, found(settled(salesforce())));
  std::vector<std::string> lines;
  for (const Diagnostic& diagnostic : plan.diagnostics) {
    CHECK(diagnostic.severity == Severity::warning);
    lines.push_back(std::string(to_string(diagnostic.code)) + " " + diagnostic.message);
  }
  return lines;
}

model::DesiredApplication reading(const std::string& expression) {
  model::DesiredApplication application = salesforce();
  schema::AttributeMappingRequest& mapping =
      application.jobs.at(0).schema->mappings.at(0).attributes.at(0);
  mapping.source = schema::MappingSource{*expression::parse_expression(expression)};
  return application;
}

}  // namespace

TEST_CASE("a plan tells the attribute names that the live schema does not have") {
  CHECK(warnings(reading("ToUpper([noSuchAttribute])")) ==
        std::vector<std::string>{"SW3205 the source has no attribute `noSuchAttribute`"});
  CHECK(warnings(salesforce()).empty());
}

TEST_CASE("a plan tells filters that do not fit the live attributes") {
  model::DesiredApplication application = salesforce();
  schema::ScopingFilterRequest filter;
  filter.any.push_back({"", {{"department", "Greater_Than", {"1"}, {}}}});
  application.jobs.at(0).schema->mappings.at(0).scoping_filter = filter;
  CHECK(warnings(application) ==
        std::vector<std::string>{
            "SW3211 Greater_Than does not fit `department`, whose type is String"});
}

TEST_CASE("a project gives what the live schema tells levels of its own") {
  const auto plan_with = [](Severity level) {
    model::Desired desired = project({reading("[noSuchAttribute]")});
    desired.severities = {{"SW3205", level}};
    model::Live live;
    live.findings.emplace(desired.applications[0].name, found(settled(salesforce())));
    return make_plan(desired, live, kNow);
  };
  const Plan noted = plan_with(Severity::note);
  REQUIRE(noted.diagnostics.size() == 1);
  CHECK(noted.diagnostics[0].severity == Severity::note);
  REQUIRE(noted.changes.size() == 1);
  CHECK(noted.changes[0].status == ChangeStatus::planned);

  const Plan refused = plan_with(Severity::error);
  REQUIRE(refused.changes.size() == 1);
  CHECK(refused.changes[0].status == ChangeStatus::blocked);
  REQUIRE(refused.changes[0].refusal);
  CHECK(refused.changes[0].refusal->code == Code::SW3205);
  CHECK(refused.changes[0].refusal->message == "the source has no attribute `noSuchAttribute`");
}

TEST_CASE("what a whole document adds to the live schema is known") {
  model::DesiredApplication application = reading("[costCentre]");
  CHECK(warnings(application).size() == 1);
  const std::string document = replaced(template_schema(), R"({"name": "department", "type")",
                                        R"({"name": "costCentre", "type": "String"},
                                           {"name": "department", "type")");
  application.jobs.at(0).base_schema = model::BaseSchema{
      "saved.json", std::make_shared<const schema::SynchronizationSchema>(decoded(document))};
  CHECK(warnings(application).empty());
}
