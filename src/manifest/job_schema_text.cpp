#include "syncwright/manifest/job_schema_text.h"

#include <utility>
#include <vector>

#include "manifest/decode/customization_decoder.h"
#include "manifest/interpolation.h"
#include "manifest/yaml/yaml_document.h"

namespace syncwright {

std::optional<Customization> read_job_schema(const std::string& yaml) {
  Diagnostics diagnostics;
  std::vector<YamlNode> documents = parse_yaml(yaml, "schema", diagnostics);
  if (diagnostics.has_errors() || documents.size() != 1) return std::nullopt;
  ManifestSource source;
  const Variables none;
  interpolate_node(documents.front(), {none}, source.file, source.diagnostics);
  auto decoded = as_job_schema(Field(source, documents.front(), "schema", documents.front().span));
  if (!decoded || source.diagnostics.has_errors()) return std::nullopt;
  return std::move(decoded->customization);
}

}  // namespace syncwright
