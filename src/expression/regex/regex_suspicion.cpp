#include "syncwright/expression/regex_suspicion.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>

#include "syncwright/core/ascii.h"
#include "syncwright/expression/value.h"

namespace syncwright::expression {
namespace {

/// A piece of a pattern: an escape, a class, or one byte.
struct Piece {
  std::string_view text;
  int depth = 0;  ///< of the groups round it

  [[nodiscard]] bool is(std::string_view wanted) const { return text == wanted; }
  [[nodiscard]] bool is_class() const { return text.size() > 1 && text.front() == '['; }
  [[nodiscard]] bool is_alphanumeric() const {
    return text.size() == 1 && (ascii::is_letter(text.front()) || ascii::is_digit(text.front()));
  }
};

std::size_t class_length(std::string_view rest) {
  std::size_t at = rest.starts_with("[^") ? 2 : 1;
  if (at < rest.size() && rest[at] == ']') ++at;
  while (at < rest.size() && rest[at] != ']') at += rest[at] == '\\' ? 2 : 1;
  return std::min(at + 1, rest.size());
}

std::vector<Piece> pieces_of(std::string_view pattern) {
  std::vector<Piece> pieces;
  int depth = 0;
  for (std::size_t at = 0; at < pattern.size();) {
    const std::string_view rest = pattern.substr(at);
    std::size_t length = 1;
    if (rest.front() == '\\') length = std::min<std::size_t>(2, rest.size());
    if (rest.front() == '[') length = class_length(rest);
    if (rest.front() == ')') --depth;
    pieces.push_back({rest.substr(0, length), depth});
    if (rest.front() == '(') ++depth;
    at += length;
  }
  return pieces;
}

const Piece* piece_at(const std::vector<Piece>& pieces, std::size_t at) {
  return at < pieces.size() ? &pieces[at] : nullptr;
}

void find_escaped_quantifier(const std::vector<Piece>& pieces,
                             std::vector<RegexSuspicion>& suspicions) {
  for (std::size_t at = 0; at + 1 < pieces.size(); ++at) {
    const Piece& quantifier = pieces[at + 1];
    const bool any = pieces[at].is(".") && (quantifier.is(R"(\*)") || quantifier.is(R"(\+)"));
    if (!any && !(pieces[at].is_class() && quantifier.is(R"(\*)"))) continue;
    const char sign = quantifier.text.back();
    const std::string repeated = shorten(pieces[at].text);
    suspicions.push_back(
        {Code::SW3118,
         fmt::format("`{}{}` is one character and the sign `{}` behind it", repeated,
                     quantifier.text, sign),
         fmt::format("for a repetition write {}{} without the backslash", repeated, sign)});
    return;
  }
}

bool is_top_level_domain(std::string_view label) {
  constexpr std::array<std::string_view, 6> kLabels = {"com", "edu", "gov", "local", "net", "org"};
  return std::any_of(kLabels.begin(), kLabels.end(), [label](std::string_view each) {
    return ascii::equal_ignoring_case(each, label);
  });
}

bool is_of_host(const Piece& piece) {
  return piece.is_alphanumeric() || piece.is("-") || piece.is(".") || piece.is(R"(\.)") ||
         piece.is(R"(\-)");
}

/// Whether a dot between letters at `dot` is one of a domain's name.
bool is_dot_of_domain(const std::vector<Piece>& pieces, std::size_t dot) {
  std::size_t end = dot + 1;
  std::string label;
  while (end < pieces.size() && pieces[end].is_alphanumeric()) label += pieces[end++].text;
  const Piece* behind = piece_at(pieces, end);
  const bool ends = behind == nullptr || behind->is("$") || behind->is(")") || behind->is("|") ||
                    behind->is(".") || behind->is(R"(\.)");
  if (!ends || label.size() < 2 || dot == 0 || !pieces[dot - 1].is_alphanumeric()) return false;
  std::size_t start = dot;
  while (start > 0 && is_of_host(pieces[start - 1])) --start;
  const bool behind_at = start > 0 && (pieces[start - 1].is("@") || pieces[start - 1].is(R"(\@)"));
  return behind_at || is_top_level_domain(label);
}

void find_open_dot(const std::vector<Piece>& pieces, std::vector<RegexSuspicion>& suspicions) {
  for (std::size_t at = 0; at < pieces.size(); ++at) {
    if (!pieces[at].is(".") || !is_dot_of_domain(pieces, at)) continue;
    std::size_t start = at;
    while (start > 0 && is_of_host(pieces[start - 1])) --start;
    std::string host;
    for (; start < pieces.size() && is_of_host(pieces[start]); ++start) host += pieces[start].text;
    suspicions.push_back(
        {Code::SW3119,
         fmt::format("the dot in {} stands for any character", quote(std::string_view(host))),
         "write \\. in the pattern, which is \\\\. in the text of an expression"});
    return;
  }
}

/// Whether one character must stand here; a group may be empty for all that is known.
bool must_stand(const std::vector<Piece>& pieces, std::size_t at) {
  const Piece& piece = pieces[at];
  constexpr std::string_view kSigns = "^$()|*+?{}";
  if (piece.text.size() == 1 && kSigns.find(piece.text) != std::string_view::npos) return false;
  if (piece.text.size() == 2 && piece.text.front() == '\\') {
    const char letter = piece.text.back();
    if (ascii::is_digit(letter)) return false;
    const bool has_meaning = ascii::is_letter(letter);
    if (has_meaning && std::string_view("dDwWsS").find(letter) == std::string_view::npos) {
      return false;
    }
  }
  const Piece* next = piece_at(pieces, at + 1);
  return next == nullptr || !(next->is("*") || next->is("?") || next->is("{"));
}

bool may_be_line_feed(const Piece& piece) {
  return piece.is_class() || piece.is(R"(\D)") || piece.is(R"(\W)") || piece.is(R"(\s)") ||
         piece.is("\n");
}

/// Alternatives and options of the pattern's own are left alone.
bool is_plain_sequence(std::string_view pattern, const std::vector<Piece>& pieces) {
  for (std::size_t at = pattern.find("(?"); at != std::string_view::npos;
       at = pattern.find("(?", at + 1)) {
    const std::string_view rest = pattern.substr(at + 2);
    if (!rest.empty() && (ascii::is_letter(rest.front()) || rest.front() == '-')) return false;
  }
  return std::none_of(pieces.begin(), pieces.end(),
                      [](const Piece& piece) { return piece.depth == 0 && piece.is("|"); });
}

void find_never(std::string_view pattern, const std::vector<Piece>& pieces,
                std::vector<RegexSuspicion>& suspicions) {
  if (!is_plain_sequence(pattern, pieces)) return;
  const auto never = [&suspicions](const char* why, const char* sign) {
    suspicions.push_back({Code::SW3125,
                          fmt::format("the regular expression never matches: {}", why),
                          fmt::format("where the sign itself is meant write \\{}", sign)});
  };
  bool has_begun = false;
  bool has_ended = false;
  bool in_braces = false;
  for (std::size_t at = 0; at < pieces.size(); ++at) {
    const Piece& piece = pieces[at];
    if (piece.is("{")) in_braces = true;
    if (piece.depth != 0 || in_braces) {
      if (piece.is("}")) in_braces = false;
      continue;
    }
    const Piece* next = piece_at(pieces, at + 1);
    const bool optional = next != nullptr && (next->is("*") || next->is("?") || next->is("{"));
    if (piece.is("^") && has_begun && !optional) return never("`^` is where a text begins", "^");
    if (piece.is("$") && !optional) has_ended = true;
    if (!must_stand(pieces, at)) continue;
    if (has_ended && !may_be_line_feed(piece)) return never("`$` is where a text ends", "$");
    has_begun = true;
  }
}

}  // namespace

std::vector<RegexSuspicion> regex_suspicions(std::string_view pattern) {
  const std::vector<Piece> pieces = pieces_of(pattern);
  std::vector<RegexSuspicion> suspicions;
  find_escaped_quantifier(pieces, suspicions);
  find_open_dot(pieces, suspicions);
  find_never(pattern, pieces, suspicions);
  return suspicions;
}

}  // namespace syncwright::expression
