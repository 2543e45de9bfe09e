#include "manifest/decode/attribute_decoder.h"

#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

#include "manifest/decode/field.h"
#include "manifest/decode/keys.h"
#include "manifest/decode/member_field.h"
#include "manifest/yaml/yaml_node.h"
#include "manifest/yaml/yaml_text.h"
#include "syncwright/expression/lint.h"

namespace syncwright::manifest {

namespace {

using Request = schema::AttributeDefinitionRequest;

void read_facets(Keys& keys, Request& request) {
  schema::for_each_member<Request>([&](const auto& row) { read_member(keys, row, request); });
}

void check_absent_definition(Keys& keys) {
  schema::for_each_member<Request>([&keys](const auto& row) {
    const std::optional<Field> found = keys.find(row.name);
    if (!found) return;
    found->report_key(Code::SW1012, fmt::format("`absent` and `{}` exclude each other", row.name),
                      "remove one of them");
  });
}

}  // namespace

std::optional<schema::AttributeDefinitionRequest> as_attribute_definition(const Field& field) {
  if (!field.expect_mapping()) return std::nullopt;
  Keys keys(field);
  schema::AttributeDefinitionRequest request;
  request.where = field.range();
  for (const char* key : {"directory", "object", "name"}) {
    if (!keys.has(key)) keys.report_missing(key, Code::SW4003, "say directory, object and name");
  }
  const auto directory = keys.read("directory", as_text);
  const auto rule = keys.read("rule", as_text);
  const auto object = keys.read("object", as_text);
  const auto name = keys.read("name", as_text);
  request.absent = keys.read("absent", as_absent).value_or(false);
  read_facets(keys, request);
  if (request.absent) check_absent_definition(keys);
  keys.done();
  if (!directory || !object || !name) return std::nullopt;
  if (rule && *directory != "source" && *directory != "target") {
    keys.find("rule")->report_key(Code::SW1012,
                                  "`rule` and a directory by its name exclude each other",
                                  "write directory: source or directory: target, or no rule");
  }
  request.directory = *directory;
  request.rule = rule.value_or(std::string());
  request.object = *object;
  request.name = *name;
  return request;
}

namespace {

/// Without brackets, quotes, a call or a parameter a text names nothing that a user could have.
bool is_bare(const std::string& text) {
  return text.find_first_of("[\"(%") == std::string::npos;
}

void report_bare(const Field& field) {
  field.report(Code::SW1011, fmt::format("{} is no expression", quote_value(field.text())),
               "use constant: for a fixed text, \"[name]\" for an attribute");
}

/// The text that an expression is read from, for findings that point into it.
schema::ExpressionText expression_text(const Field& field) {
  return {field.text(), field.place(), text_start(field.node())};
}

/// A text that is too long has no place of its own.
void report_unreadable(const Field& field, expression::LintFinding fault) {
  const SourceRange where =
      fault.code == Code::SW3001 ? expression_text(field).at(fault.offset) : field.place();
  field.source().diagnostics.add(fault.code, where, std::move(fault.message),
                                 std::move(fault.advice));
}

std::optional<expression::Expression> expression_of(const Field& field, bool is_explicit) {
  if (field.node().kind == YamlNode::Kind::sequence) {
    field.report(Code::SW1010, "a YAML list, where an expression is expected",
                 "quote it: \"[attribute]\"");
    return std::nullopt;
  }
  if (!field.expect_scalar("an expression")) return std::nullopt;
  const std::string& text = field.text();
  if (text.find_first_not_of(" \t\r\n") == std::string::npos) {
    field.report(Code::SW1013, fmt::format("`{}` is empty", field.name()),
                 "for no value at all use {source: none}");
    return std::nullopt;
  }
  if (is_bare(text) && !is_explicit) {
    report_bare(field);
    return std::nullopt;
  }
  auto expression = expression::read_expression(text);
  if (expression) return std::move(*expression);
  if (is_bare(text)) {
    report_bare(field);
  } else {
    report_unreadable(field, std::move(expression.error()));
  }
  return std::nullopt;
}

/// A mapping expression. A YAML list is SW1010, a bare word SW1011, and a text that does not parse
/// SW3001 at the file's own place wherever the text stands there byte by byte.
std::optional<expression::Expression> as_expression(const Field& field) {
  return expression_of(field, false);
}

/// The value of `expression:`, which says what it is: a number, a boolean or a keyword stands there
/// as it does in the language. A bare word that is none of those is SW1011 here, too.
std::optional<expression::Expression> as_explicit_expression(const Field& field) {
  return expression_of(field, true);
}

/// The value of `constant:`, the same text for every object.
std::optional<expression::Expression> as_constant(const Field& field) {
  const std::optional<std::string> text = as_scalar(field);
  if (!text) return std::nullopt;
  expression::Expression constant;
  constant.kind = expression::Expression::Kind::constant;
  constant.text = *text;
  return constant;
}

std::optional<schema::MappingSource> to_source(std::optional<expression::Expression> expression) {
  if (!expression) return std::nullopt;
  return schema::MappingSource{std::move(*expression)};
}

/// `source: none`; anything else there is meant as an expression.
std::optional<schema::MappingSource> as_no_source(const Field& field) {
  if (!field.expect_scalar("none")) return std::nullopt;
  if (field.text() != "none") {
    field.report(Code::SW1005,
                 fmt::format("`source` can only be none, found {}", quote_value(field.text())),
                 "write an expression under expression:");
    return std::nullopt;
  }
  return schema::MappingSource{schema::MappingSource::None{}};
}

std::optional<schema::MappingSource> read_value(Keys& keys) {
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

/// A mapping's `define:`, which holds the facets alone; the mapping knows name and place.
std::optional<schema::AttributeDefinitionRequest> as_definition_facets(const Field& field) {
  if (!field.expect_mapping()) return std::nullopt;
  Keys keys(field);
  schema::AttributeDefinitionRequest request;
  read_facets(keys, request);
  if (!keys.has("type"))
    keys.report_missing("type", Code::SW4003, "for example define: {type: String}");
  keys.done();
  return request;
}

void read_member(Keys& keys, const schema::SourceMember<schema::AttributeMappingRequest>& row,
                 schema::AttributeMappingRequest& request) {
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
  schema::AttributeMappingRequest& request = decoded.request;
  request.target_attribute_name = field.name();
  request.where = field.key_range();
  if (field.node().kind != YamlNode::Kind::mapping) {
    request.source = to_source(as_expression(field));
    request.source_text = expression_text(field);
    return decoded;
  }
  if (!field.expect_mapping()) return std::nullopt;
  Keys keys(field);
  schema::for_each_member<schema::AttributeMappingRequest>(
      [&](const auto& row) { read_member(keys, row, request); });
  decoded.definition = keys.read("define", as_definition_facets);
  request.absent = keys.read("absent", as_absent).value_or(false);
  check_absent_mapping(field, keys);
  keys.done();
  return decoded;
}

}  // namespace syncwright::manifest
