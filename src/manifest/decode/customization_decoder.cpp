#include "manifest/decode/customization_decoder.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "manifest/decode/attribute_decoder.h"
#include "manifest/decode/field.h"
#include "manifest/decode/keys.h"
#include "manifest/decode/object_mapping_decoder.h"
#include "manifest/project_files.h"
#include "manifest/yaml/yaml_document.h"
#include "manifest/yaml/yaml_text.h"
#include "syncwright/core/file.h"
#include "syncwright/core/json.h"
#include "syncwright/schema/part_json.h"

namespace syncwright::manifest {

namespace {

constexpr std::size_t kMaxBaseSchemaBytes = 16u << 20u;

constexpr const char* document_advice =
    "take it from the portal (Provisioning, Mappings, Review your schema here) or from Graph";

/// nlohmann's parser stops at the fault; simdjson, which reads the parts, does not say where.
std::size_t fault_offset(const std::string& text) {
  struct Position final : nlohmann::json_sax<nlohmann::json> {
    bool null() override { return true; }
    bool boolean(bool) override { return true; }
    bool number_integer(number_integer_t) override { return true; }
    bool number_unsigned(number_unsigned_t) override { return true; }
    bool number_float(number_float_t, const string_t&) override { return true; }
    bool string(string_t&) override { return true; }
    bool binary(binary_t&) override { return true; }
    bool start_object(std::size_t) override { return true; }
    bool key(string_t&) override { return true; }
    bool end_object() override { return true; }
    bool start_array(std::size_t) override { return true; }
    bool end_array() override { return true; }
    bool parse_error(std::size_t at, const std::string&,
                     const nlohmann::detail::exception&) override {
      offset = at;
      return false;
    }
    std::size_t offset = 0;  // one past the fault, 0 without one
  };
  Position position;
  return nlohmann::json::sax_parse(text, &position) ? 0 : position.offset;
}

void report_fault(const Field& field, const std::string& name, const std::string& text,
                  const Error& error) {
  ManifestSource& source = field.source();
  const std::size_t at = fault_offset(schema::replace_large_numbers(text));
  if (at == 0) {
    source.diagnostics.add(Code::SW1017, field.place(), fmt::format("{}: {}", name, error.message),
                           document_advice);
    return;
  }
  const SourceSpan span = LineIndex(text).span(at - 1, at);
  source.diagnostics.add(Code::SW1017, source_range(name, span),
                         "the synchronization schema is not valid JSON here", document_advice);
  source.data_texts.push_back({name, redact(text, {})});
}

std::shared_ptr<const schema::SynchronizationSchema> read_schema(
    const Field& field, const std::filesystem::path& path) {
  ManifestSource& source = field.source();
  const std::string name = display_name(path, source.working_folder);
  auto text = read_file(path, kMaxBaseSchemaBytes);
  if (!text) {
    const bool too_large = text.error().kind == ErrorKind::too_large;
    field.report(Code::SW0106,
                 too_large
                     ? fmt::format("{} is larger than {} MiB", name, kMaxBaseSchemaBytes >> 20)
                     : fmt::format("cannot read {}", name),
                 too_large ? document_advice : "check its permissions");
    return nullptr;
  }
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (text->starts_with(byte_order_mark)) text->erase(0, byte_order_mark.size());
  auto schema = schema::SynchronizationSchema::decode(*text);
  if (!schema) {
    report_fault(field, name, *text, schema.error());
    return nullptr;
  }
  if (schema->rules().empty() && schema->directories().empty()) {
    source.diagnostics.add(Code::SW1017, field.place(),
                           fmt::format("{} has neither synchronizationRules nor directories", name),
                           document_advice);
    return nullptr;
  }
  return std::make_shared<const schema::SynchronizationSchema>(std::move(*schema));
}

/// The file of `schema: {file: ...}`: a whole synchronizationSchema as Graph or the portal's
/// export writes it, inside the project. One that is no such document is SW1017, a fault of its
/// JSON at its place in the file. Read once for each manifest, however many jobs name it.
std::optional<model::BaseSchema> as_base_schema(const Field& field) {
  const auto path = as_project_file(field);
  if (!path) return std::nullopt;
  auto& schemas = field.source().schemas;
  auto found = schemas.find(*path);
  if (found == schemas.end()) found = schemas.emplace(*path, read_schema(field, *path)).first;
  if (!found->second) return std::nullopt;
  return model::BaseSchema{field.text(), found->second};
}

using Identity = std::vector<std::string>;

Identity identity_of(const schema::AttributeDefinitionRequest& definition) {
  return {definition.directory, definition.rule, definition.object, definition.target_of,
          definition.name};
}

Identity identity_of(const schema::ObjectMappingRequest& mapping) {
  return {mapping.rule, mapping.object, mapping.target};
}

std::string title_of(const schema::AttributeDefinitionRequest& definition) {
  return fmt::format("the definition of {}", quote_value(definition.name));
}

std::string title_of(const schema::ObjectMappingRequest& mapping) {
  return fmt::format("the mapping of {}", quote_value(mapping.object.text()));
}

template <class Request>
void report_duplicates(const std::vector<Request>& requests, Diagnostics& diagnostics) {
  std::map<Identity, const Request*> seen;
  for (const Request& request : requests) {
    const auto [first, added] = seen.emplace(identity_of(request), &request);
    if (added) continue;
    diagnostics.add(Code::SW2011, request.where,
                    fmt::format("{} occurs twice, first in line {}", title_of(request),
                                first->second->where.line),
                    "join the two entries");
  }
}

std::optional<DecodedSchema::Include> as_include(const Field& field) {
  auto name = as_name(field);
  if (!name) return std::nullopt;
  return DecodedSchema::Include{std::move(*name), field.place()};
}

void report_repeated(const std::vector<DecodedSchema::Include>& includes,
                     Diagnostics& diagnostics) {
  for (auto include = includes.begin(); include != includes.end(); ++include) {
    const bool repeated = std::any_of(includes.begin(), include, [&](const auto& earlier) {
      return earlier.set == include->set;
    });
    if (!repeated) continue;
    diagnostics.add(Code::SW2011, include->where,
                    fmt::format("{} occurs twice", quote_value(include->set)),
                    "remove one: the last place of a set decides what it is laid over");
  }
}

}  // namespace

void read_customization(Keys& keys, const Field& field, schema::Customization& customization) {
  if (auto definitions = keys.read("attributes", as_list(as_attribute_definition))) {
    customization.attributes = std::move(*definitions);
  }
  if (auto mappings = keys.read("mappings", as_list(as_object_mapping))) {
    for (DecodedObjectMapping& mapping : *mappings) {
      for (schema::AttributeDefinitionRequest& definition : mapping.definitions) {
        customization.attributes.push_back(std::move(definition));
      }
      customization.mappings.push_back(std::move(mapping.request));
    }
  }
  report_duplicates(customization.attributes, field.source().diagnostics);
  report_duplicates(customization.mappings, field.source().diagnostics);
}

std::optional<DecodedSchema> as_job_schema(const Field& field) {
  if (!field.expect_mapping()) return std::nullopt;
  using Mode = schema::Customization::Mode;
  Keys keys(field);
  DecodedSchema schema;
  schema.customization.mode =
      keys.read("mode", as_word<Mode>({{"merge", Mode::merge}, {"exact", Mode::exact}}))
          .value_or(Mode::merge);
  if (auto includes = keys.read("include", as_list(as_include))) {
    schema.includes = std::move(*includes);
    report_repeated(schema.includes, field.source().diagnostics);
  }
  schema.base = keys.read("file", as_base_schema);
  read_customization(keys, field, schema.customization);
  keys.done();
  return schema;
}

}  // namespace syncwright::manifest
