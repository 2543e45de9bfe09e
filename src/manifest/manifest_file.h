#pragma once

#include <filesystem>
#include <optional>
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
#include "manifest/yaml/source_redaction.h"
#include "syncwright/core/source_range.h"
#include "syncwright/model/desired.h"
#include "syncwright/model/mapping_test.h"

namespace syncwright::manifest {

/// What one YAML document turned out to be; monostate where its faults leave nothing to keep.
using DecodedDocument = std::variant<std::monostate, DecodedApplication, ApplicationSet, MappingSet,
                                     model::MappingTest, Project>;

/// What `kind` may be.
[[nodiscard]] const std::vector<std::string>& manifest_kinds();

/// Whether the document means to be a manifest: it has one of the two keys that all kinds have.
[[nodiscard]] bool starts_as_manifest(const YamlNode& document);

/// Reads `apiVersion` and `kind`, replaces variables, and hands on to the kind's own decoder.
/// Unknown kinds are SW1008.
[[nodiscard]] DecodedDocument decode_document(YamlNode& document, const Variables& variables,
                                              ManifestSource& source);

/// What all files of a run share. Read only while files load.
struct ManifestContext {
  std::filesystem::path working_folder;
  std::filesystem::path root;
  Variables variables;
  std::string environment;       ///< that -e names; empty: none, and while the project is read
  bool notes_revisions = false;  ///< whether SW2029 is asked for
  bool knows_variables = true;   ///< false: those of the environment are not known

  /// syncwright.yaml, there or not.
  [[nodiscard]] std::filesystem::path project_file() const;
  /// A path as diagnostics name it; a relative one starts at the working folder.
  [[nodiscard]] std::string name_of(const std::filesystem::path& path) const;
  /// The file as a whole, without a line.
  [[nodiscard]] SourceRange place_of(const std::filesystem::path& path) const;
};

/// One file, read and decoded.
struct ManifestFile {
  std::vector<model::MappingTest> tests;
  /// Those that sets make among them. One whose name is missing or at fault has none: it is there
  /// to be checked.
  std::vector<DecodedApplication> applications;
  std::vector<SourceRange> empty_sets;
  std::vector<MappingSet> mapping_sets;
  std::optional<Project> project;
  bool holds_manifest = false;  ///< false: rows or variables, or nothing at all
  bool is_empty = false;        ///< it was read, and has no document
  Diagnostics diagnostics;
  std::string name;  ///< as diagnostics name it
  std::string text;
  std::vector<HiddenValue> hidden;
  std::vector<SourceText> data_texts;             ///< of the files that it names
  std::vector<std::filesystem::path> data_files;  ///< those of rows, absolute
};

/// syncwright.yaml: one document of kind Project and nothing else.
[[nodiscard]] ManifestFile read_project_file(const std::filesystem::path& path,
                                             const ManifestContext& context);
/// Any other manifest, which holds no Project. Thread-safe.
[[nodiscard]] ManifestFile read_manifest_file(const std::filesystem::path& path,
                                              const ManifestContext& context);

}  // namespace syncwright::manifest
