#include "schema/compare/expressible.h"

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

#include "schema/compare/canonical.h"
#include "schema/compare/canonical_filter.h"
#include "syncwright/core/diagnostic_catalog.h"
#include "syncwright/core/text.h"
#include "syncwright/expression/lint.h"
#include "syncwright/expression/parser.h"
#include "syncwright/expression/source_tree.h"
#include "syncwright/schema/vocabulary.h"

namespace syncwright::schema {

namespace {

/// `clause` in the words of canonical_groups.
std::optional<FilterClause> expressible_clause(const Json& clause) {
  FilterClause result{string_or(clause, "attribute"), string_or(clause, "operator"), {}};
  const FilterOperator* known = find_filter_operator(result.operator_name);
  if (known == nullptr || result.attribute.empty()) return std::nullopt;
  const Json& values = member_or_null(clause, "values");
  if (!values.is_null() && !values.is_array()) return std::nullopt;
  for (const Json& value : values) {
    if (!value.is_string()) return std::nullopt;
    result.values.push_back(value.get<std::string>());
    if (known->is_of_numbers() && !is_whole_number(result.values.back())) return std::nullopt;
  }
  if (result.values.size() != known->values) return std::nullopt;
  return result;
}

/// Whether `validate` would call the expression wrong: perhaps the service knows more functions.
bool is_refused(const expression::Expression& expression, const std::string& text, bool matches) {
  expression::LintContext context;
  context.matches = matches;
  const std::vector<expression::LintFinding> findings = expression::lint(expression, text, context);
  return std::any_of(findings.begin(), findings.end(), [](const expression::LintFinding& finding) {
    return catalog_entry(finding.code).severity == Severity::error;
  });
}

std::optional<MappingSource> expressible_source(const Json& source, bool matches) {
  if (source.is_null()) return MappingSource{MappingSource::None{}};
  auto expression = expression::from_source_tree(source);
  if (!expression) return std::nullopt;
  if (expression->kind == expression::Expression::Kind::constant) {
    expression::Expression constant;
    constant.text = expression->text;
    return MappingSource{std::move(constant)};
  }
  const std::string text = expression::render_expression(*expression);
  // A bare word is refused, it would mostly be a forgotten quote.
  if (text.find_first_of("[\"(%") == std::string::npos) return std::nullopt;
  if (character_count(text) > expression::kMaxExpressionCharacters) return std::nullopt;
  auto parsed = expression::parse_expression(text);
  if (!parsed || *parsed != *expression) return std::nullopt;
  if (is_refused(*parsed, text, matches)) return std::nullopt;
  return MappingSource{std::move(*parsed)};
}

std::string authored_text(const Json& source, const expression::Expression& expression,
                          bool matches) {
  std::string text = string_or(source, "expression");
  const std::string rendering = expression::render_expression(expression);
  if (text.empty() || text == rendering ||
      character_count(text) > expression::kMaxExpressionCharacters) {
    return expression::author_text(expression);
  }
  // The tree wins over its text (docs/graph.md#14.13).
  const auto parsed = expression::parse_expression(text);
  const bool means_the_same = parsed && expression::render_expression(*parsed) == rendering;
  return means_the_same && !is_refused(*parsed, text, matches)
             ? text
             : expression::author_text(expression);
}

}  // namespace

std::optional<std::string> expressible_text(const Json& value, const Words* words) {
  if (!value.is_string()) return std::nullopt;
  auto text = value.get<std::string>();
  const bool is_word =
      words == nullptr || std::find(words->begin(), words->end(), text) != words->end();
  return is_word ? std::optional(std::move(text)) : std::nullopt;
}

std::optional<std::int64_t> expressible_number(const Json& value) {
  if (!value.is_number_integer()) return std::nullopt;
  const auto priority = value.get<std::int64_t>();
  if (priority < 0 || priority > std::numeric_limits<std::int32_t>::max()) return std::nullopt;
  return priority;
}

bool ask_source(const Json& mapping, AttributeMappingRequest& request) {
  const bool matches = expressible_number(mapping["matchingPriority"]).value_or(0) > 0;
  request.source = expressible_source(mapping["source"], matches);
  const auto* expression =
      request.source ? std::get_if<expression::Expression>(&request.source->value) : nullptr;
  if (expression != nullptr && expression->kind != expression::Expression::Kind::constant) {
    request.source_text.text = authored_text(mapping["source"], *expression, matches);
  }
  return request.source.has_value();
}

bool ask_for_difference(const Json& before, const Json& after,
                        const SourceMember<AttributeMappingRequest>& row,
                        AttributeMappingRequest& request) {
  return !same_source(before[row.name], after[row.name]) && ask_source(after, request);
}

std::optional<std::vector<std::string>> expressible(
    const ManagedMember<ObjectMappingRequest, std::vector<std::string>>& row, const Json& words) {
  const Words& known = row.words();
  auto wanted = words.get<std::vector<std::string>>();
  const bool is_known = std::all_of(wanted.begin(), wanted.end(), [&known](const auto& each) {
    return std::find(known.begin(), known.end(), each) != known.end();
  });
  return is_known ? std::optional(std::move(wanted)) : std::nullopt;
}

std::optional<ScopingFilterRequest> expressible(
    const ManagedMember<ObjectMappingRequest, ScopingFilterRequest>&, const Json& words) {
  ScopingFilterRequest request;
  const Json& groups = member_or_null(words, "any");
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

}  // namespace syncwright::schema
