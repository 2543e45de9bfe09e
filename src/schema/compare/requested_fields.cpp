#include "schema/compare/canonical.h"
#include "schema/compare/canonical_filter.h"
#include "syncwright/schema/members.h"
#include "syncwright/schema/schema_diff.h"

namespace syncwright {

namespace {

template <class Request, class Value>
void say(Json& words, const Request& request, const ManagedMember<Request, Value>& row) {
  if (request.*row.value) words[row.name] = *(request.*row.value);
}

template <class Request>
void say(Json& words, const Request& request, const NullableText<Request>& row) {
  if (request.*row.value) words[row.name] = *(request.*row.value);
  if (request.*row.is_null) words[row.name] = nullptr;
}

template <class Request>
void say(Json& words, const Request& request, const SourceMember<Request>& row) {
  if (request.*row.value) words.update(source_words(*(request.*row.value)));
}

/// Of a definition or an attribute mapping.
template <class Request>
Json words_of(const Request& request) {
  if (request.absent) return nullptr;
  Json words = Json::object();
  for_each_member<Request>([&](const auto& row) { say(words, request, row); });
  return words;
}

std::string path_of(const ObjectMappingRequest& request) {
  std::string path = request.rule.empty() ? "" : request.rule + "/";
  path += request.object;
  if (!request.target.empty()) path += "->" + request.target;
  return path;
}

std::string path_of(const AttributeDefinitionRequest& request) {
  const std::string rule = request.rule.empty() ? "" : request.rule + ":";
  // `define:` names the object by the mapping that it is the target of.
  const std::string object = request.object.empty() ? request.target_of + "->*" : request.object;
  return rule + request.directory + "/" + object + "." + request.name;
}

template <class Value>
Json words_of_value(const Value& value) {
  return value;
}

Json words_of_value(const ScopingFilterRequest& filter) {
  return filter_words(filter);
}

class Fields {
 public:
  void add(std::string path, Json after) {
    fields_.push_back({std::move(path), Json{{"unknown", true}}, std::move(after)});
  }

  void add(const ObjectMappingRequest& request) {
    const std::string path = path_of(request);
    for_each_member<ObjectMappingRequest>([&](const auto& row) {
      if (request.*row.value) add(path + ":" + row.name, words_of_value(*(request.*row.value)));
    });
    for (const AttributeMappingRequest& attribute : request.attributes) {
      add(path + "/" + attribute.target_attribute_name, words_of(attribute));
    }
  }

  std::vector<FieldChange> take() { return std::move(fields_); }

 private:
  std::vector<FieldChange> fields_;
};

}  // namespace

std::vector<FieldChange> requested_fields(const Customization& customization) {
  Fields fields;
  for (const AttributeDefinitionRequest& request : customization.attributes) {
    fields.add(path_of(request), words_of(request));
  }
  for (const ObjectMappingRequest& request : customization.mappings) fields.add(request);
  return fields.take();
}

}  // namespace syncwright
