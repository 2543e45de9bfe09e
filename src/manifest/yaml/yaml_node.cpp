#include "manifest/yaml/yaml_node.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <vector>

#include "manifest/yaml/yaml_text.h"
#include "syncwright/core/ascii.h"

namespace syncwright::manifest {
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

void report_duplicate_keys(const YamlNode& mapping, const FileName& file,
                           Diagnostics& diagnostics) {
  std::map<std::string_view, const YamlNode*> seen;
  for (const YamlEntry& entry : mapping.entries) {
    const auto [first, added] = seen.emplace(entry.key.text, &entry.key);
    if (added) continue;
    diagnostics.add(Code::SW0102, source_range(file, entry.key.span),
                    fmt::format("the key {} occurs twice, first in line {}, column {}",
                                quote_value(entry.key.text), first->second->span.line,
                                first->second->span.column),
                    "delete one of the two, or join their contents");
  }
}

const YamlNode* find_value(const YamlNode& mapping, std::string_view key) {
  for (const YamlEntry& entry : mapping.entries) {
    if (entry.key.text == key) return &entry.value;
  }
  return nullptr;
}

SourceSpan text_start(const YamlNode& scalar) {
  if (scalar.text_column == 0) return {};
  const bool is_in_quotes = scalar.text_column > scalar.span.column;
  return position_behind(scalar.span, is_in_quotes ? "\"" : "");
}

namespace {

/// The keys that lead to a mapping.
using Path = std::vector<std::string_view>;

/// Whether two keys of the mapping at `path` cannot stand side by side (SW1012).
bool exclude_each_other(const Path& path, std::string_view left, std::string_view right) {
  if (left == right || path.empty() || path.front() != "spec") return false;
  if (path.size() == 3 && path[1] == "jobs") {
    const bool of_template = left == "template" || right == "template";
    return left == "absent" || right == "absent" ||
           (of_template && (left == "id" || right == "id"));
  }
  return path.size() == 4 && path[1] == "credentials" && path[2] == "values";  // env, file, command
}

void drop_excluded(YamlNode& below, const YamlNode& above, const Path& path) {
  std::erase_if(below.entries, [&](const YamlEntry& old) {
    return std::any_of(above.entries.begin(), above.entries.end(), [&](const YamlEntry& entry) {
      return exclude_each_other(path, old.key.text, entry.key.text);
    });
  });
}

void lay_over_at(Path& path, YamlNode& below, const YamlNode& above) {
  const bool both_mappings =
      below.kind == YamlNode::Kind::mapping && above.kind == YamlNode::Kind::mapping;
  if (!both_mappings) {
    below = above;
    return;
  }
  drop_excluded(below, above, path);
  for (const YamlEntry& entry : above.entries) {
    const auto found =
        std::find_if(below.entries.begin(), below.entries.end(),
                     [&entry](const YamlEntry& each) { return each.key.text == entry.key.text; });
    if (found == below.entries.end()) {
      below.entries.push_back(entry);
    } else {
      found->key = entry.key;
      path.push_back(entry.key.text);
      lay_over_at(path, found->value, entry.value);
      path.pop_back();
    }
  }
}

}  // namespace

void lay_over(YamlNode& below, const YamlNode& above) {
  Path path;
  lay_over_at(path, below, above);
}

}  // namespace syncwright::manifest
