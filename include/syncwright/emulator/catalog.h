#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "syncwright/core/error.h"
#include "syncwright/core/json.h"

namespace syncwright::emulator {

/// One gallery application: what instantiating it makes and how its connector behaves.
struct GalleryEntry {
  Json application_template;  ///< wire shape of applicationTemplate (docs/graph.md#10.2)
  Json app_roles;             ///< array of appRole
  Json connector;             ///< requiredSecrets, acceptedSecrets, target behaviour
  std::vector<Json> synchronization_templates;  ///< wire shape plus "schema"
};

/// The gallery and the directory of a new tenant. Immutable once made.
struct Catalog {
  std::vector<GalleryEntry> gallery;
  Json directory;  ///< users, groups, tenant

  [[nodiscard]] const GalleryEntry* find(const std::string& application_template_id) const;

  /// The one compiled into the program.
  [[nodiscard]] static std::shared_ptr<const Catalog> built_in();
  /// What it calls its gallery applications, sorted, and one of them by id or by display name
  /// (without regard to case; nullopt: none, or several of that name): for those who need no whole
  /// catalog, whose schemas take longer to fill in than a short command takes.
  [[nodiscard]] static std::vector<std::string> built_in_names();
  [[nodiscard]] static std::optional<GalleryEntry> built_in_entry(const std::string& gallery);
  /// The built-in one plus every *.json of a folder; an entry with a known id replaces it. A faulty
  /// file, or what is no regular one, is ErrorKind::invalid_input.
  [[nodiscard]] static Result<std::shared_ptr<const Catalog>> with_folder(
      const std::filesystem::path& folder);
};

}  // namespace syncwright::emulator
