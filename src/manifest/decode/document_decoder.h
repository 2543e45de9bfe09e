#pragma once

#include <string>
#include <variant>
#include <vector>

#include "manifest/decode/application_decoder.h"
#include "manifest/decode/field.h"
#include "manifest/decode/mapping_test_decoder.h"
#include "manifest/decode/project_decoder.h"
#include "manifest/interpolation.h"
#include "manifest/rows/application_set.h"
#include "manifest/rows/mapping_set.h"

namespace syncwright {

/// What one YAML document turned out to be; monostate where its faults leave nothing to keep.
using DecodedDocument = std::variant<std::monostate, DecodedApplication, ApplicationSet, MappingSet,
                                     MappingTest, Project>;

/// What `kind` may be.
[[nodiscard]] const std::vector<std::string>& manifest_kinds();

/// Whether the document means to be a manifest: it has one of the two keys that all kinds have.
[[nodiscard]] bool starts_as_manifest(const YamlNode& document);

/// Reads `apiVersion` and `kind`, replaces variables, and hands on to the kind's own decoder.
/// Unknown kinds are SW1008.
[[nodiscard]] DecodedDocument decode_document(YamlNode& document, const Variables& variables,
                                              ManifestSource& source);

}  // namespace syncwright
