#pragma once

#include <string_view>

namespace syncwright {

/// The JSON Schema of manifests (schemas/manifest.schema.json), compiled into the program.
[[nodiscard]] std::string_view manifest_schema();

/// What manifests of ours call it: a file beside them, so that editors need no network.
inline constexpr std::string_view kManifestSchemaFile = "manifest.schema.json";

}  // namespace syncwright
