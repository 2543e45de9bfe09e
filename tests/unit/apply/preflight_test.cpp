#include <doctest/doctest.h>

#include "syncwright/apply/executor.h"

using namespace syncwright;
using namespace syncwright::apply;

namespace {

plan::Plan plan_with(plan::ChangeType type,
                     plan::ChangeStatus status = plan::ChangeStatus::planned) {
  plan::Change change;
  change.type = type;
  change.status = status;
  plan::Plan plan;
  plan.changes.push_back(std::move(change));
  return plan;
}

graph_read::TokenClaims token_with(std::vector<std::string> roles) {
  graph_read::TokenClaims claims;
  claims.roles = std::move(roles);
  return claims;
}

}  // namespace

TEST_CASE("a token without the roles that a plan needs is refused before the first write") {
  const auto refused = check_permissions(plan_with(plan::ChangeType::schema_put), token_with({}));
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().kind == ErrorKind::forbidden);
  CHECK(refused.error().message.find("Synchronization.ReadWrite.All") != std::string::npos);
  // Every change is recorded in a tag.
  CHECK(refused.error().message.find("Application.ReadWrite") != std::string::npos);
}

TEST_CASE("a token with the roles passes") {
  const graph_read::TokenClaims claims =
      token_with({"Application.ReadWrite.All", "Synchronization.ReadWrite.All"});
  CHECK(check_permissions(plan_with(plan::ChangeType::schema_put), claims).has_value());
  CHECK_FALSE(check_permissions(plan_with(plan::ChangeType::assignment_add), claims).has_value());
}

TEST_CASE("what is not carried out needs no role") {
  CHECK(check_permissions(plan_with(plan::ChangeType::schema_put, plan::ChangeStatus::held),
                          token_with({}))
            .has_value());
}

TEST_CASE("an opaque or delegated token cannot be judged, and passes") {
  CHECK(check_permissions(plan_with(plan::ChangeType::schema_put), std::nullopt).has_value());
  graph_read::TokenClaims delegated = token_with({});
  delegated.delegated = true;
  CHECK(check_permissions(plan_with(plan::ChangeType::schema_put), delegated).has_value());
}
