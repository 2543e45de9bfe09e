#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace syncwright::markdown {

/// Foreign text that formats nothing: every character with a meaning in GitHub's Markdown, HTML, a
/// mention or an issue's number becomes an entity. On one line.
[[nodiscard]] std::string text(std::string_view foreign);

/// In backquotes where it can be, else as text().
[[nodiscard]] std::string code(std::string_view foreign);

/// "| a | b |" of cells that are Markdown already.
[[nodiscard]] std::string row(const std::vector<std::string>& cells);
/// A heading row and the line under it.
[[nodiscard]] std::string heading_row(const std::vector<std::string>& cells);

}  // namespace syncwright::markdown
