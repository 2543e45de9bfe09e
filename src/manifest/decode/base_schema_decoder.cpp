#include "manifest/decode/base_schema_decoder.h"

#include <fmt/format.h>

#include <memory>
#include <string>
#include <utility>

#include "manifest/manifest_files.h"
#include "manifest/yaml/text_check.h"
#include "manifest/yaml/yaml_document.h"
#include "syncwright/core/file.h"
#include "syncwright/core/json.h"
#include "syncwright/schema/part_json.h"

namespace syncwright {
namespace {

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
  const std::size_t at = fault_offset(without_large_numbers(text));
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

std::shared_ptr<const SynchronizationSchema> read_schema(const Field& field,
                                                         const std::filesystem::path& path) {
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
  auto schema = SynchronizationSchema::decode(*text);
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
  return std::make_shared<const SynchronizationSchema>(std::move(*schema));
}

}  // namespace

std::optional<BaseSchema> as_base_schema(const Field& field) {
  const auto path = as_project_file(field);
  if (!path) return std::nullopt;
  auto& schemas = field.source().schemas;
  auto found = schemas.find(*path);
  if (found == schemas.end()) found = schemas.emplace(*path, read_schema(field, *path)).first;
  if (!found->second) return std::nullopt;
  return BaseSchema{field.text(), found->second};
}

}  // namespace syncwright
