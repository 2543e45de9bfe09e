#include "expression/literal.h"

#include <algorithm>
#include <array>

#include "syncwright/core/ascii.h"

namespace syncwright::expression {
namespace {

std::size_t digits(std::string_view text, std::size_t from) {
  std::size_t at = from;
  while (at < text.size() && ascii::is_digit(text[at])) ++at;
  return at - from;
}

struct Keyword {
  std::string_view word;
  ArgumentKind kind = ArgumentKind::any;  ///< the only one that it is made for
};

constexpr std::array kKeywords = {Keyword{"vbTextCompare", ArgumentKind::compare_type},
                                  Keyword{"vbBinaryCompare", ArgumentKind::compare_type},
                                  Keyword{"UTF8", ArgumentKind::encoding},
                                  Keyword{"ASCII", ArgumentKind::encoding},
                                  Keyword{"Unicode", ArgumentKind::encoding},
                                  Keyword{"IgnoreAttributeFlow"},
                                  Keyword{"IgnoreObjectFlow"},
                                  Keyword{"true"},
                                  Keyword{"false"},
                                  Keyword{"NULL"}};

const Keyword* find_keyword(std::string_view word) {
  const auto found = std::find_if(
      kKeywords.begin(), kKeywords.end(),
      [word](const Keyword& keyword) { return ascii::equal_ignoring_case(keyword.word, word); });
  return found == kKeywords.end() ? nullptr : &*found;
}

}  // namespace

std::size_t hex_number_length(std::string_view text) {
  if (text.size() < 3 || text[0] != '&' || ascii::lower(text[1]) != 'h') return 0;
  std::size_t at = 2;
  while (at < text.size() && ascii::hex_value(text[at])) ++at;
  return at == 2 ? 0 : at;
}

std::size_t number_length(std::string_view text) {
  if (const std::size_t hex = hex_number_length(text); hex != 0) return hex;
  const std::size_t sign = !text.empty() && (text[0] == '-' || text[0] == '+') ? 1 : 0;
  const std::size_t whole = digits(text, sign);
  if (whole == 0) return 0;
  const std::size_t point = sign + whole;
  if (point >= text.size() || text[point] != '.') return point;
  const std::size_t fraction = digits(text, point + 1);
  return fraction == 0 ? point : point + 1 + fraction;
}

std::size_t identifier_length(std::string_view text) {
  if (text.empty() || ascii::is_digit(text[0])) return 0;
  std::size_t at = 0;
  while (at < text.size() &&
         (ascii::is_letter(text[at]) || ascii::is_digit(text[at]) || text[at] == '_'))
    ++at;
  return at;
}

bool is_number_text(std::string_view text) {
  return !text.empty() && number_length(text) == text.size();
}

bool is_parameter_text(std::string_view text) {
  return text.size() > 2 && text.front() == '%' && text.back() == '%' &&
         identifier_length(text.substr(1)) == text.size() - 2;
}

bool is_keyword(std::string_view word) {
  return find_keyword(word) != nullptr;
}

ArgumentKind kind_of_keyword(std::string_view word) {
  const Keyword* keyword = find_keyword(word);
  return keyword == nullptr ? ArgumentKind::any : keyword->kind;
}

std::string quote_constant(std::string_view value) {
  std::string quoted = "\"";
  for (const char c : value) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  quoted += '"';
  return quoted;
}

}  // namespace syncwright::expression
