#include "expression/syntax_advice.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "expression/functions/advice.h"
#include "expression/literal.h"
#include "syncwright/core/ascii.h"
#include "syncwright/expression/function_table.h"

namespace syncwright::expression {
namespace {

constexpr std::size_t kLongestQuote = 40;

struct Habit {
  std::string_view token;
  std::string_view advice;
};

constexpr std::string_view kDoubleQuotes = "write texts in plain double quotes: \"text\"";

/// Wrong wherever they stand. Longer tokens first.
constexpr std::array kHabits = {
    Habit{"\xE2\x80\x9C", kDoubleQuotes},  // typographic quotes, as web pages and Word make them
    Habit{"\xE2\x80\x9D", kDoubleQuotes},
    Habit{"\xE2\x80\x98", kDoubleQuotes},
    Habit{"\xE2\x80\x99", kDoubleQuotes},
    Habit{"'", kDoubleQuotes},
    Habit{"`", kDoubleQuotes},
    Habit{"\xC2\xA0", "this is a no-break space, often copied from a web page: write a plain one"},
    Habit{"!=", "\"not equal\" is written <>"},
    Habit{"!", advice::negate},
    Habit{"&&", advice::nest_conditions},
    Habit{"||", advice::nest_conditions},
    Habit{"==", "equality is a single ="},
    Habit{"=>", "\"at least\" is written >="},
    Habit{"=<", "\"at most\" is written <="},
    Habit{"{", "lists and blocks are not part of the language"},
    Habit{";", "arguments are separated by commas"},
};

std::string_view habit_advice(std::string_view rest) {
  for (const Habit& habit : kHabits) {
    if (rest.starts_with(habit.token)) return habit.advice;
  }
  return {};
}

std::string_view word_at(std::string_view rest) {
  return rest.substr(0, identifier_length(rest));
}

bool is_logical_word(std::string_view word) {
  constexpr std::array<std::string_view, 3> kWords = {"AND", "OR", "XOR"};
  return std::any_of(kWords.begin(), kWords.end(), [word](std::string_view each) {
    return ascii::equal_ignoring_case(each, word);
  });
}

std::string operand_advice(std::string_view rest) {
  if (const std::string_view word = word_at(rest); !word.empty()) {
    if (const Function* function = find_function(word)) {
      return fmt::format("{0} is a function: write {0}({1})", function->name,
                         function->parameters.empty() ? "" : "..");
    }
    return fmt::format("write [{0}] for the attribute, \"{0}\" for the text", word);
  }
  if (rest.starts_with('(')) return "parentheses only follow the name of a function";
  if (rest.starts_with(')')) return "a value is missing before it";
  return {};
}

std::string continuation_advice(std::string_view rest, Expected expected, char before) {
  if (rest.starts_with('[')) {
    const bool is_index = before == ')' || (rest.size() > 1 && ascii::is_digit(rest[1]));
    if (is_index) return std::string(advice::pick_element);
    return expected == Expected::end ? std::string(advice::put_together)
                                     : "a comma may be missing before it";
  }
  if (rest.starts_with(')') && expected == Expected::end) {
    return "there is one closing parenthesis too many";
  }
  if (rest.starts_with('+')) return std::string(advice::put_together);
  if (hex_number_length(rest) != 0) {
    return "&H.. is a hexadecimal number; leave a blank after & to join texts";
  }
  if (const std::string_view word = word_at(rest); !word.empty()) {
    if (is_logical_word(word)) return std::string(advice::nest_conditions);
    return "a comma may be missing before it, or a quote: inside a text a quote is written \\\"";
  }
  if (rest.starts_with('"')) return std::string(advice::put_together);
  if (!rest.empty() && std::string_view("=<>").find(rest.front()) != std::string_view::npos) {
    return std::string(advice::nest_conditions);
  }
  return {};
}

/// Bytes of the character at the start, so that no message cuts one in half.
std::size_t character_length(std::string_view rest) {
  std::size_t length = 1;
  while (length < rest.size() && (static_cast<unsigned char>(rest[length]) & 0xC0u) == 0x80u) {
    ++length;
  }
  return std::min<std::size_t>(length, 4);
}

std::size_t token_length(std::string_view rest) {
  if (rest.front() == '"') {
    const std::size_t close = rest.find('"', 1);
    const std::size_t length = close == std::string_view::npos ? rest.size() : close + 1;
    return length <= kLongestQuote ? length : 1;
  }
  if (const std::size_t number = number_length(rest); number != 0) return number;
  if (const std::size_t word = identifier_length(rest); word != 0) return word;
  for (const Habit& habit : kHabits) {
    if (rest.starts_with(habit.token)) return habit.token.size();
  }
  return character_length(rest);
}

}  // namespace

std::string describe_at(std::string_view text, std::size_t offset) {
  if (offset >= text.size()) return "the end of the expression";
  const std::string_view rest = text.substr(offset);
  if (static_cast<unsigned char>(rest.front()) < 0x20) return "a control character";
  const std::string_view token = rest.substr(0, token_length(rest));
  if (token.size() > kLongestQuote) return fmt::format("`{}..`", token.substr(0, kLongestQuote));
  return fmt::format("`{}`", token);
}

std::string advice_at(std::string_view text, std::size_t offset, Expected expected) {
  if (offset >= text.size()) {
    return expected == Expected::argument_end ? "a closing parenthesis is missing" : std::string();
  }
  const std::string_view rest = text.substr(offset);
  if (const std::string_view habit = habit_advice(rest); !habit.empty()) return std::string(habit);
  if (expected == Expected::operand) return operand_advice(rest);
  return continuation_advice(rest, expected, offset == 0 ? '\0' : text[offset - 1]);
}

}  // namespace syncwright::expression
