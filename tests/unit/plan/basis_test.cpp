#include "syncwright/plan/basis.h"

#include <doctest/doctest.h>

#include "world.h"

using namespace syncwright;
using namespace syncwright::test;

TEST_CASE("a basis is the digest of what is replaced, whatever replaces it and in whatever order") {
  const std::vector<FieldChange> fields{{"a", 1, 2}, {"b", "x", nullptr}};
  const std::vector<FieldChange> turned{{"b", "x", "y"}, {"a", 1, 3}};
  CHECK(basis_of(fields) == basis_of(turned));
  CHECK(basis_of(fields) != basis_of({{"a", 2, 2}, {"b", "x", nullptr}}));
  CHECK(basis_of(fields).starts_with("sha256:"));
}

TEST_CASE("the fields of an identity and of a state are empty where nothing differs") {
  const Owner owner{"contoso", "prod"};
  const LiveApplication live = settled(salesforce());
  CHECK(identity_fields(salesforce(), owner, "Salesforce Contoso", live.tags).empty());
  CHECK(identity_fields(salesforce(), owner, "Salesforce Contoso", {"syncwright:contoso/prod"}) ==
        std::vector<FieldChange>{
            FieldChange{"tags",
                        Json::array({"syncwright:contoso/prod"}),
                        {"syncwright:contoso/prod", "syncwright-app:salesforce-contoso"}}});
  CHECK(state_fields(running_job(), JobState::started).empty());
  CHECK(state_fields(running_job(), JobState::paused) ==
        std::vector<FieldChange>{FieldChange{"state", "started", "paused"}});
}
