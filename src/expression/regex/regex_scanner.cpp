#include "expression/regex/regex_scanner.h"

#include <fmt/format.h>

#include "expression/functions/letters.h"
#include "syncwright/core/ascii.h"
#include "syncwright/core/text.h"

namespace syncwright::expression {

namespace {

/// nullopt for a letter without a meaning of its own.
std::optional<std::uint32_t> single_escape(std::uint32_t letter) {
  switch (letter) {
    case 'a':
      return 0x07;
    case 'b':
      return 0x08;
    case 'e':
      return 0x1b;
    case 'f':
      return 0x0c;
    case 'n':
      return 0x0a;
    case 'r':
      return 0x0d;
    case 't':
      return 0x09;
    case 'v':
      return 0x0b;
    default:
      return is_regex_word(letter) ? std::nullopt : std::optional(letter);
  }
}

bool is_ascii_letter(std::uint32_t point) {
  return (point >= 'A' && point <= 'Z') || (point >= 'a' && point <= 'z');
}

}  // namespace

RegexScanner::RegexScanner(std::string_view pattern) {
  points_.reserve(pattern.size());
  while (!pattern.empty()) {
    const CodePoint point = decode_utf8(pattern);
    points_.push_back(point.valid ? point.value : 0xfffd);
    pattern.remove_prefix(point.length);
  }
}

bool RegexScanner::take(char expected) {
  if (at_end() || peek() != static_cast<unsigned char>(expected)) return false;
  ++at_;
  return true;
}

bool RegexScanner::take(std::string_view expected) {
  for (std::size_t i = 0; i < expected.size(); ++i) {
    if (at_ + i >= points_.size() || peek(i) != static_cast<unsigned char>(expected[i]))
      return false;
  }
  at_ += expected.size();
  return true;
}

std::string RegexScanner::digits() {
  std::string read;
  while (!at_end() && is_regex_digit(peek())) read += static_cast<char>(next());
  return read;
}

std::string RegexScanner::name() {
  std::string read;
  while (!at_end() && is_regex_word(peek())) append_utf8(read, next());
  return read;
}

std::optional<RegexCounts> RegexScanner::counts() {
  RegexCounts counts;
  if (!take('{')) return std::nullopt;
  counts.least = digits();
  if (counts.least.empty()) return std::nullopt;
  if (take(',')) counts.most = digits();
  if (!take('}')) return std::nullopt;
  return counts;
}

std::optional<std::uint32_t> RegexScanner::character_escape() {
  const std::size_t start = at_ - 1;
  if (at_end()) {
    fail(start, "a backslash at the end");
    return std::nullopt;
  }
  if (peek() >= '0' && peek() <= '7') return octal();
  const std::uint32_t letter = next();
  if (letter == 'x') return hex(2);
  if (letter == 'u') return utf16_escape();
  if (letter == 'c') return control();
  const auto meaning = single_escape(letter);
  if (!meaning) {
    std::string escape = "the escape \\";
    append_utf8(escape, letter);
    fail(start, escape + ", which .NET does not know");
  }
  return meaning;
}

std::optional<std::string> RegexScanner::property() {
  const std::size_t start = at_;
  std::string read;
  if (take('{')) {
    while (!at_end() && (is_regex_word(peek()) || peek() == '-')) append_utf8(read, next());
    if (!read.empty() && take('}')) return read;
  }
  fail(start, "a \\p without a category in braces");
  return std::nullopt;
}

bool RegexScanner::fail(std::size_t position, std::string_view what) {
  if (!failed()) refusal_.message = fmt::format("{} at character {}", what, position + 1);
  return false;
}

bool RegexScanner::cannot(std::size_t position, std::string_view what) {
  refusal_.is_ours = refusal_.is_ours || !failed();
  return fail(position, what);
}

std::optional<std::uint32_t> RegexScanner::hex(std::size_t count) {
  const std::size_t start = at_;
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const auto digit = at_end() ? std::nullopt : ascii::hex_value(peek());
    if (!digit) {
      fail(start, fmt::format("an escape that needs {} hexadecimal digits", count));
      return std::nullopt;
    }
    value = value << 4u | *digit;
    ++at_;
  }
  return value;
}

/// Two escapes that are the halves of one character count as that character.
std::optional<std::uint32_t> RegexScanner::utf16_escape() {
  const std::size_t start = at_;
  const auto high = hex(4);
  if (!high || *high < 0xd800 || *high > 0xdfff) return high;
  if (*high <= 0xdbff && take("\\u")) {
    const auto low = hex(4);
    if (!low) return low;
    if (*low >= 0xdc00 && *low <= 0xdfff) {
      return 0x10000 + ((*high - 0xd800) << 10u) + (*low - 0xdc00);
    }
  }
  cannot(start, "half of a surrogate pair");
  return std::nullopt;
}

std::optional<std::uint32_t> RegexScanner::control() {
  std::uint32_t letter = peek();
  if (letter >= 'a' && letter <= 'z') letter -= 'a' - 'A';
  if (at_end() || letter < '@' || letter > '_') {
    fail(at_, "a \\c without a control character");
    return std::nullopt;
  }
  ++at_;
  return letter - '@';
}

std::uint32_t RegexScanner::octal() {
  std::uint32_t value = 0;
  for (int i = 0; i < 3 && !at_end() && peek() >= '0' && peek() <= '7'; ++i) {
    value = value * 8 + (next() - '0');
  }
  return value & 0xffu;
}

bool is_regex_digit(std::uint32_t point) {
  return point >= '0' && point <= '9';
}

bool is_regex_word(std::uint32_t point) {
  return is_ascii_letter(point) || is_regex_digit(point) || point == '_' || point >= 0x80;
}

void append_regex_literal(std::string& pattern, std::uint32_t point) {
  if (is_ascii_letter(point) || is_regex_digit(point) || point >= 0x80) {
    append_utf8(pattern, point);
  } else {
    pattern += fmt::format("\\x{{{:x}}}", point);
  }
}

}  // namespace syncwright::expression
