#include "schema/json_text.h"

#include <algorithm>

#include "syncwright/core/json.h"

namespace syncwright::schema {

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

std::string unescape_key(std::string_view quoted) {
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
    member.key = unescape_key(text.substr(at, member.key_span.end - at));
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

namespace {

std::string_view slice(std::string_view text, std::size_t begin, std::size_t end) {
  return text.substr(begin, end - begin);
}

std::string member_text(std::string_view key, std::string_view colon, std::string_view value) {
  return canonical_json(Json(key)).append(colon).append(value);
}

std::string join_parts(const std::vector<std::string>& parts) {
  std::string all;
  for (const std::string& part : parts) all.append(all.empty() ? "" : ",").append(part);
  return all;
}

/// The white space that stands before an object's last member or an array's last element, so that
/// what is added looks like its neighbours.
std::string_view blanks_before(std::string_view text, std::size_t at) {
  const std::size_t last = text.substr(0, at).find_last_not_of(" \t\r\n");
  return slice(text, last + 1, at);
}

}  // namespace

void sort_edits(std::vector<TextEdit>& edits) {
  std::stable_sort(edits.begin(), edits.end(), [](const TextEdit& left, const TextEdit& right) {
    return left.span.begin < right.span.begin;
  });
}

std::string splice(std::string_view text, const std::vector<TextEdit>& edits) {
  std::string result;
  result.reserve(text.size() + 256 * edits.size());
  std::size_t at = 0;
  for (const TextEdit& edit : edits) {
    result.append(slice(text, at, edit.span.begin)).append(edit.replacement);
    at = edit.span.end;
  }
  result.append(text.substr(at));
  return result;
}

void edit_members(std::string_view text, TextSpan object, const MemberValues& values,
                  std::vector<TextEdit>& edits) {
  const std::vector<JsonMemberSpan> members = members_of(text, object);
  std::vector<std::string> missing;
  std::string_view colon = ":";
  if (!members.empty()) {
    colon = slice(text, members.back().key_span.end, members.back().value_span.begin);
  }
  for (const auto& [key, value] : values) {
    bool found = false;
    for (const JsonMemberSpan& member : members) {
      if (member.key != key) continue;
      edits.push_back({member.value_span, value});
      found = true;
    }
    if (!found) missing.push_back(member_text(key, colon, value));
  }
  if (missing.empty()) return;
  if (members.empty()) {
    edits.push_back({{object.begin + 1, object.end - 1}, join_parts(missing)});
    return;
  }
  const std::size_t behind = members.back().value_span.end;
  const std::string_view blanks = blanks_before(text, members.back().key_span.begin);
  std::string addition;
  for (const std::string& member : missing) addition.append(",").append(blanks).append(member);
  edits.push_back({{behind, behind}, std::move(addition)});
}

void edit_elements(std::string_view text, TextSpan array, const std::vector<TextSpan>& elements,
                   const std::vector<bool>& removed, const std::vector<std::string>& added,
                   std::vector<TextEdit>& edits) {
  const bool none_stays = std::find(removed.begin(), removed.end(), false) == removed.end();
  if (none_stays) {
    if (elements.empty() && added.empty()) return;
    edits.push_back({{array.begin + 1, array.end - 1}, join_parts(added)});
    return;
  }
  bool something_before = false;
  for (std::size_t i = 0; i < elements.size(); ++i) {
    if (!removed[i]) {
      something_before = true;
    } else if (something_before) {
      edits.push_back({{elements[i - 1].end, elements[i].end}, ""});
    } else {
      edits.push_back({{elements[i].begin, elements[i + 1].begin}, ""});
    }
  }
  if (added.empty()) return;
  const std::string_view blanks = blanks_before(text, elements.back().begin);
  std::string addition;
  for (const std::string& element : added) addition.append(",").append(blanks).append(element);
  edits.push_back({{elements.back().end, elements.back().end}, std::move(addition)});
}

}  // namespace syncwright::schema
