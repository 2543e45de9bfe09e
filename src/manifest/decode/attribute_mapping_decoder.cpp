#include "manifest/decode/attribute_mapping_decoder.h"

#include <fmt/format.h>

#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "manifest/decode/attribute_definition_decoder.h"
#include "manifest/decode/expression_field.h"
#include "manifest/decode/field.h"
#include "manifest/decode/keys.h"
#include "manifest/yaml/text_check.h"
#include "syncwright/schema/vocabulary.h"

namespace syncwright {
namespace {

std::optional<MappingSource> to_source(std::optional<Expression> expression) {
  if (!expression) return std::nullopt;
  return MappingSource{std::move(*expression)};
}

/// `source: none`; anything else there is meant as an expression.
std::optional<MappingSource> as_no_source(const Field& field) {
  if (!field.expect_scalar("none")) return std::nullopt;
  if (field.text() != "none") {
    field.report("SW1005", fmt::format("`source` can only be none, found {}", shown(field.text())),
                 "write an expression under expression:");
    return std::nullopt;
  }
  return MappingSource{MappingSource::None{}};
}

std::optional<MappingSource> read_source(Keys& keys) {
  std::vector<Field> given;
  for (const char* key : {"expression", "constant", "source"}) {
    if (const auto field = keys.find(key)) given.push_back(*field);
  }
  if (given.size() > 1) {
    given[1].report_key(
        "SW1012", fmt::format("`{}` and `{}` exclude each other", given[0].name(), given[1].name()),
        "a value comes from one place: expression, constant or source: none");
  }
  auto expression = to_source(keys.read("expression", as_explicit_expression));
  auto constant = to_source(keys.read("constant", as_constant));
  auto none = keys.read("source", as_no_source);
  if (expression) return expression;
  return constant ? constant : none;
}

/// A text, or `{absent: true}`: must be null.
void read_default_value(Keys& keys, AttributeMappingRequest& request) {
  const std::optional<Field> field = keys.find("defaultValue");
  if (!field) return;
  if (field->node().kind != YamlNode::Kind::mapping) {
    request.default_value = as_written(*field);
    return;
  }
  if (!field->expect_mapping()) return;
  Keys inner(*field);
  request.default_value_absent = inner.require("absent", as_absent).value_or(false);
  inner.done();
}

void check_absent_mapping(const Field& field, Keys& keys) {
  const std::optional<Field> absent = keys.find("absent");
  if (!absent || field.node().entries.size() == 1) return;
  absent->report_key("SW1012", "`absent: true` stands alone", "remove the other keys, or `absent`");
}

}  // namespace

std::optional<DecodedAttributeMapping> as_attribute_mapping(const Field& field) {
  DecodedAttributeMapping decoded;
  AttributeMappingRequest& request = decoded.request;
  request.target_attribute_name = field.name();
  request.where = field.key_range();
  if (field.node().kind != YamlNode::Kind::mapping) {
    request.source = to_source(as_expression(field));
    request.source_text = expression_text(field);
    return decoded;
  }
  if (!field.expect_mapping()) return std::nullopt;
  Keys keys(field);
  request.source = read_source(keys);
  if (const auto written = keys.find("expression")) request.source_text = expression_text(*written);
  request.matching_priority =
      keys.read("matchingPriority", as_integer(0, std::numeric_limits<std::int32_t>::max()));
  request.flow_type = keys.read("flowType", as_word(flow_types()));
  request.flow_behavior = keys.read("flowBehavior", as_word(flow_behaviors()));
  read_default_value(keys, request);
  decoded.definition = keys.read("define", as_definition_facets);
  request.absent = keys.read("absent", as_absent).value_or(false);
  check_absent_mapping(field, keys);
  keys.done();
  return decoded;
}

}  // namespace syncwright
