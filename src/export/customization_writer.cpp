#include "export/customization_writer.h"

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "syncwright/expression/source_tree.h"
#include "syncwright/manifest/job_schema.h"
#include "syncwright/schema/members.h"

namespace syncwright::exporting {
namespace {

void add_name(YamlOutput& mapping, const char* key, const std::string& name) {
  if (!name.empty()) mapping.add(key, yaml_text(name));
}

YamlOutput absent() {
  return yaml_line({{"absent", yaml_boolean(true)}});
}

YamlOutput yaml_of(const std::vector<std::string>& texts) {
  YamlOutput list = yaml_sequence();
  for (const std::string& text : texts) list.items.push_back(yaml_text(text));
  list.one_line = true;
  return list;
}

YamlOutput yaml_of(bool flag) {
  return yaml_boolean(flag);
}

YamlOutput yaml_of(std::int64_t number) {
  return yaml_literal(std::to_string(number));
}

YamlOutput yaml_of(const std::string& text) {
  return yaml_text(text);
}

YamlOutput yaml_of(const schema::ScopingFilterRequest& request) {
  if (request.absent) return absent();
  YamlOutput any = yaml_sequence();
  for (const schema::FilterGroup& group : request.any) {
    YamlOutput all = yaml_sequence();
    for (const schema::FilterClause& clause : group.all) {
      YamlOutput entry = yaml_line({{"attribute", yaml_text(clause.attribute)},
                                    {"operator", yaml_text(clause.operator_name)}});
      if (!clause.values.empty()) entry.add("values", yaml_of(clause.values));
      all.items.push_back(std::move(entry));
    }
    YamlOutput words = yaml_mapping();
    add_name(words, "name", group.name);
    words.add("all", std::move(all));
    any.items.push_back(std::move(words));
  }
  return yaml_mapping({{"any", std::move(any)}});
}

template <class Request, class Value>
void add_member(YamlOutput& mapping, const Request& request,
                const schema::ManagedMember<Request, Value>& row) {
  if (request.*row.value) mapping.add(row.name, yaml_of(*(request.*row.value)));
}

template <class Request>
void add_member(YamlOutput& mapping, const Request& request,
                const schema::NullableText<Request>& row) {
  if (request.*row.value) mapping.add(row.name, yaml_of(*(request.*row.value)));
  if (request.*row.is_null) mapping.add(row.name, absent());
}

/// An expression is written as its author wrote it, where that is known.
template <class Request>
void add_member(YamlOutput& mapping, const Request& request,
                const schema::SourceMember<Request>& row) {
  const std::optional<schema::MappingSource>& source = request.*row.value;
  if (!source) return;
  const auto* expression = std::get_if<expression::Expression>(&source->value);
  const std::string& text = (request.*row.text).text;
  if (expression == nullptr) {
    mapping.add("source", yaml_text("none"));
  } else if (expression->kind == expression::Expression::Kind::constant) {
    mapping.add("constant", yaml_text(expression->text));
  } else {
    mapping.add("expression",
                yaml_quoted_text(text.empty() ? expression::author_text(*expression) : text));
  }
}

template <class Request>
void add_members(YamlOutput& mapping, const Request& request) {
  schema::for_each_member<Request>([&](const auto& row) { add_member(mapping, request, row); });
}

YamlOutput yaml_of(const schema::AttributeDefinitionRequest& request) {
  YamlOutput entry = yaml_line({});
  entry.add("directory", yaml_text(request.directory));
  add_name(entry, "rule", request.rule);
  entry.add("object", yaml_text(request.object));
  entry.add("name", yaml_text(request.name));
  if (request.absent) entry.add("absent", yaml_boolean(true));
  add_members(entry, request);
  return entry;
}

YamlOutput yaml_of(const schema::AttributeMappingRequest& request) {
  if (request.absent) return absent();
  YamlOutput entry = yaml_line({});
  add_members(entry, request);
  const bool is_expression_alone =
      entry.entries.size() == 1 && entry.entries.front().key == "expression";
  return is_expression_alone ? std::move(entry.entries.front().value) : entry;
}

YamlOutput yaml_of(const schema::ObjectMappingRequest& request) {
  YamlOutput mapping = yaml_mapping({{"object", yaml_text(request.object)}});
  add_name(mapping, "target", request.target);
  add_name(mapping, "rule", request.rule);
  add_members(mapping, request);
  if (request.attributes.empty()) return mapping;
  YamlOutput& attributes = mapping.add("attributes", yaml_mapping());
  for (const schema::AttributeMappingRequest& attribute : request.attributes) {
    attributes.add(attribute.target_attribute_name, yaml_of(attribute));
  }
  return mapping;
}

template <class Requests>
void add_list(YamlOutput& schema, const char* key, const Requests& requests) {
  if (requests.empty()) return;
  YamlOutput list = yaml_sequence();
  for (const auto& request : requests) list.items.push_back(yaml_of(request));
  schema.add(key, std::move(list));
}

std::string escape(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size(); ++at) {
    for (const char* start : {"${var.", "${each."}) {
      if (text.substr(at).starts_with(start)) result += '$';
    }
    result += text[at];
  }
  return result;
}

}  // namespace

YamlOutput write_customization(const schema::Customization& customization) {
  YamlOutput schema = yaml_mapping();
  add_list(schema, "attributes", customization.attributes);
  add_list(schema, "mappings", customization.mappings);
  return schema;
}

bool reads_back(const YamlOutput& written_schema, const schema::Customization& customization) {
  if (written_schema.entries.empty()) {
    return customization.attributes.empty() && customization.mappings.empty();
  }
  YamlOutput escaped_schema = written_schema;
  escape_references(escaped_schema);
  const auto read = manifest::read_job_schema(write_yaml(escaped_schema));
  return read && to_json(*read) == to_json(customization);
}

void escape_references(YamlOutput& value) {
  value.text = escape(value.text);
  for (YamlOutput& item : value.items) escape_references(item);
  for (YamlOutputEntry& entry : value.entries) {
    entry.key = escape(entry.key);
    escape_references(entry.value);
  }
}

}  // namespace syncwright::exporting
