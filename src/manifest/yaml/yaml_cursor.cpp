#include "manifest/yaml/yaml_cursor.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace syncwright::manifest {
namespace {

constexpr std::string_view blanks_of_line = " \t\r";

bool ends_plain(const std::string& line, std::size_t at) {
  const char c = line[at];
  return c == ',' || c == '}' || c == ']' || c == '{' || c == '[' ||
         (c == '#' && at > 0 && (line[at - 1] == ' ' || line[at - 1] == '\t'));
}

std::size_t closing_quote(const std::string& line, std::size_t opening) {
  for (std::size_t at = opening + 1; at < line.size(); ++at) {
    if (line[opening] == '"' && line[at] == '\\') {
      ++at;
    } else if (line[at] == line[opening]) {
      return at;
    }
  }
  return std::string::npos;
}

}  // namespace

std::size_t depth_of(const std::string& line) {
  const std::size_t at = std::min(line.find_first_not_of(' '), line.size());
  const bool has_tab = at < line.size() && line[at] == '\t';
  return has_tab ? std::numeric_limits<std::size_t>::max() : at;
}

bool is_blank_line(const std::string& line) {
  return line.find_first_not_of(blanks_of_line) == std::string::npos;
}

bool is_word_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-' || c == '.';
}

bool YamlCursor::read_text(std::string& text) {
  const std::string& line = lines_[line_];
  if (line.compare(std::min(at_, line.size()), kHiddenText.size(), kHiddenText) == 0) return false;
  const char quote = peek();
  if (quote == '"' || quote == '\'') {
    const std::size_t end = closing_quote(line, at_);
    if (end == std::string::npos) return false;
    text = line.substr(at_ + 1, end - at_ - 1);
    at_ = end + 1;
    return true;
  }
  const std::size_t start = at_;
  while (at_ < line.size() && !ends_plain(line, at_)) {
    const std::size_t reference =
        line.compare(at_, 2, "${") == 0 ? line.find('}', at_) : std::string::npos;
    at_ = reference == std::string::npos ? at_ + 1 : reference + 1;
  }
  text = line.substr(start, at_ - start);
  const std::size_t last = text.find_last_not_of(blanks_of_line);
  text.resize(last == std::string::npos ? 0 : last + 1);
  return !text.empty();
}

std::optional<std::string> YamlCursor::read_key() {
  const std::string& line = lines_[line_];
  const char quote = peek() == '"' || peek() == '\'' ? peek() : '\0';
  if (quote != '\0') ++at_;
  const std::size_t start = at_;
  while (at_ < line.size() && is_word_letter(line[at_])) ++at_;
  std::string key = line.substr(start, at_ - start);
  if (key.empty() || (quote != '\0' && !take(quote))) return std::nullopt;
  skip_blanks();
  if (!take(':')) return std::nullopt;
  const bool is_apart =
      quote != '\0' || at_ >= line.size() || peek() == ' ' || peek() == '\t' || peek() == '\r';
  return is_apart ? std::optional(std::move(key)) : std::nullopt;
}

void YamlCursor::skip_properties() {
  skip_blanks();
  while (peek() == '&' || peek() == '!') {
    at_ = std::min(lines_[line_].find_first_of(blanks_of_line, at_), lines_[line_].size());
    skip_blanks();
  }
}

void YamlCursor::skip_blanks() {
  at_ = std::min(lines_[line_].find_first_not_of(blanks_of_line, at_), lines_[line_].size());
}

void YamlCursor::skip_to_text() {
  skip_blanks();
  while (at_line_end() && line_ + 1 < lines_.size()) {
    ++line_;
    at_ = 0;
    skip_blanks();
  }
}

bool YamlCursor::enter_line_below(std::size_t depth) {
  for (std::size_t next = line_ + 1; next < lines_.size(); ++next) {
    if (is_blank_line(lines_[next])) continue;
    const std::size_t text = lines_[next].find_first_not_of(blanks_of_line);
    if (lines_[next][text] == '#') continue;
    if (depth_of(lines_[next]) <= depth) return false;
    line_ = next;
    at_ = text;
    return true;
  }
  return false;
}

bool YamlCursor::take(char c) {
  if (peek() != c) return false;
  ++at_;
  return true;
}

}  // namespace syncwright::manifest
