#include "schema/json_text.h"

#include <algorithm>

#include "syncwright/core/json.h"

namespace syncwright {

namespace {

constexpr std::string_view blanks = " \t\r\n";

std::size_t skip_blanks(std::string_view text, std::size_t at, std::size_t end) {
  return std::min(text.find_first_not_of(blanks, at), end);
}

/// `at` is the opening quote.
std::size_t end_of_string(std::string_view text, std::size_t at, std::size_t end) {
  for (++at; at < end; ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (text[at] == '"') {
      return at + 1;
    }
  }
  return end;
}

std::size_t end_of_nest(std::string_view text, std::size_t at, std::size_t end) {
  int depth = 0;
  while (at < end) {
    const char character = text[at];
    if (character == '"') {
      at = end_of_string(text, at, end);
      continue;
    }
    ++at;
    if (character == '{' || character == '[') ++depth;
    if ((character == '}' || character == ']') && --depth == 0) return at;
  }
  return end;
}

std::string unescaped(std::string_view quoted) {
  if (quoted.find('\\') == std::string_view::npos) {
    return quoted.size() < 2 ? std::string{} : std::string(quoted.substr(1, quoted.size() - 2));
  }
  const auto parsed = parse_json(quoted);
  return parsed && parsed->is_string() ? parsed->get<std::string>() : std::string{};
}

}  // namespace

std::size_t end_of_value(std::string_view text, std::size_t begin, std::size_t end) {
  if (begin >= end) return end;
  if (text[begin] == '"') return end_of_string(text, begin, end);
  if (text[begin] == '{' || text[begin] == '[') return end_of_nest(text, begin, end);
  return std::min(text.find_first_of(",]} \t\r\n", begin), end);
}

std::vector<JsonMemberSpan> members_of(std::string_view text, TextSpan object) {
  std::vector<JsonMemberSpan> members;
  std::size_t at = skip_blanks(text, object.begin + 1, object.end);
  while (at < object.end && text[at] == '"') {
    JsonMemberSpan member;
    member.key_span = {at, end_of_string(text, at, object.end)};
    member.key = unescaped(text.substr(at, member.key_span.end - at));
    at = skip_blanks(text, member.key_span.end, object.end);           // the colon
    at = skip_blanks(text, std::min(at + 1, object.end), object.end);  // the value
    member.value_span = {at, end_of_value(text, at, object.end)};
    at = skip_blanks(text, member.value_span.end, object.end);  // comma or brace
    at = skip_blanks(text, std::min(at + 1, object.end), object.end);
    members.push_back(std::move(member));
  }
  return members;
}

TextSpan member_value(std::string_view text, TextSpan object, std::string_view key) {
  TextSpan value;
  for (const JsonMemberSpan& member : members_of(text, object)) {
    if (member.key == key) value = member.value_span;
  }
  return value;
}

}  // namespace syncwright
