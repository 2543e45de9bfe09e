#include "syncwright/manifest/yaml_scalar.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "syncwright/core/ascii.h"

namespace syncwright {
namespace {

/// Removes leading digits and says how many there were.
std::size_t take_digits(std::string_view& text) {
  std::size_t count = 0;
  while (count < text.size() && ascii::is_digit(text[count])) ++count;
  text.remove_prefix(count);
  return count;
}

bool take(std::string_view& text, std::string_view any_of) {
  if (text.empty() || any_of.find(text.front()) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

/// [-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?, infinity and not-a-number.
bool is_number(std::string_view text) {
  take(text, "-+");
  for (const std::string_view word : {".inf", ".Inf", ".INF", ".nan", ".NaN", ".NAN"}) {
    if (text == word) return true;
  }
  const std::size_t whole = take_digits(text);
  const std::size_t fraction = take(text, ".") ? take_digits(text) : 0;
  if (whole + fraction == 0) return false;
  if (take(text, "eE")) {
    take(text, "-+");
    if (take_digits(text) == 0) return false;
  }
  return text.empty();
}

/// "1:30", "22:30:00", "2026-11-22", "2026-11-22T10:00:00Z".
bool is_sexagesimal_or_date(std::string_view text) {
  const std::size_t first = take_digits(text);
  if (first == 0 || text.empty()) return false;
  if (text.front() == ':') {
    while (take(text, ":")) {
      if (take_digits(text) == 0) return false;
    }
    return text.empty();
  }
  if (first != 4 || !take(text, "-") || take_digits(text) == 0) return false;
  return take(text, "-") && take_digits(text) > 0 &&
         (text.empty() || text.front() == 'T' || text.front() == 't' || text.front() == ' ');
}

constexpr std::array<std::string_view, 12> old_booleans{"yes", "Yes", "YES", "no",  "No",  "NO",
                                                        "on",  "On",  "ON",  "off", "Off", "OFF"};

bool is_grouped_number(std::string_view text) {
  return text.find('_') != std::string_view::npos && !text.empty() &&
         ascii::is_digit(text.front()) && std::all_of(text.begin(), text.end(), [](char c) {
           return ascii::is_digit(c) || c == '_';
         });
}

}  // namespace

std::optional<bool> parse_boolean(std::string_view text) {
  for (const std::string_view word : {"true", "True", "TRUE"}) {
    if (text == word) return true;
  }
  for (const std::string_view word : {"false", "False", "FALSE"}) {
    if (text == word) return false;
  }
  return std::nullopt;
}

std::optional<std::int64_t> parse_integer(std::string_view text) {
  int base = 10;
  if (text.starts_with("0o") || text.starts_with("0x")) {
    base = text[1] == 'o' ? 8 : 16;
    text.remove_prefix(2);
    if (text.starts_with('-')) return std::nullopt;
  } else if (text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.starts_with('-')) return std::nullopt;
  }
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

ScalarType core_type(const YamlNode& scalar) {
  if (scalar.style != YamlNode::Style::plain) return ScalarType::text;
  if (parse_boolean(scalar.text)) return ScalarType::boolean;
  if (parse_integer(scalar.text)) return ScalarType::integer;
  return is_number(scalar.text) ? ScalarType::number : ScalarType::text;
}

bool differs_in_yaml_1_1(const YamlNode& scalar) {
  if (scalar.style != YamlNode::Style::plain || core_type(scalar) != ScalarType::text) {
    return false;
  }
  const bool old_boolean =
      std::find(old_booleans.begin(), old_booleans.end(), scalar.text) != old_booleans.end();
  return old_boolean || is_sexagesimal_or_date(scalar.text) || is_grouped_number(scalar.text);
}

}  // namespace syncwright
