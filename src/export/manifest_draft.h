#pragma once

#include <optional>
#include <string>
#include <vector>

#include "export/yaml_writer.h"
#include "syncwright/export/exporter.h"
#include "syncwright/model/exported.h"

namespace syncwright::exporting {

/// A whole schema document that may have to lie beside a manifest.
struct DraftDocument {
  std::string text;
  bool is_named = false;   ///< by the manifest's `schema: {file: ...}`
  bool is_pinned = false;  ///< named since the user wants all of it managed
};

struct DraftJob {
  std::string key;
  YamlOutput entries;  ///< template or id, state
  YamlOutput schema;   ///< of the customization; empty: nothing to say
  std::vector<std::string> remarks;
  std::optional<DraftDocument> document;
};

/// A key of the live secrets that has no setting of its own.
struct DraftCredential {
  std::string key;
  std::optional<std::string> clear;  ///< its value, where Graph shows it
};

/// One application's manifest but for what its name decides. Texts are as they are live:
/// references are not escaped yet.
struct ManifestDraft {
  std::string service_principal_id;
  std::string display_name;
  std::string name;          ///< that it has already; empty: none
  std::string gallery_name;  ///< the gallery application's display name, where there is one
  std::string gallery;
  bool protect = false;
  YamlOutput texts;        ///< that a manifest may leave out; empty ones are left out
  YamlOutput assignments;  ///< a mapping; empty: none
  std::string assignments_remark;
  std::optional<std::string> scope;
  std::vector<DraftCredential> credentials;
  std::string revision = "1";  ///< of the credentials: the saved one, so that none is saved again
  YamlOutput settings;         ///< notifications and deletions
  std::vector<std::string> settings_remarks;
  std::vector<DraftJob> jobs;  ///< sorted by key
};

[[nodiscard]] ManifestDraft draft_manifest(const model::ExportedApplication& application,
                                           const ExportOptions& options);

/// The application's jobs under keys that mean them again (model/job_match.h), sorted by key.
[[nodiscard]] std::vector<DraftJob> draft_jobs(const model::ExportedApplication& application,
                                               const ExportOptions& options);

}  // namespace syncwright::exporting
