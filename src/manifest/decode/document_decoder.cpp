#include "manifest/decode/document_decoder.h"

#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

#include "manifest/decode/application_decoder.h"
#include "manifest/decode/field.h"
#include "manifest/decode/keys.h"
#include "manifest/yaml/text_check.h"
#include "syncwright/core/text.h"

namespace syncwright {
namespace {

constexpr const char* api_version = "syncwright/v1";

/// false where the document is of another program, or of another version of this one. One that says
/// nothing is read all the same: its kind's decoder tells that the key is missing.
bool check_api_version(Keys& keys) {
  const std::optional<Field> field = keys.find("apiVersion");
  if (!field) return true;
  const std::optional<std::string> version = as_text(*field);
  if (!version || *version == api_version) return version.has_value();
  field->report(Code::SW1007,
                fmt::format("{} is no apiVersion of syncwright", quote_value(*version)),
                fmt::format("write apiVersion: {}", api_version));
  return false;
}

/// nullopt, and reported, where the document does not say what it is.
std::optional<std::string> read_kind(Keys& keys) {
  if (keys.has("kind")) return keys.read("kind", as_text);
  for (const char* key : {"metadata", "spec"}) (void)keys.find(key);
  keys.report_missing("kind", Code::SW1003);
  keys.done();
  return std::nullopt;
}

void report_unknown_kind(const Field& field) {
  const std::string hint = did_you_mean(field.text(), manifest_kinds());
  field.report(Code::SW1008, fmt::format("{} is no kind of manifest", quote_value(field.text())),
               hint.empty() ? "write kind: Application" : hint);
}

/// Rows and variables get among the manifests by their ending: a file of them that some `from` or
/// this run's --var-file names does not come here.
bool expect_manifest(const Field& document) {
  constexpr const char* way_out =
      "a manifest starts with apiVersion and kind; move rows and variables out of the "
      "folders of manifests (spec.manifests of syncwright.yaml)";
  if (document.node().kind != YamlNode::Kind::mapping) {
    document.report_type("a mapping", way_out);
    return false;
  }
  if (!document.expect_mapping()) return false;
  if (starts_as_manifest(document.node())) return true;
  document.report_key(Code::SW1003, "the document has neither `apiVersion` nor `kind`", way_out);
  return false;
}

/// Decodes a document that is whole without a row.
template <class Decode>
DecodedDocument decode_plain(YamlNode& document, const std::string& kind,
                             const References& references, ManifestSource& source,
                             const Decode& decode) {
  interpolate_document(document, references, source.file, source.diagnostics);
  auto decoded = decode(Field(source, document, kind, document.span));
  return decoded ? DecodedDocument(std::move(*decoded)) : DecodedDocument();
}

}  // namespace

const std::vector<std::string>& manifest_kinds() {
  static const std::vector<std::string> kinds{"Application", "ApplicationSet", "MappingSet",
                                              "MappingTest", "Project"};
  return kinds;
}

bool starts_as_manifest(const YamlNode& document) {
  return find_value(document, "apiVersion") != nullptr || find_value(document, "kind") != nullptr;
}

DecodedDocument decode_document(YamlNode& document, const Variables& variables,
                                ManifestSource& source) {
  Field field(source, document, "the document", document.span);
  if (!expect_manifest(field)) return {};
  Keys keys(field);
  const bool known_version = check_api_version(keys);
  const std::optional<std::string> kind = read_kind(keys);
  if (!known_version || !kind) return {};

  References references = references_of(variables, source);
  if (*kind == "Application") {
    return decode_plain(document, *kind, references, source, as_application);
  }
  if (*kind == "MappingSet") {
    references.without_row = "stands in a MappingSet, which knows no rows";
    return decode_plain(document, *kind, references, source, as_mapping_set);
  }
  if (*kind == "MappingTest") {
    return decode_plain(document, *kind, references, source, as_mapping_test);
  }
  if (*kind == "Project") return decode_plain(document, *kind, references, source, as_project);
  if (*kind != "ApplicationSet") {
    report_unknown_kind(*keys.find("kind"));
    return {};
  }
  auto set = as_application_set(document, variables, source);
  return set ? DecodedDocument(std::move(*set)) : DecodedDocument();
}

}  // namespace syncwright
