#include "manifest/decode/attribute_mapping_decoder.h"

#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

#include "manifest/decode/attribute_definition_decoder.h"
#include "manifest/decode/expression_field.h"
#include "manifest/decode/field.h"
#include "manifest/decode/keys.h"
#include "manifest/decode/member_field.h"
#include "manifest/yaml/text_check.h"

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
    field.report(Code::SW1005,
                 fmt::format("`source` can only be none, found {}", quote_value(field.text())),
                 "write an expression under expression:");
    return std::nullopt;
  }
  return MappingSource{MappingSource::None{}};
}

std::optional<MappingSource> read_value(Keys& keys) {
  std::vector<Field> given;
  for (const char* key : {"expression", "constant", "source"}) {
    if (const auto field = keys.find(key)) given.push_back(*field);
  }
  if (given.size() > 1) {
    given[1].report_key(
        Code::SW1012,
        fmt::format("`{}` and `{}` exclude each other", given[0].name(), given[1].name()),
        "a value comes from one place: expression, constant or source: none");
  }
  auto expression = to_source(keys.read("expression", as_explicit_expression));
  auto constant = to_source(keys.read("constant", as_constant));
  auto none = keys.read("source", as_no_source);
  if (expression) return expression;
  return constant ? constant : none;
}

void read_member(Keys& keys, const SourceMember<AttributeMappingRequest>& row,
                 AttributeMappingRequest& request) {
  request.*row.value = read_value(keys);
  if (const auto written = keys.find("expression")) request.*row.text = expression_text(*written);
}

void check_absent_mapping(const Field& field, Keys& keys) {
  const std::optional<Field> absent = keys.find("absent");
  if (!absent || field.node().entries.size() == 1) return;
  absent->report_key(Code::SW1012, "`absent: true` stands alone",
                     "remove the other keys, or `absent`");
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
  for_each_member<AttributeMappingRequest>(
      [&](const auto& row) { read_member(keys, row, request); });
  decoded.definition = keys.read("define", as_definition_facets);
  request.absent = keys.read("absent", as_absent).value_or(false);
  check_absent_mapping(field, keys);
  keys.done();
  return decoded;
}

}  // namespace syncwright
