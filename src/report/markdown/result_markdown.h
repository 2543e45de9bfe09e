#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "syncwright/report/formats.h"

namespace syncwright::report {

/// Results of commands beside plan, drift and test as comments of a pull request or summaries of a
/// pipeline, in GitHub's Markdown. Foreign text formats nothing.

[[nodiscard]] std::string render_validation_markdown(const Validation& validation);
[[nodiscard]] std::string render_apply_markdown(const ApplyResult& result);
[[nodiscard]] std::string render_status_markdown(const StatusReport& status);
[[nodiscard]] std::string render_log_markdown(const std::vector<LogRow>& rows);

/// The text as it is, in a block.
[[nodiscard]] std::string render_answer_markdown(std::string_view command, std::string_view text);

}  // namespace syncwright::report
