#include "manifest/yaml/source_redaction.h"

#include <cstddef>

#include "manifest/decode/credentials_text.h"

namespace syncwright {
namespace {

std::vector<std::string> split_lines(std::string_view text) {
  std::vector<std::string> lines;
  while (true) {
    const std::size_t end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return lines;
    text.remove_prefix(end + 1);
  }
}

}  // namespace

std::string redact(std::string_view text, const std::vector<HiddenValue>& hidden) {
  std::vector<std::string> lines = split_lines(text);
  for (const HiddenValue& value : hidden) {
    if (value.key_line < 1 || value.value.line < 1 || value.value.column < 1) continue;
    const auto line = static_cast<std::size_t>(value.value.line - 1);
    if (line >= lines.size()) continue;
    hide_value(lines, static_cast<std::size_t>(value.key_line - 1), line,
               byte_in_line(lines[line], value.value.column));
  }
  hide_credentials(lines);
  std::string result;
  for (const std::string& line : lines) result += line + '\n';
  result.pop_back();
  return result;
}

}  // namespace syncwright
