#include <fmt/format.h>

#include <set>
#include <utility>

#include "schema/compare/canonical.h"
#include "schema/compare/canonical_filter.h"
#include "syncwright/core/json_object.h"
#include "syncwright/expression/parser.h"
#include "syncwright/expression/source_tree.h"
#include "syncwright/schema/customization.h"
#include "syncwright/schema/members.h"

namespace syncwright::schema {

namespace {

void put(Json& object, const char* key, const std::string& text) {
  if (!text.empty()) object[key] = text;
}

void put(Json& object, const char* key, bool flag) {
  if (flag) object[key] = true;
}

/// The rendered text, as far as a parser would take it back.
Json json_of(const MappingSource& source) {
  const auto* expression = std::get_if<expression::Expression>(&source.value);
  if (expression == nullptr || expression->kind == expression::Expression::Kind::constant) {
    return source_words(source);
  }
  std::string text = expression::render_expression(*expression);
  const auto parsed = expression::parse_expression(text);
  if (parsed && *parsed == *expression) return {{"expression", std::move(text)}};
  return {{"sourceTree", expression::to_source_tree(*expression)}};
}

template <class Request, class Value>
void put_member(Json& json, const Request& request, const ManagedMember<Request, Value>& row) {
  if (request.*row.value) json[row.name] = *(request.*row.value);
}

template <class Request>
void put_member(Json& json, const Request& request, const NullableText<Request>& row) {
  if (request.*row.value) json[row.name] = *(request.*row.value);
  if (request.*row.is_null) json[row.name] = {{"absent", true}};
}

template <class Request>
void put_member(Json& json, const Request& request, const SourceMember<Request>& row) {
  if (request.*row.value) json.update(json_of(*(request.*row.value)));
}

void put_member(Json& json, const ObjectMappingRequest& request,
                const ManagedMember<ObjectMappingRequest, std::vector<std::string>>& row) {
  const auto& words = request.*row.value;
  if (words) json[row.name] = flow_type_list({words->begin(), words->end()});
}

void put_member(Json& json, const ObjectMappingRequest& request,
                const ManagedMember<ObjectMappingRequest, ScopingFilterRequest>& row) {
  const auto& filter = request.*row.value;
  if (filter) json[row.name] = filter->absent ? Json{{"absent", true}} : filter_words(*filter);
}

template <class Request>
void put_members(Json& json, const Request& request) {
  for_each_member<Request>([&](const auto& row) { put_member(json, request, row); });
}

Json json_of(const AttributeDefinitionRequest& request) {
  Json json = {
      {"directory", request.directory}, {"object", request.object}, {"name", request.name}};
  put(json, "targetOf", request.target_of);
  put(json, "rule", request.rule);
  put(json, "absent", request.absent);
  put_members(json, request);
  return json;
}

Json json_of(const AttributeMappingRequest& request) {
  Json json = {{"target", request.target_attribute_name}};
  put(json, "absent", request.absent);
  put_members(json, request);
  return json;
}

Json json_of(const ObjectMappingRequest& request) {
  Json json = {{"object", request.object}, {"attributes", Json::array()}};
  put(json, "target", request.target);
  put(json, "rule", request.rule);
  put_members(json, request);
  for (const AttributeMappingRequest& attribute : request.attributes) {
    json["attributes"].push_back(json_of(attribute));
  }
  return json;
}

std::string customization_fault(const std::string&, const std::string& key, const std::string&) {
  return fmt::format("a customization's `{}` is not as expected", key.empty() ? "entry" : key);
}

constexpr JsonDialect kCustomization{
    .missing = nullptr, .null_is_left_out = true, .sentence = customization_fault};

std::string text_or_empty(JsonObject& object, const char* key) {
  return object.text_or_null(key).value_or(std::string());
}

/// nullopt, and a fault, where the text is no expression.
template <class Parsed>
std::optional<MappingSource> accept_source(JsonObject& object, const char* key, Parsed parsed) {
  if (parsed) return MappingSource{std::move(*parsed)};
  object.blame(key, "is no expression");
  return std::nullopt;
}

std::optional<MappingSource> read_source(JsonObject& object) {
  const auto none = object.text_or_null("source");
  auto constant = object.text_or_null("constant");
  const auto text = object.text_or_null("expression");
  const Json* tree = object.member("sourceTree");
  if (none.has_value() + constant.has_value() + text.has_value() + (tree != nullptr) > 1) {
    object.blame("source", "stands beside another one");
  }
  if (none && *none != "none") object.blame("source", "is not `none`");
  if (none) return MappingSource{};
  if (constant) {
    expression::Expression expression;
    expression.text = std::move(*constant);
    return MappingSource{std::move(expression)};
  }
  if (text) return accept_source(object, "expression", expression::parse_expression(*text));
  if (tree != nullptr)
    return accept_source(object, "sourceTree", expression::from_source_tree(*tree));
  return std::nullopt;
}

template <class Request>
void read_member(JsonObject& object, Request& request, const ManagedMember<Request, bool>& row) {
  request.*row.value = object.flag_or_null(row.name);
}

template <class Request>
void read_member(JsonObject& object, Request& request,
                 const ManagedMember<Request, std::string>& row) {
  request.*row.value = object.text_or_null(row.name);
}

template <class Request>
void read_member(JsonObject& object, Request& request,
                 const ManagedMember<Request, std::int64_t>& row) {
  request.*row.value = object.number_or_null(row.name);
}

template <class Request>
void read_member(JsonObject& object, Request& request, const NullableText<Request>& row) {
  if (!object.any(row.name).is_object()) {
    request.*row.value = object.text_or_null(row.name);
    return;
  }
  JsonObject none = object.object(row.name);
  request.*row.is_null = none.flag_or_null("absent").value_or(false);
  none.refuse_unknown();
}

template <class Request>
void read_member(JsonObject& object, Request& request, const SourceMember<Request>& row) {
  request.*row.value = read_source(object);
}

FilterClause read_clause(JsonObject& object) {
  FilterClause clause;
  clause.attribute = text_or_empty(object, "attribute");
  clause.operator_name = text_or_empty(object, "operator");
  clause.values = object.texts("values");
  object.refuse_unknown();
  return clause;
}

FilterGroup read_group(JsonObject& object) {
  FilterGroup group;
  group.name = text_or_empty(object, "name");
  group.all = object.list("all", read_clause);
  object.refuse_unknown();
  return group;
}

ScopingFilterRequest read_filter(JsonObject object) {
  ScopingFilterRequest request;
  request.absent = object.flag_or_null("absent").value_or(false);
  if (!request.absent) {
    request.any = object.list("any", read_group);
  } else {
    (void)object.any("any");  // accepted and ignored: `absent` decides
  }
  object.refuse_unknown();
  return request;
}

void read_member(JsonObject& object, ObjectMappingRequest& request,
                 const ManagedMember<ObjectMappingRequest, std::vector<std::string>>& row) {
  request.*row.value = object.texts_or_null(row.name);
}

void read_member(JsonObject& object, ObjectMappingRequest& request,
                 const ManagedMember<ObjectMappingRequest, ScopingFilterRequest>& row) {
  if (object.has(row.name)) request.*row.value = read_filter(object.object(row.name));
}

template <class Request>
void read_members(JsonObject& object, Request& request) {
  for_each_member<Request>([&](const auto& row) { read_member(object, request, row); });
}

AttributeDefinitionRequest read_definition(JsonObject& object) {
  AttributeDefinitionRequest request;
  request.directory = text_or_empty(object, "directory");
  request.object = text_or_empty(object, "object");
  request.name = text_or_empty(object, "name");
  request.target_of = text_or_empty(object, "targetOf");
  request.rule = text_or_empty(object, "rule");
  request.absent = object.flag_or_null("absent").value_or(false);
  read_members(object, request);
  object.refuse_unknown();
  return request;
}

AttributeMappingRequest read_attribute_mapping(JsonObject& object) {
  AttributeMappingRequest request;
  request.target_attribute_name = text_or_empty(object, "target");
  request.absent = object.flag_or_null("absent").value_or(false);
  read_members(object, request);
  object.refuse_unknown();
  return request;
}

ObjectMappingRequest read_object_mapping(JsonObject& object) {
  ObjectMappingRequest request;
  request.object = text_or_empty(object, "object");
  request.target = text_or_empty(object, "target");
  request.rule = text_or_empty(object, "rule");
  read_members(object, request);
  request.attributes = object.list("attributes", read_attribute_mapping);
  object.refuse_unknown();
  return request;
}

}  // namespace

Json to_json(const Customization& customization) {
  Json json = {{"mode", customization.mode == Customization::Mode::exact ? "exact" : "merge"},
               {"attributes", Json::array()},
               {"mappings", Json::array()}};
  for (const AttributeDefinitionRequest& each : customization.attributes) {
    json["attributes"].push_back(json_of(each));
  }
  for (const ObjectMappingRequest& each : customization.mappings) {
    json["mappings"].push_back(json_of(each));
  }
  return json;
}

Result<Customization> customization_from_json(const Json& json) {
  using Mode = Customization::Mode;
  JsonFault fault(kCustomization);
  JsonObject object(json, "", fault);
  Customization customization;
  const auto mode =
      object.word_or_null<Mode>("mode", {{"merge", Mode::merge}, {"exact", Mode::exact}});
  if (!mode) object.blame("mode", "is missing");
  customization.mode = mode.value_or(Mode::merge);
  customization.attributes = object.list("attributes", read_definition);
  customization.mappings = object.list("mappings", read_object_mapping);
  object.refuse_unknown();
  if (auto read = fault.result(); !read) return fail(read.error());
  return customization;
}

namespace {

Json wire_value(const MappingSource& source) {
  const auto* expression = std::get_if<expression::Expression>(&source.value);
  return expression == nullptr ? Json(nullptr) : expression::to_source_tree(*expression);
}

template <class Value>
Json wire_value(const Value& value) {
  return value;
}

Json to_attribute_mapping(const AttributeMappingRequest& request) {
  Json mapping = {{"targetAttributeName", request.target_attribute_name}};
  for_each_member<AttributeMappingRequest>([&](const auto& row) {
    const auto& value = request.*row.value;
    mapping[row.name] = value ? wire_value(*value) : standard_of(row);
  });
  return mapping;
}

void put(Json& mapping, const ObjectMappingRequest& request,
         const ManagedMember<ObjectMappingRequest, bool>& row) {
  mapping[row.name] = (request.*row.value).value_or(row.standard);
}

void put(Json& mapping, const ObjectMappingRequest& request,
         const ManagedMember<ObjectMappingRequest, std::vector<std::string>>& row) {
  const Words& words = request.*row.value ? *(request.*row.value) : row.words();
  mapping[row.name] = fmt::format("{}", fmt::join(words, ", "));
}

void put(Json& mapping, const ObjectMappingRequest& request,
         const ManagedMember<ObjectMappingRequest, ScopingFilterRequest>& row) {
  mapping["scope"] = nullptr;
  if (!(request.*row.value)) return;
  const auto written = scope_replacement(nullptr, *(request.*row.value));
  auto scope = written ? parse_json(written->text) : Result<Json>(nullptr);
  if (scope) mapping["scope"] = std::move(*scope);
}

}  // namespace

Json to_object_mapping(const ObjectMappingRequest& request) {
  Json attributes = Json::array();
  for (const AttributeMappingRequest& attribute : request.attributes) {
    if (attribute.absent || !attribute.source) continue;
    attributes.push_back(to_attribute_mapping(attribute));
  }
  Json mapping = {{"sourceObjectName", request.object},
                  {"targetObjectName", request.target.empty() ? request.object : request.target},
                  {"attributeMappings", std::move(attributes)}};
  for_each_member<ObjectMappingRequest>([&](const auto& row) { put(mapping, request, row); });
  return mapping;
}

}  // namespace syncwright::schema
