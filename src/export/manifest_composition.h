#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "export/manifest_draft.h"
#include "export/yaml_writer.h"

namespace syncwright::exporting {

/// What equal applications differ in.
struct ManifestIdentity {
  std::string name;
  std::string display_name;
  std::string service_principal_id;
};

/// "schemas/NAME.JOB.json", relative to the manifest.
[[nodiscard]] std::string document_name(const std::string& application, const std::string& job);

/// The document of kind Application.
[[nodiscard]] YamlOutput compose_application(const ManifestDraft& draft,
                                             const ManifestIdentity& identity);

/// One application of a set.
struct SetMember {
  const ManifestDraft* draft = nullptr;  ///< never null
  ManifestIdentity identity;
};

/// The document of kind ApplicationSet with a row for each member; their likeness is one. What
/// differs between them is a column.
[[nodiscard]] YamlOutput compose_set(const std::string& name,
                                     const std::vector<SetMember>& members);

/// What a manifest says, by the words for it ("scope", "state of job default"), without what may
/// differ between the applications of a set.
using ManifestTraits = std::map<std::string, std::string>;
[[nodiscard]] ManifestTraits traits_of(const ManifestDraft& draft);

/// Equal for applications that one set can describe: all but names, who is assigned, the values of
/// notifications, deletions and clear credentials; nullopt where one needs a document of its own.
[[nodiscard]] std::optional<std::string> likeness_of(const ManifestDraft& draft);

}  // namespace syncwright::exporting
