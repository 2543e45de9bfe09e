#include "expressible.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <map>
#include <string_view>
#include <system_error>
#include <vector>

#include "canonical_filter.h"
#include "syncwright/core/diagnostic_catalog.h"
#include "syncwright/expression/lint.h"
#include "syncwright/expression/parser.h"
#include "syncwright/expression/source_tree.h"

namespace syncwright {

namespace {

const std::map<std::string, std::vector<std::string_view>>& words() {
  static const std::map<std::string, std::vector<std::string_view>> known = {
      {"type", {"String", "Integer", "Reference", "Binary", "Boolean", "DateTime"}},
      {"mutability", {"ReadWrite", "ReadOnly", "Immutable", "WriteOnly"}},
      {"flowType",
       {"Always", "ObjectAddOnly", "MultiValueAddOnly", "ValueAddOnly", "AttributeAddOnly"}},
      {"flowBehavior", {"FlowWhenChanged", "FlowAlways"}},
  };
  return known;
}

/// API.md 9.3: how many values an operator takes, and whether they are whole numbers.
struct Operator {
  std::size_t values = 1;
  bool integer = false;
};

const std::map<std::string, Operator>& operators() {
  static const std::map<std::string, Operator> known = {
      {"EQUALS", {}},
      {"NOT EQUALS", {}},
      {"REGEX MATCH", {}},
      {"NOT REGEX MATCH", {}},
      {"ENDS_WITH", {}},
      {"Includes", {}},
      {"IS TRUE", {0, false}},
      {"IS FALSE", {0, false}},
      {"IS NULL", {0, false}},
      {"IS NOT NULL", {0, false}},
      {"Greater_Than", {1, true}},
      {"Greater_Than_OR_EQUALS", {1, true}},
      {"&", {1, true}},
      {"!&", {1, true}},
  };
  return known;
}

bool is_whole_number(std::string_view text) {
  std::int32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size();
}

/// `clause` in the words of canonical_groups.
std::optional<FilterClause> expressible_clause(const Json& clause) {
  FilterClause result{string_or(clause, "attribute"), string_or(clause, "operator"), {}};
  const auto known = operators().find(result.operator_name);
  if (known == operators().end() || result.attribute.empty()) return std::nullopt;
  const Json& values = member_or_null(clause, "values");
  if (!values.is_null() && !values.is_array()) return std::nullopt;
  for (const Json& value : values) {
    if (!value.is_string()) return std::nullopt;
    result.values.push_back(value.get<std::string>());
    if (known->second.integer && !is_whole_number(result.values.back())) return std::nullopt;
  }
  if (result.values.size() != known->second.values) return std::nullopt;
  return result;
}

std::size_t character_count(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u;
  }));
}

/// Whether `validate` would call the expression wrong: perhaps the service knows more functions.
bool is_refused(const Expression& expression, const std::string& text, bool matches) {
  LintContext context;
  context.matches = matches;
  const std::vector<LintFinding> findings = lint(expression, text, context);
  return std::any_of(findings.begin(), findings.end(), [](const LintFinding& finding) {
    return find_catalog_entry(finding.code)->severity == Severity::error;
  });
}

}  // namespace

std::optional<std::string> expressible_text(const std::string& member, const Json& value) {
  if (!value.is_string()) return std::nullopt;
  auto text = value.get<std::string>();
  const auto known = words().find(member);
  if (known == words().end()) return text;
  const auto& list = known->second;
  if (std::find(list.begin(), list.end(), text) == list.end()) return std::nullopt;
  return text;
}

std::optional<std::int64_t> expressible_priority(const Json& value) {
  if (!value.is_number_integer()) return std::nullopt;
  const auto priority = value.get<std::int64_t>();
  if (priority < 0 || priority > std::numeric_limits<std::int32_t>::max()) return std::nullopt;
  return priority;
}

std::optional<MappingSource> expressible_source(const Json& source, bool matches) {
  if (source.is_null()) return MappingSource{MappingSource::None{}};
  auto expression = from_source_tree(source);
  if (!expression) return std::nullopt;
  if (expression->kind == Expression::Kind::constant) {
    Expression constant;
    constant.text = expression->text;
    return MappingSource{std::move(constant)};
  }
  const std::string text = render_expression(*expression);
  // A bare word is refused, it would mostly be a forgotten quote.
  if (text.find_first_of("[\"(%") == std::string::npos) return std::nullopt;
  if (character_count(text) > kMaxExpressionCharacters) return std::nullopt;
  auto parsed = parse_expression(text);
  if (!parsed || *parsed != *expression) return std::nullopt;
  if (is_refused(*parsed, text, matches)) return std::nullopt;
  return MappingSource{std::move(*parsed)};
}

std::optional<ScopingFilterRequest> expressible_filter(const Json& scope) {
  ScopingFilterRequest request;
  const Json groups = canonical_groups(member_or_null(scope, "groups"));
  request.absent = groups.is_null();
  for (const Json& words_of_group : groups) {
    FilterGroup& group = request.any.emplace_back();
    group.name = string_or(words_of_group, "name");
    for (const Json& each : words_of_group["all"]) {
      auto clause = expressible_clause(each);
      if (!clause) return std::nullopt;
      group.all.push_back(std::move(*clause));
    }
  }
  return request;
}

}  // namespace syncwright
