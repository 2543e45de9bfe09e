#pragma once

#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

#include "syncwright/core/file.h"
#include "syncwright/manifest/loader.h"
#include "unit/temporary_folder.h"

namespace syncwright::manifest {

/// A project of a test, and what loading it gives.
class ProjectFolder {
 public:
  ProjectFolder() { options.working_folder = folder_.path(); }

  ProjectFolder& write(const std::filesystem::path& file, std::string_view text) {
    REQUIRE(write_file_atomically(path() / file, text).has_value());
    return *this;
  }

  [[nodiscard]] const std::filesystem::path& path() const { return folder_.path(); }

  /// The whole result; `faults` holds one line "CODE FILE:LINE:COLUMN MESSAGE" a diagnostic.
  Loaded load() {
    Diagnostics diagnostics;
    Loaded loaded = manifest::load(options, diagnostics);
    faults.clear();
    has_errors = diagnostics.has_errors();
    for (const Diagnostic& found : diagnostics.items()) {
      faults += std::string(to_string(found.code)) + " " + found.where.file.text() + ":" +
                std::to_string(found.where.line) + ":" + std::to_string(found.where.column) + " " +
                found.message + "\n";
    }
    return loaded;
  }

  /// The only application of a project without faults.
  model::DesiredApplication application() {
    Loaded loaded = load();
    REQUIRE(faults == "");
    REQUIRE(loaded.desired.applications.size() == 1);
    return std::move(loaded.desired.applications.front());
  }

  LoadOptions options;
  std::string faults;
  bool has_errors = false;

 private:
  TemporaryFolder folder_;
};

inline std::string manifest_text(const std::string& kind, const std::string& name,
                                 const std::string& spec) {
  return "apiVersion: syncwright/v1\nkind: " + kind + "\nmetadata: {name: " + name + "}\nspec:\n" +
         spec;
}

inline std::string application(const std::string& name, const std::string& more = "") {
  return manifest_text("Application", name, "  gallery: Box\n  displayName: Box\n" + more);
}

}  // namespace syncwright::manifest
