#pragma once

#include "syncwright/core/clock.h"
#include "syncwright/mapping_tests/mapping_tests.h"
#include "syncwright/model/mapping_test.h"
#include "syncwright/provisioning/step_story.h"

namespace syncwright::mapping_tests {

/// What of the application's manifest counts for a case.
struct CaseContext {
  bool everybody_assigned = false;  ///< scope: all
  bool skip_out_of_scope_deletions = false;
  Instant now{};  ///< where the case gives no time
};

/// One case through its object mapping, and how the outcome differs from what is expected. The
/// target is empty but for the case's account. Guid and RandomString give the same every time.
[[nodiscard]] MappingCaseResult run_case(const provisioning::MappingProgram& program,
                                         const model::MappingTestCase& test_case,
                                         const CaseContext& context);

}  // namespace syncwright::mapping_tests
