#pragma once

#include <string>
#include <string_view>

#include "report/sarif/finding.h"
#include "syncwright/core/json.h"

namespace syncwright::report::sarif {

/// Where a finding stands for SARIF: lines from 1, columns in UTF-16 code units; without columns
/// where only characters were counted (SourceSpan::utf16).
[[nodiscard]] Json region_of(const SourceRange& where);

/// A SARIF 2.1.0 log of one run of `command`. Files are named from the project's root; every result
/// has a place, since GitHub refuses a log with one that has none, and a fingerprint that stays
/// where lines move. `environment` tells logs of one command apart; empty without environments.
[[nodiscard]] std::string log_of(std::string_view command, const std::string& environment,
                                 const Findings& findings, const RunFacts& run);

}  // namespace syncwright::report::sarif
