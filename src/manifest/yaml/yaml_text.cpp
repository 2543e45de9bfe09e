#include "manifest/yaml/yaml_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>

#include "syncwright/core/text.h"

/// What yaml-cpp must not meet, or would misread, is found before it reads the text.
///
/// A JSON file is read as YAML, and the two differ in one place: an emoji that JSON escapes is two
/// \u escapes, a high and a low surrogate (RFC 8259, 7), of which YAML refuses each. They are
/// joined first. The joined escape is two bytes shorter, so each place behind it would be wrong by
/// two; `original` leads it back. A lone surrogate stays as it is, and is a fault in JSON as well.
///
/// yaml-cpp hands out nothing of a flow collection before it knows whether that is a key, so it
/// keeps the whole of `[[[[...` in memory before anybody can refuse its depth. FlowScan counts the
/// brackets first. In a block, a line starts with dashes and keys, and a bracket opens a collection
/// only where a value begins; inside of a flow collection every bracket outside of quotes and
/// comments counts.

namespace syncwright::manifest {

namespace {

bool is_continuation(unsigned char byte) {
  return (byte & 0xC0u) == 0x80u;
}

bool is_forbidden_control(unsigned char byte) {
  return (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') || byte == 0x7F;
}

}  // namespace

std::optional<TextFault> find_text_fault(std::string_view bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    const auto byte = static_cast<unsigned char>(bytes[at]);
    if (is_forbidden_control(byte)) {
      return TextFault{at, fmt::format("found the control character U+{:04X}", byte)};
    }
    const CodePoint point = decode_utf8(bytes.substr(at));
    if (!point.valid) {
      return TextFault{at, fmt::format("byte 0x{:02X} is not valid UTF-8 here", byte)};
    }
    at += point.length;
  }
  return std::nullopt;
}

std::string quote_value(std::string_view value) {
  constexpr std::size_t longest = 60;
  std::string text(value.substr(0, longest));
  if (value.size() > longest) {
    while (!text.empty() && is_continuation(static_cast<unsigned char>(value[text.size()]))) {
      text.pop_back();
    }
    text += "...";
  }
  std::replace_if(
      text.begin(), text.end(),
      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, ' ');
  return fmt::format("`{}`", text);
}

namespace {

constexpr std::size_t kEscapeLength = 6;   // \uXXXX
constexpr std::size_t kJoinedLength = 10;  // \UXXXXXXXX

/// The code unit of the escape at the start.
std::optional<std::uint32_t> code_unit(std::string_view text) {
  if (text.size() < kEscapeLength || !text.starts_with("\\u")) return std::nullopt;
  std::uint32_t unit = 0;
  const char* end = text.data() + kEscapeLength;
  const auto [read, error] = std::from_chars(text.data() + 2, end, unit, 16);
  return error == std::errc() && read == end ? std::optional(unit) : std::nullopt;
}

/// The character that the two escapes at the start are together.
std::optional<std::uint32_t> surrogate_pair(std::string_view text) {
  const auto high = code_unit(text);
  if (!high || *high < 0xD800 || *high > 0xDBFF) return std::nullopt;
  const auto low = code_unit(text.substr(kEscapeLength));
  if (!low || *low < 0xDC00 || *low > 0xDFFF) return std::nullopt;
  return 0x10000 + ((*high - 0xD800) << 10u) + (*low - 0xDC00);
}

}  // namespace

JoinedPairs::JoinedPairs(std::string_view text, bool is_json) {
  if (!is_json) {
    text_ = text;
    return;
  }
  while (!text.empty()) {
    const std::size_t escape = std::min(text.find('\\'), text.size());
    text_ += text.substr(0, escape);
    text.remove_prefix(escape);
    if (const auto character = surrogate_pair(text)) {
      joined_.push_back(text_.size());
      text_ += fmt::format("\\U{:08X}", *character);
      text.remove_prefix(2 * kEscapeLength);
    } else {
      const std::size_t length = std::min<std::size_t>(2, text.size());  // "\\" may be escaped
      text_ += text.substr(0, length);
      text.remove_prefix(length);
    }
  }
}

std::size_t JoinedPairs::original(std::size_t offset) const {
  const auto after = std::lower_bound(joined_.begin(), joined_.end(), offset);
  const auto before = static_cast<std::size_t>(after - joined_.begin());
  return offset + before * (2 * kEscapeLength - kJoinedLength);
}

namespace {

constexpr std::string_view kBlanksAndBreaks = " \t\r\n";

class FlowScan {
 public:
  FlowScan(std::string_view text, int max_depth)
      : text_(text), max_depth_(static_cast<std::size_t>(max_depth)) {}

  std::optional<DeepFlow> run() {
    while (at_ < text_.size() && !is_deep_) scan_line();
    if (!is_deep_) return std::nullopt;
    return DeepFlow{at_, {closing_.rbegin(), closing_.rend()}};
  }

 private:
  [[nodiscard]] char here() const { return at_ < text_.size() ? text_[at_] : '\n'; }

  /// Whether a blank, a line break or the end is `offset` behind the place.
  [[nodiscard]] bool is_blank_at(std::size_t offset) const {
    const std::size_t at = at_ + offset;
    return at >= text_.size() || kBlanksAndBreaks.find(text_[at]) != std::string_view::npos;
  }

  /// Whether the line at hand is --- or ..., perhaps with something behind it.
  [[nodiscard]] bool starts_document() const {
    const std::string_view line = text_.substr(at_, 3);
    return (line == "---" || line == "...") && is_blank_at(3);
  }

  void skip_blanks() { at_ = std::min(text_.find_first_not_of(" \t\r", at_), text_.size()); }
  void skip_line() {
    const std::size_t end = text_.find('\n', at_);
    at_ = end == std::string_view::npos ? text_.size() : end + 1;
  }

  /// The column of the line's first character that is no blank; nullopt for an empty line.
  [[nodiscard]] std::optional<std::size_t> indent_of_line() const {
    const std::size_t first = text_.find_first_not_of(' ', at_);
    if (first == std::string_view::npos || text_[first] == '\n' || text_[first] == '\r') {
      return std::nullopt;
    }
    return first - at_;
  }

  /// From the start of a line in a block: its dashes, keys and what they lead to.
  void scan_line() {
    const std::size_t start = at_;
    if (starts_document()) at_ += 3;
    long parent = -1;  // the column of the last dash or key: what belongs to it lies further right
    long token = -1;   // of what stands before the colon
    skip_blanks();
    while (here() != '\n' && !is_deep_) {
      const long column = static_cast<long>(at_ - start);
      const char first = here();
      if (first == '#') break;
      if ((first == '-' || first == '?' || first == ':') && is_blank_at(1)) {
        parent = first == ':' && token >= 0 ? token : column;
        ++at_;
        skip_blanks();
        continue;
      }
      token = column;
      if (first == '&' || first == '!' || first == '*') {
        at_ = std::min(text_.find_first_of(kBlanksAndBreaks, at_), text_.size());
      } else if (first == '|' || first == '>') {
        skip_line();
        return skip_indented(parent < 0 ? column - 1 : parent);
      } else if (first == '[' || first == '{') {
        skip_flow();
      } else if (first == '"' || first == '\'') {
        skip_quoted();
      } else if (!skip_plain()) {
        skip_line();
        return skip_indented(parent < 0 ? column - 1 : parent);
      }
      skip_blanks();
    }
    if (!is_deep_) skip_line();
  }

  /// The lines of a scalar that is not over with its first one.
  void skip_indented(long parent) {
    while (at_ < text_.size()) {
      const std::optional<std::size_t> indent = indent_of_line();
      if (indent && static_cast<long>(*indent) <= parent) return;
      if (starts_document()) return;
      skip_line();
    }
  }

  void skip_quoted() {
    const char quote = here();
    for (++at_; at_ < text_.size(); ++at_) {
      if (quote == '"' && here() == '\\') {
        ++at_;
      } else if (here() == quote) {
        ++at_;
        return;  // two single quotes are one text behind another: neither holds a bracket
      }
    }
    at_ = std::min(at_, text_.size());
  }

  /// Up to a key's colon (true) or the end of the line.
  bool skip_plain() {
    for (; here() != '\n'; ++at_) {
      if (here() == ':' && is_blank_at(1)) return true;
      if (here() == '#' && at_ > 0 && (text_[at_ - 1] == ' ' || text_[at_ - 1] == '\t')) break;
    }
    return false;
  }

  void skip_flow() {
    closing_.clear();
    while (at_ < text_.size()) {
      const char first = here();
      if (first == '[' || first == '{') {
        ++at_;
        closing_ += first == '[' ? ']' : '}';
        if (closing_.size() > max_depth_) {
          is_deep_ = true;
          return;
        }
      } else if (first == ']' || first == '}') {
        ++at_;
        closing_.pop_back();
        if (closing_.empty()) return;
      } else if (first == '"' || first == '\'') {
        skip_quoted();
      } else if (first == '#') {
        skip_line();
      } else if (first == ',' || first == ':' || is_blank_at(0)) {
        ++at_;
      } else {
        skip_plain_in_flow();
      }
    }
  }

  /// Neither a quote nor a # that stands within a plain scalar means anything.
  void skip_plain_in_flow() {
    for (; at_ < text_.size(); ++at_) {
      if (std::string_view("[]{},").find(here()) != std::string_view::npos) return;
      if (here() == ':' && is_blank_at(1)) return;
      if (here() == '#' && is_blank_before()) return;
    }
  }

  [[nodiscard]] bool is_blank_before() const {
    return at_ > 0 && kBlanksAndBreaks.find(text_[at_ - 1]) != std::string_view::npos;
  }

  std::string_view text_;
  std::size_t max_depth_;
  std::string closing_;  ///< of the brackets that are open, the outermost first
  std::size_t at_ = 0;
  bool is_deep_ = false;
};

}  // namespace

std::optional<DeepFlow> find_deep_flow(std::string_view text, int max_depth) {
  return FlowScan(text, max_depth).run();
}

}  // namespace syncwright::manifest
