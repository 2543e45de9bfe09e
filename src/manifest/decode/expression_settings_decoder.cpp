#include "manifest/decode/expression_settings_decoder.h"

#include "manifest/decode/keys.h"
#include "manifest/decode/scalar_fields.h"

namespace syncwright {
namespace {

/// Whether FormatDateTime of an empty text fails: `error`, or `null`, which YAML takes for its own.
std::optional<bool> as_empty_date_fails(const Field& field) {
  if (field.node().kind == YamlNode::Kind::null) return false;
  return as_word<bool>({{"error", true}, {"null", false}})(field);
}

}  // namespace

std::optional<ExpressionSettings> as_expression_settings(const Field& field) {
  if (!field.expect_mapping()) return std::nullopt;
  Keys keys(field);
  ExpressionSettings settings;
  const auto read_switch = [&keys](const char* key, bool& value) {
    value = keys.read(key, as_boolean).value_or(value);
  };
  EvaluationSettings& evaluation = settings.evaluation;
  read_switch("coalesceSkipsEmpty", evaluation.coalesce_skips_empty);
  read_switch("splitTrims", evaluation.split_trims);
  read_switch("nullComparisonFails", evaluation.null_comparison_fails);
  read_switch("comparisonIgnoresCase", evaluation.comparison_ignores_case);
  read_switch("emptyJoinIsNull", evaluation.empty_join_is_null);
  evaluation.empty_date_fails =
      keys.read("formatDateTimeEmpty", as_empty_date_fails).value_or(evaluation.empty_date_fails);
  evaluation.branches_are_eager =
      keys.read("branches", as_word<bool>({{"lazy", false}, {"eager", true}}))
          .value_or(evaluation.branches_are_eager);
  evaluation.several_roles_fail =
      keys.read("severalRoles", as_word<bool>({{"first", false}, {"error", true}}))
          .value_or(evaluation.several_roles_fail);
  const auto as_rule =
      as_word<FilterNulls>({{"strict", FilterNulls::strict}, {"lenient", FilterNulls::lenient}});
  settings.scope_nulls = keys.read("scopeNullRule", as_rule).value_or(settings.scope_nulls);
  settings.input_nulls = keys.read("inputNullRule", as_rule).value_or(settings.input_nulls);
  keys.done();
  return settings;
}

}  // namespace syncwright
