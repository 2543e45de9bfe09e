#include "syncwright/schema/part_json.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "syncwright/core/ascii.h"

namespace syncwright::schema {

namespace {

/// An integer of at most so many digits fits into 64 bits.
constexpr std::size_t surely_held_digits = 18;

std::size_t skip_digits(std::string_view text, std::size_t at) {
  while (at < text.size() && ascii::is_digit(text[at])) ++at;
  return at;
}

/// A number as JSON writes it, at the start of a text.
struct NumberToken {
  std::size_t length = 0;  ///< 0: there is none
  bool is_integer = true;
};

NumberToken number_at(std::string_view text) {
  const std::size_t first = text.starts_with('-') ? 1 : 0;
  std::size_t at = skip_digits(text, first);
  if (at == first || (text[first] == '0' && at > first + 1)) return {};
  NumberToken token{at, true};
  if (at < text.size() && text[at] == '.') {
    token.length = skip_digits(text, at + 1);
    if (token.length == at + 1) return {};
    token.is_integer = false;
    at = token.length;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    const bool is_signed = at + 1 < text.size() && (text[at + 1] == '+' || text[at + 1] == '-');
    const std::size_t digits = at + (is_signed ? 2 : 1);
    token.length = skip_digits(text, digits);
    if (token.length == digits) return {};
    token.is_integer = false;
  }
  return token;
}

template <class Number>
bool holds_number(std::string_view text) {
  Number number{};
  return std::from_chars(text.data(), text.data() + text.size(), number).ec == std::errc();
}

/// What is too small for a double is a zero to every parser.
bool is_large(std::string_view number, bool is_integer) {
  if (is_integer) {
    return number.size() > surely_held_digits && !holds_number<std::int64_t>(number) &&
           !holds_number<std::uint64_t>(number);
  }
  return std::isinf(std::strtod(std::string(number).c_str(), nullptr));
}

std::size_t skip_string(std::string_view text, std::size_t at) {
  for (++at; at < text.size(); ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (text[at] == '"') {
      return at + 1;
    }
  }
  return text.size();
}

std::vector<TextSpan> large_numbers(std::string_view text) {
  std::vector<TextSpan> found;
  for (std::size_t at = 0; at < text.size();) {
    const char character = text[at];
    if (character == '"') {
      at = skip_string(text, at);
    } else if (character == '-' || ascii::is_digit(character)) {
      const NumberToken token = number_at(text.substr(at));
      const std::string_view number = text.substr(at, token.length);
      if (token.length > 0 && is_large(number, token.is_integer)) {
        found.push_back({at, at + token.length});
      }
      // The rest of a malformed number is skipped as well: "01" holds no number.
      at = std::min(
          text.find_first_not_of("+-.0123456789eE", at + std::max<std::size_t>(token.length, 1)),
          text.size());
    } else {
      ++at;
    }
  }
  return found;
}

std::string quote_numbers(std::string_view text, const std::vector<TextSpan>& numbers) {
  std::string result;
  std::size_t from = 0;
  for (const TextSpan& number : numbers) {
    result += text.substr(from, number.begin - from);
    result += '"';
    result += text.substr(number.begin, number.end - number.begin);
    result += '"';
    from = number.end;
  }
  result += text.substr(from);
  return result;
}

}  // namespace

Json part_json(std::string_view text) {
  if (text.empty()) return nullptr;
  JsonLimits limits;
  limits.max_depth = kMaxSchemaDepth;
  const std::vector<TextSpan> large = large_numbers(text);
  auto parsed =
      large.empty() ? parse_json(text, limits) : parse_json(quote_numbers(text, large), limits);
  return parsed ? std::move(*parsed) : Json(nullptr);
}

Json part_json(const SynchronizationSchema& schema, TextSpan span) {
  return part_json(schema.slice(span));
}

std::string replace_large_numbers(std::string text) {
  for (const TextSpan& number : large_numbers(text)) {
    text.replace(number.begin, number.end - number.begin, number.end - number.begin, ' ');
    text[number.begin] = '0';
  }
  return text;
}

}  // namespace syncwright::schema
