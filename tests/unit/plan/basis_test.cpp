#include "syncwright/plan/basis.h"

#include <doctest/doctest.h>

#include "world.h"

using namespace syncwright;
using namespace syncwright::plan;
using namespace syncwright::plan::test;

TEST_CASE("a basis is the digest of what is replaced, whatever replaces it and in whatever order") {
  const std::vector<schema::FieldChange> fields{{"a", 1, 2}, {"b", "x", nullptr}};
  const std::vector<schema::FieldChange> turned{{"b", "x", "y"}, {"a", 1, 3}};
  CHECK(basis_of(fields) == basis_of(turned));
  CHECK(basis_of(fields) != basis_of({{"a", 2, 2}, {"b", "x", nullptr}}));
  CHECK(basis_of(fields).starts_with("sha256:"));
}

TEST_CASE("the fields of an identity and of a state are empty where nothing differs") {
  const model::Owner owner{"contoso", "prod"};
  model::LiveApplication live = settled(salesforce());
  CHECK(identity_fields(salesforce(), owner, live.reference, live.tags).empty());
  CHECK(identity_fields(salesforce(), owner, live.reference, {"syncwright:contoso/prod"}) ==
        std::vector<schema::FieldChange>{
            schema::FieldChange{"tags",
                                Json::array({"syncwright:contoso/prod"}),
                                {"syncwright:contoso/prod", "syncwright-app:salesforce-contoso"}}});
  CHECK(state_fields(running_job(), model::JobState::started).empty());
  CHECK(state_fields(running_job(), model::JobState::paused) ==
        std::vector<schema::FieldChange>{schema::FieldChange{"state", "started", "paused"}});
}

TEST_CASE("both names of an application are its identity, as far as they are known") {
  const model::Owner owner{"contoso", "prod"};
  model::LiveApplication live = settled(salesforce());
  live.reference.application_display_name = "Sales";
  const std::vector<schema::FieldChange> other{
      {"application.displayName", "Sales", "Salesforce Contoso"}};
  CHECK(identity_fields(salesforce(), owner, live.reference, live.tags) == other);
  live.reference.display_name = "CRM";
  const std::vector<schema::FieldChange> both{
      {"displayName", "CRM", "Salesforce Contoso"},
      {"application.displayName", "Sales", "Salesforce Contoso"}};
  CHECK(identity_fields(salesforce(), owner, live.reference, live.tags) == both);
  live.reference.application_display_name = "Salesforce Contoso";
  CHECK(identity_fields(salesforce(), owner, live.reference, live.tags).size() == 1);
}

TEST_CASE("an application that was renamed alone is a change with a reason of its own") {
  model::LiveApplication live = settled(salesforce());
  live.reference.application_display_name = "Sales";
  const Plan plan = planned(salesforce(), found(live));
  CHECK(outline(plan) == "planned application.update salesforce-contoso/update\n");
  CHECK(plan.changes[0].reason == "the display name of the application registration differs");
}
