#include "syncwright/plan/change.h"

#include <doctest/doctest.h>

using namespace syncwright;
using namespace syncwright::plan;

TEST_CASE("every spelling of the plan format reads back, and nothing else does") {
  for (const char* type :
       {"application.instantiate", "application.adopt", "application.update", "job.pause",
        "assignment.add", "job.create", "credentials.validate", "credentials.save", "schema.put",
        "assignment.remove", "job.restart", "job.start", "job.delete", "application.delete"}) {
    const auto read = change_type_from(type);
    REQUIRE(read.has_value());
    CHECK(std::string(to_string(*read)) == type);
  }
  CHECK_FALSE(change_type_from("tenant.delete").has_value());
  for (const char* status : {"planned", "blocked", "held"}) {
    const auto read = change_status_from(status);
    REQUIRE(read.has_value());
    CHECK(std::string(to_string(*read)) == status);
  }
  CHECK_FALSE(change_status_from("Planned").has_value());
  for (const char* risks : {"deprovision", "expose", "deprovision, expose"}) {
    const auto read = risks_from(risks);
    REQUIRE(read.has_value());
    CHECK(to_string(*read) == risks);
  }
  CHECK(risks_from("deprovision, expose") == Risks{Risk::deprovision, Risk::expose});
  for (const char* unknown : {"", "low", "expose, deprovision", "expose,", "deprovision,expose"}) {
    CAPTURE(unknown);
    CHECK_FALSE(risks_from(unknown).has_value());
  }
  CHECK(to_string(Risks{}).empty());
}
