#include "source_redaction.h"

#include <algorithm>
#include <cstddef>

#include "syncwright/core/ascii.h"
#include "syncwright/model/secret_keys.h"

namespace syncwright {
namespace {

constexpr std::string_view replacement = "(secret)";
constexpr std::string_view blanks = " \t";

std::vector<std::string> split_lines(std::string_view text) {
  std::vector<std::string> lines;
  while (true) {
    const std::size_t end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return lines;
    text.remove_prefix(end + 1);
  }
}

std::size_t indentation(const std::string& line) {
  return std::min(line.find_first_not_of(' '), line.size());
}

bool is_blank(const std::string& line) {
  return line.find_first_not_of(" \t\r") == std::string::npos;
}

/// Hides a value that starts on `line` at `column` (both from 0) and goes on over all lines that
/// are indented deeper than its key's.
void hide(std::vector<std::string>& lines, std::size_t key_line, std::size_t line,
          std::size_t column) {
  if (key_line >= lines.size() || line >= lines.size()) return;
  const std::size_t indent = indentation(lines[key_line]);
  lines[line].resize(std::min(column, lines[line].size()));
  lines[line] += replacement;
  for (std::size_t next = line + 1; next < lines.size(); ++next) {
    if (!is_blank(lines[next]) && indentation(lines[next]) <= indent) return;
    lines[next].clear();
  }
}

const std::vector<std::string>& masked_keys() {
  static const std::vector<std::string> keys = [] {
    std::vector<std::string> masked;
    for (const std::string& key : secret_keys()) {
      if (is_masked_secret_key(key)) masked.push_back(ascii::lower(key));
    }
    return masked;
  }();
  return keys;
}

bool is_reference(std::string_view value) {
  if (!value.starts_with('{')) return false;
  value.remove_prefix(std::min(value.find_first_not_of(" \t\"'", 1), value.size()));
  return value.starts_with('}') || value.starts_with("env") || value.starts_with("file") ||
         value.starts_with("command");
}

/// Column of the value behind `key` in the line, npos where there is none to hide.
std::size_t find_value_of(const std::string& lower_line, const std::string& key) {
  const std::size_t at = lower_line.find(key);
  if (at == std::string::npos) return at;
  std::size_t end = at + key.size();
  if (end < lower_line.size() && (lower_line[end] == '"' || lower_line[end] == '\'')) ++end;
  const std::size_t colon = lower_line.find_first_not_of(blanks, end);
  if (colon == std::string::npos || lower_line[colon] != ':') return std::string::npos;
  const std::size_t value = lower_line.find_first_not_of(" \t\r", colon + 1);
  if (value == std::string::npos || is_reference(std::string_view(lower_line).substr(value))) {
    return std::string::npos;
  }
  return value;
}

}  // namespace

std::string redact(std::string_view text, const std::vector<HiddenValue>& hidden) {
  std::vector<std::string> lines = split_lines(text);
  for (const HiddenValue& value : hidden) {
    if (value.key_line < 1 || value.value.line < 1 || value.value.column < 1) continue;
    hide(lines, static_cast<std::size_t>(value.key_line - 1),
         static_cast<std::size_t>(value.value.line - 1),
         static_cast<std::size_t>(value.value.column - 1));
  }
  for (std::size_t line = 0; line < lines.size(); ++line) {
    const std::string lower = ascii::lower(lines[line]);
    for (const std::string& key : masked_keys()) {
      const std::size_t column = find_value_of(lower, key);
      if (column != std::string::npos) hide(lines, line, line, column);
    }
  }
  std::string result;
  for (const std::string& line : lines) result += line + '\n';
  result.pop_back();
  return result;
}

}  // namespace syncwright
