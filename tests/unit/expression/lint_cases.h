#pragma once

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

#include "syncwright/core/diagnostic_catalog.h"
#include "syncwright/expression/lint.h"
#include "syncwright/expression/parser.h"

namespace syncwright::expression::lint_cases {

inline std::vector<expression::LintFinding> found(std::string_view text,
                                                  const LintContext& context = {}) {
  const auto expression = expression::parse_expression(text);
  REQUIRE_MESSAGE(expression.has_value(), text);
  auto findings = expression::lint(*expression, text, context);
  for (const LintFinding& finding : findings) {
    CHECK_MESSAGE(finding.code != Code::none, to_string(finding.code));
    CHECK_MESSAGE(finding.offset < text.size(), text);
    CHECK_FALSE(finding.advice.empty());
  }
  return findings;
}

/// "SW3101@0 SW3111@7", codes without their SW.
inline std::string codes(std::string_view text, const LintContext& context = {}) {
  std::string codes;
  for (const LintFinding& finding : found(text, context)) {
    if (!codes.empty()) codes += " ";
    codes += fmt::format("{}@{}", to_string(finding.code).substr(2), finding.offset);
  }
  return codes;
}

/// As a person sees it.
inline std::string shown(std::string_view text, const LintContext& context = {}) {
  std::string lines;
  for (const LintFinding& finding : found(text, context)) {
    lines += fmt::format("{}: {}; {}\n", finding.code, finding.message, finding.advice);
  }
  return lines;
}

inline LintContext hr_to_ad() {
  LintContext context;
  context.hr_inbound = context.to_active_directory = context.only_at_creation = true;
  return context;
}

inline LintContext cloud_sync() {
  LintContext context;
  context.cloud_sync = true;
  return context;
}

}  // namespace syncwright::expression::lint_cases
