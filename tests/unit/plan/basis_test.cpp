#include "syncwright/plan/basis.h"

#include <doctest/doctest.h>

#include "world.h"

using namespace syncwright;
using namespace syncwright::test;

namespace {

Change change(const std::string& id, const std::optional<std::string>& basis) {
  Change made;
  made.id = id;
  made.basis = basis;
  return made;
}

using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE("a basis is the digest of what is replaced, whatever replaces it and in whatever order") {
  const std::vector<FieldChange> fields{{"a", 1, 2}, {"b", "x", nullptr}};
  const std::vector<FieldChange> turned{{"b", "x", "y"}, {"a", 1, 3}};
  CHECK(basis_of(fields) == basis_of(turned));
  CHECK(basis_of(fields) != basis_of({{"a", 2, 2}, {"b", "x", nullptr}}));
  CHECK(basis_of(fields).starts_with("sha256:"));
}

TEST_CASE("stale: in one plan only, on another basis, or refused since") {
  const std::vector<Change> saved{change("a", "1"), change("b", "1"), change("c", std::nullopt)};
  CHECK(stale_changes(saved, saved).empty());
  CHECK(stale_changes(saved, {change("a", "2"), change("c", std::nullopt), change("d", "1")}) ==
        Ids{"a", "b", "d"});
  std::vector<Change> blocked = saved;
  blocked[2].status = ChangeStatus::blocked;
  CHECK(stale_changes(saved, blocked) == Ids{"c"});
  std::vector<Change> risky = saved;
  risky[0].risk = Risk::deprovision;
  CHECK(stale_changes(saved, risky) == Ids{"a"});
  CHECK(stale_changes(risky, saved).empty());  // who let the risk through lets this through
}

TEST_CASE("a running job does not make a plan stale, an edit of what it replaces does") {
  LiveApplication live = settled(salesforce());
  live.reference.display_name = "Sales";
  const Plan saved = planned(salesforce(), found(live));
  live.jobs[0].status_code = "NotRun";
  live.jobs[0].last_execution->count_imported = 12;
  live.tags.emplace_back("somebody-elses");
  CHECK(stale_changes(saved.changes, planned(salesforce(), found(live)).changes).empty());
  live.reference.display_name = "Sales 2";
  CHECK(stale_changes(saved.changes, planned(salesforce(), found(live)).changes) ==
        Ids{"salesforce-contoso/update"});
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
