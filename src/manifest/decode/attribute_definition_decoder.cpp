#include "manifest/decode/attribute_definition_decoder.h"

#include <fmt/format.h>

#include "manifest/decode/field.h"
#include "manifest/decode/member_field.h"

namespace syncwright {
namespace {

using Request = AttributeDefinitionRequest;

void read_facets(Keys& keys, Request& request) {
  for_each_member<Request>([&](const auto& row) { read_member(keys, row, request); });
}

void check_absent_definition(Keys& keys) {
  for_each_member<Request>([&keys](const auto& row) {
    const std::optional<Field> found = keys.find(row.name);
    if (!found) return;
    found->report_key(Code::SW1012, fmt::format("`absent` and `{}` exclude each other", row.name),
                      "remove one of them");
  });
}

}  // namespace

std::optional<AttributeDefinitionRequest> as_attribute_definition(const Field& field) {
  if (!field.expect_mapping()) return std::nullopt;
  Keys keys(field);
  AttributeDefinitionRequest request;
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

std::optional<AttributeDefinitionRequest> as_definition_facets(const Field& field) {
  if (!field.expect_mapping()) return std::nullopt;
  Keys keys(field);
  AttributeDefinitionRequest request;
  read_facets(keys, request);
  if (!keys.has("type"))
    keys.report_missing("type", Code::SW4003, "for example define: {type: String}");
  keys.done();
  return request;
}

}  // namespace syncwright
