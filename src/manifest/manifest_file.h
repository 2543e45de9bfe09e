#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "interpolation.h"
#include "project_decoder.h"
#include "source_redaction.h"
#include "syncwright/manifest/template_schemas.h"
#include "syncwright/model/desired.h"
#include "syncwright/model/mapping_test.h"

namespace syncwright {

/// What all files of a run share. Read only while files load.
struct ManifestContext {
  std::filesystem::path working_folder;
  std::filesystem::path root;
  Variables variables;
  TemplateSchemas template_schemas;
};

/// One file, read and decoded.
struct ManifestFile {
  std::vector<DesiredApplication> applications;
  std::vector<MappingTest> tests;
  std::optional<Project> project;
  Diagnostics diagnostics;
  std::string name;  ///< as diagnostics name it
  std::string text;
  std::vector<HiddenValue> hidden;
};

/// syncwright.yaml: one document of kind Project and nothing else.
[[nodiscard]] ManifestFile read_project_file(const std::filesystem::path& path,
                                             const ManifestContext& context);
/// Any other manifest, which holds no Project. Thread-safe.
[[nodiscard]] ManifestFile read_manifest_file(const std::filesystem::path& path,
                                              const ManifestContext& context);

}  // namespace syncwright
