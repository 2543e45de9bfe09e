#include "report/words/value_words.h"

#include <fmt/format.h>

#include <vector>

#include "syncwright/report/escape.h"

namespace syncwright::report {

namespace {

constexpr const char* kColumn = "column";

std::string as_json(const Json& value) {
  return canonical_json(value);
}

std::string text_words(const std::string& text) {
  const bool bare = !text.empty() && text.front() != ' ' && text.back() != ' ';
  return bare ? text : as_json(text);
}

/// What says the most about a mapping or a definition, and the member that says it.
struct Head {
  std::string key;  ///< empty: no member says more than the others
  std::string words;
};

Head head_of(const Json& object) {
  if (object.contains("expression")) return {"expression", string_or(object, "expression")};
  if (object.contains("constant")) return {"constant", "constant " + as_json(object["constant"])};
  if (object.contains("source")) return {"source", "no source"};
  if (object.contains("type")) return {"type", string_or(object, "type")};
  if (object.contains("reference")) return {"reference", "from " + string_or(object, "reference")};
  return {};
}

/// The head, then every other member: a true flag by its name alone.
std::string object_words(const Json& object) {
  const Head head = head_of(object);
  std::vector<std::string> words;
  if (!head.key.empty()) words.push_back(head.words);
  for (const auto& [key, value] : object.items()) {
    if (key == head.key) continue;
    words.push_back(value == true ? key : key + " " + as_json(value));
  }
  return words.empty() ? "{}" : fmt::format("{}", fmt::join(words, ", "));
}

std::string list_words(const Json& list) {
  std::string words;
  for (const Json& element : list) {
    if (!words.empty()) words += ", ";
    words += element.is_string() ? text_words(element.get<std::string>()) : as_json(element);
  }
  return words.empty() ? "[]" : words;
}

std::string clause_words(const Json& clause) {
  std::string words = string_or(clause, "attribute") + " " + string_or(clause, "operator");
  const Json& values = member_or_null(clause, "values");
  if (values.is_array() && !values.empty()) words += " " + list_words(values);
  return words;
}

std::string group_words(const Json& group, bool alone) {
  std::string words;
  std::size_t clauses = 0;
  for (const Json& clause : member_or_null(group, "all")) {
    if (clauses++ > 0) words += " and ";
    words += clause_words(clause);
  }
  return clauses > 1 && !alone ? "(" + words + ")" : words;
}

std::string filter_words(const Json& groups) {
  std::string words;
  for (const Json& group : groups) {
    if (!words.empty()) words += " or ";
    words += group_words(group, groups.size() == 1);
  }
  return words.empty() ? "no filter" : words;
}

std::string words_of(const Json& value) {
  if (value.is_null()) return "(none)";
  if (value.is_string()) return text_words(value.get<std::string>());
  if (value.is_array()) return list_words(value);
  if (!value.is_object()) return as_json(value);
  if (bool_or(value, "unknown", false)) return "(not known yet)";
  if (bool_or(value, "saved", false)) return "(saved)";
  if (bool_or(value, "sentAgain", false)) return "sent again from " + string_or(value, "reference");
  if (is_column_value(value)) return "<" + string_or(value, kColumn) + ">";
  const Json& groups = member_or_null(value, "any");
  if (groups.is_array()) return filter_words(groups);
  return object_words(value);
}

}  // namespace

std::string value_words(const Json& value) {
  return escape_terminal(words_of(value));
}

Json column_value(const std::string& heading) {
  return {{kColumn, heading}};
}

bool is_column_value(const Json& value) {
  return value.is_object() && value.size() == 1 && member_or_null(value, kColumn).is_string();
}

}  // namespace syncwright::report
