#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "syncwright/core/diagnostic.h"
#include "syncwright/core/rare.h"
#include "syncwright/core/source_range.h"
#include "syncwright/report/formats.h"

namespace syncwright::report::sarif {

/// What a log tells of one place.
struct Finding {
  std::string rule;  ///< a code, or an id of own_rules(); empty: there is no page about it
  Severity level = Severity::warning;
  std::string message;    ///< may be foreign
  SourceRange where;      ///< without a file: it is about no place in particular
  Rare<SourceRange> row;  ///< the row that generated the application, where one did
  /// What it is about, where that has a name: a change's id. The message tells it else.
  std::string subject;
};

/// What was found, and whether there may be more of which nobody knows.
struct Findings {
  std::vector<Finding> all;
  std::string failure;  ///< why the run did not see everything; empty: it did
};

[[nodiscard]] Findings findings_of(const Validation& validation);

/// The diagnostics, and each expectation that was not met, at its case.
[[nodiscard]] Findings findings_of(const MappingTestReport& tests);

/// The diagnostics, refused and held changes, those that are risky or delete, and guards, each at
/// the manifest line that causes it. A plan that does nothing else has nothing to find.
[[nodiscard]] Findings findings_of(const PlanReport& report);

/// The diagnostics, every difference, jobs that are not well, orphans, and who edited what.
[[nodiscard]] Findings findings_of(const DriftReport& report);

}  // namespace syncwright::report::sarif
