#pragma once

#include <vector>

#include "syncwright/core/clock.h"
#include "syncwright/manifest/loader.h"
#include "syncwright/report/mapping_test_text.h"

namespace syncwright::cli {

/// Runs the mapping tests of manifests without errors, in their order. A test whose mapping cannot
/// be run, or which expects an attribute that no mapping writes, goes to the diagnostics, all of
/// them at once; the results must not be used then.
[[nodiscard]] std::vector<MappingTestResult> run_mapping_tests(const Loaded& loaded, Instant now,
                                                               Diagnostics& diagnostics);

}  // namespace syncwright::cli
