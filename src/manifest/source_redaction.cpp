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

/// Column of the value behind a key that ends at `end`, npos where no value follows.
std::size_t value_behind(const std::string& line, std::size_t end) {
  if (end < line.size() && (line[end] == '"' || line[end] == '\'')) ++end;
  const std::size_t colon = line.find_first_not_of(blanks, end);
  if (colon == std::string::npos || line[colon] != ':') return std::string::npos;
  return line.find_first_not_of(" \t\r", colon + 1);
}

bool is_name_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

/// Whether `env: VALUE` names a variable, as far as the line shows it: `${...}` may become one.
bool may_name_variable(std::string_view value) {
  if (value.starts_with('}')) return true;  // nothing stands there
  const char quote = value.front() == '"' || value.front() == '\'' ? value.front() : '\0';
  if (quote != '\0') value.remove_prefix(1);
  if (value.empty() || (value.front() >= '0' && value.front() <= '9')) return false;
  const std::size_t whole = value.size();
  while (!value.empty()) {
    const std::size_t reference = value.starts_with("${") ? value.find('}') : std::string::npos;
    if (reference == std::string::npos && !is_name_letter(value.front())) break;
    value.remove_prefix(reference == std::string::npos ? 1 : reference + 1);
  }
  if (value.size() == whole) return false;
  if (quote != '\0') {
    if (!value.starts_with(quote)) return false;
    value.remove_prefix(1);
  }
  const std::size_t next = value.find_first_not_of(" \t\r");
  if (next == std::string_view::npos) return true;
  const char end = value[next];
  return end == '}' || end == ',' || (end == '#' && next > 0);
}

/// Column of what stands behind `env:` and cannot be a variable's name, npos where there is none.
std::size_t find_misplaced_secret(const std::string& lower_line, std::size_t from) {
  constexpr std::string_view key = "env";
  const std::size_t at = lower_line.find(key, from);
  if (at == std::string::npos) return at;
  const std::size_t value = value_behind(lower_line, at + key.size());
  if (value == std::string::npos || may_name_variable(std::string_view(lower_line).substr(value))) {
    return std::string::npos;
  }
  return value;
}

/// Hides what follows masked keys. A reference may begin on the line behind its key's.
void hide_behind_masked_keys(std::vector<std::string>& lines) {
  bool is_awaited = false;
  for (std::size_t line = 0; line < lines.size(); ++line) {
    if (is_blank(lines[line])) continue;
    const std::string lower = ascii::lower(lines[line]);
    std::size_t reference = is_awaited ? 0 : std::string::npos;
    is_awaited = false;
    for (const std::string& key : masked_keys()) {
      const std::size_t at = lower.find(key);
      if (at == std::string::npos) continue;
      const std::size_t value = value_behind(lower, at + key.size());
      if (value == std::string::npos) {
        is_awaited = is_awaited || lower[lower.find_last_not_of(" \t\r")] == ':';
      } else if (is_reference(std::string_view(lower).substr(value))) {
        reference = std::min(reference, value);
      } else {
        hide(lines, line, line, value);
      }
    }
    const std::size_t misplaced = find_misplaced_secret(lower, reference);
    if (misplaced != std::string::npos) hide(lines, line, line, misplaced);
  }
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
  hide_behind_masked_keys(lines);
  std::string result;
  for (const std::string& line : lines) result += line + '\n';
  result.pop_back();
  return result;
}

}  // namespace syncwright
