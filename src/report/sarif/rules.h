#pragma once

#include <span>
#include <string>
#include <string_view>

#include "syncwright/core/diagnostic.h"

namespace syncwright::report::sarif {

/// What a finding is an instance of: a page of docs/diagnostics, or a row of own_rules().
struct Rule {
  std::string_view id;
  Severity level = Severity::warning;  ///< by default
  std::string_view title;              ///< one line
  std::string_view help;
  std::string page;  ///< below docs/
};

/// The rules of what has no code, since no manifest is at fault: docs/reports.md#sarif lists them.
[[nodiscard]] std::span<const Rule> own_rules();

/// REQUIRES: a code of the catalog, or an id of own_rules().
[[nodiscard]] Rule rule_of(std::string_view id);

/// Where a rule's page is published; empty where nothing is. The one place that knows: the help
/// text in the log is whole without it.
[[nodiscard]] std::string help_uri(const Rule& rule, const std::string& documentation);

}  // namespace syncwright::report::sarif
