#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "syncwright/model/desired.h"
#include "syncwright/model/exported.h"

namespace syncwright::exporting {

/// What export has to know of a manifest that is there already.
struct DescribedApplication {
  model::DesiredApplication application;
  std::filesystem::path file;  ///< absolute
  bool beside = false;         ///< loaded together with what is exported: a second one is a fault

  /// Whether the manifest is what export would write into `folder`: a file of its name, not a row.
  [[nodiscard]] bool is_file_in(const std::filesystem::path& folder) const;
};

/// The applications that manifests of the project or of export's folder describe: what is exported
/// must take none of their names, and describe none of them a second time.
class DescribedApplications {
 public:
  void add(DescribedApplication described);

  /// The manifest that means this application: by the name in its tags, else by `lifecycle.adopt`.
  /// nullptr where none does.
  [[nodiscard]] const DescribedApplication* find(const model::ExportedApplication& live) const;
  [[nodiscard]] std::vector<std::string> names() const;

 private:
  std::vector<DescribedApplication> applications_;
};

}  // namespace syncwright::exporting
