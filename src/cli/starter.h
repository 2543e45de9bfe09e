#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "syncwright/export/exporter.h"

namespace syncwright::cli {

/// The files that `init` writes besides what comes out of a tenant. They are compiled in: an
/// example from src/cli/init, pipelines from tools/ci, byte for byte.
using StarterFiles = std::vector<exporting::ExportedFile>;

/// The folder of a starter's manifests, as every command looks for it.
inline constexpr std::string_view kManifestFolder = "manifests";

/// An application to change, and the test of its mappings.
[[nodiscard]] StarterFiles example_files();

/// `.gitignore`, the editor's settings and the schema that they name. A folder often has the like
/// already, for reasons of its own: `companion_advice`.
[[nodiscard]] StarterFiles companion_files();

/// What to do about a companion that is there and is left as it is; empty: nothing. `content` is
/// what it holds. REQUIRES: the name of one.
[[nodiscard]] std::string companion_advice(std::string_view name, std::string_view content);

/// The words of --ci, in the order of the help; the last one is no pipeline at all.
[[nodiscard]] std::vector<std::string> pipeline_names();
/// The pipeline and the scripts that it runs. REQUIRES: one of these names.
[[nodiscard]] StarterFiles pipeline_files(std::string_view name);
/// The file of them whose head says what has to be set up; empty: no pipeline.
[[nodiscard]] std::string pipeline_head(std::string_view name);

}  // namespace syncwright::cli
