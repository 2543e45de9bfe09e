#pragma once

#include <vector>

#include "syncwright/core/clock.h"
#include "syncwright/core/diagnostic_catalog.h"
#include "syncwright/manifest/loader.h"
#include "syncwright/mapping_tests/verdict.h"

namespace syncwright {

/// Runs the mapping tests of manifests without errors, in their order. A test whose mapping cannot
/// be run, or which expects an attribute that no mapping writes, goes to the diagnostics, all of
/// them at once; the results must not be used then.
[[nodiscard]] std::vector<MappingTestResult> run_mapping_tests(const Loaded& loaded, Instant now,
                                                               Diagnostics& diagnostics);

/// Where a case has a value and the service may fail: once for each attribute of a test, at the
/// first case that meets it, at the project's severities.
[[nodiscard]] Diagnostics mapping_warnings(const std::vector<MappingTestResult>& results,
                                           const Severities& severities);

}  // namespace syncwright
