#pragma once

#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "syncwright/core/clock.h"
#include "syncwright/plan/drift.h"
#include "syncwright/report/formats.h"

namespace syncwright::report::openmetrics {

// Two readers have to like one file. OpenMetrics wants units, `# EOF` and a stateset for a state;
// node_exporter's textfile collector reads Prometheus' older text format, refuses the types it does
// not know, and refuses all files together where two of them describe a family differently or hold
// the same series. So everything is a gauge, a state is a gauge for each value with one of them at
// 1, nothing ends in `_total` or `_info`, what the older format does not know stands in lines that
// are comments to it, and no family is written by two commands.

/// A family of series: one row of metric_families().
struct Family {
  std::string_view command;  ///< that writes it
  std::string_view name;     ///< without the unit
  std::string_view unit;     ///< a suffix of the name as it is written; empty: a plain number
  std::string_view help;     ///< without quotes and backslashes
};

/// Every family there is (docs/reports.md#openmetrics lists them), in the order of the files.
[[nodiscard]] std::span<const Family> metric_families();

/// "syncwright_job_quarantine_age_seconds"
[[nodiscard]] std::string full_name(const Family& family);

using Labels = std::vector<std::pair<std::string_view, std::string>>;

/// A file: each family's series together, in the order of the table.
class Exposition {
 public:
  /// `project` and `environment` are labels of every series, so that the files of several projects
  /// can lie in one folder.
  Exposition(std::string project, std::string environment);

  /// REQUIRES: the table has a family `name`. Label values may be foreign. Of a series that is
  /// added twice the first value counts: a file that holds one twice is refused as a whole.
  void add(std::string_view name, const Labels& labels, std::int64_t value);

  [[nodiscard]] std::string text() const;

 private:
  std::string common_labels_;
  std::vector<std::vector<std::string>> samples_;  ///< by family
  std::set<std::string> series_;
};

/// Since 1970, as Prometheus counts time.
[[nodiscard]] std::int64_t seconds_of(Instant instant);

[[nodiscard]] std::string of_status(const StatusReport& status, Instant now);
[[nodiscard]] std::string of_drift(const plan::Drift& drift);

}  // namespace syncwright::report::openmetrics
