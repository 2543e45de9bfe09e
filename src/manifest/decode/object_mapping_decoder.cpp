#include "manifest/decode/object_mapping_decoder.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "manifest/decode/attribute_mapping_decoder.h"
#include "manifest/decode/field.h"
#include "manifest/decode/member_field.h"
#include "manifest/decode/scoping_filter_decoder.h"
#include "manifest/yaml/text_check.h"

namespace syncwright {
namespace {

/// In Graph's order, each once: a set of flags there.
void read_member(Keys& keys,
                 const ManagedMember<ObjectMappingRequest, std::vector<std::string>>& row,
                 ObjectMappingRequest& request) {
  const auto written = keys.read(row.name, as_list(as_word(row.words())));
  if (!written) return;
  std::vector<std::string>& flags = (request.*row.value).emplace();
  for (const std::string& word : row.words()) {
    const auto count = std::count(written->begin(), written->end(), word);
    if (count > 0) flags.push_back(word);
    if (count < 2) continue;
    keys.find(row.name)->report(Code::SW2011, fmt::format("{} occurs twice", word), "remove one");
  }
}

void read_member(Keys& keys, const ManagedMember<ObjectMappingRequest, ScopingFilterRequest>& row,
                 ObjectMappingRequest& request) {
  request.*row.value = keys.read(row.name, as_scoping_filter);
}

/// `object:` or, to be exact, `source:`; one of the two.
std::string read_object(Keys& keys) {
  const std::optional<Field> source = keys.find("source");
  const std::optional<Field> object = keys.find("object");
  if (source && object) {
    source->report_key(Code::SW1012, "`object` and `source` exclude each other",
                       "both name the source object: keep one");
  } else if (!source && !object) {
    keys.report_missing("object", Code::SW1003, "name the source object, for example object: User");
  }
  const auto by_object = keys.read("object", as_text);
  const auto by_source = keys.read("source", as_text);
  return by_object ? *by_object : by_source.value_or(std::string());
}

/// The definition's place: the mapping's target object, which the schema knows where `target:` is
/// not written.
AttributeDefinitionRequest place_definition(AttributeDefinitionRequest definition,
                                            const ObjectMappingRequest& mapping,
                                            const AttributeMappingRequest& attribute) {
  definition.directory = "target";
  definition.rule = mapping.rule;
  definition.object = mapping.target;
  if (mapping.target.empty()) definition.target_of = mapping.object;
  definition.name = attribute.target_attribute_name;
  definition.where = attribute.where;
  return definition;
}

void read_attributes(const Field& field, DecodedObjectMapping& decoded) {
  if (!field.expect_mapping()) return;
  for (const Field& entry : Keys(field).all()) {
    if (entry.name().empty())
      entry.report_key(Code::SW1013, "the target attribute's name is empty");
    auto attribute = as_attribute_mapping(entry);
    if (!attribute) continue;
    if (attribute->definition) {
      decoded.definitions.push_back(
          place_definition(std::move(*attribute->definition), decoded.request, attribute->request));
    }
    decoded.request.attributes.push_back(std::move(attribute->request));
  }
}

}  // namespace

std::optional<DecodedObjectMapping> as_object_mapping(const Field& field) {
  if (!field.expect_mapping()) return std::nullopt;
  Keys keys(field);
  DecodedObjectMapping decoded;
  ObjectMappingRequest& request = decoded.request;
  request.where = field.range();
  request.object = read_object(keys);
  request.target = keys.read("target", as_text).value_or(std::string());
  request.rule = keys.read("rule", as_text).value_or(std::string());
  for_each_member<ObjectMappingRequest>([&](const auto& row) { read_member(keys, row, request); });
  if (const auto attributes = keys.find("attributes")) read_attributes(*attributes, decoded);
  keys.done();
  return decoded;
}

}  // namespace syncwright
