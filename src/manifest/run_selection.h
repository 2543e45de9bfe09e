#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "manifest/decode/project_decoder.h"
#include "manifest/manifest_file.h"
#include "syncwright/core/diagnostic.h"
#include "syncwright/manifest/loader.h"
#include "syncwright/model/desired.h"

namespace syncwright::manifest {

/// Which files a run reads: its PATHs, else what the project names, else its folder `manifests`,
/// else the manifests beside syncwright.yaml. Everything that it is made of outlives it.
class ManifestInputs {
 public:
  /// `is_project_known`: false where syncwright.yaml is at fault, and may mean to name others.
  ManifestInputs(const LoadOptions& options, const ManifestContext& context, const Project& project,
                 bool is_project_known, Diagnostics& diagnostics)
      : options_(options),
        context_(context),
        project_(project),
        is_project_known_(is_project_known),
        diagnostics_(diagnostics) {}

  /// The manifest files, each once. None at all is SW0107.
  [[nodiscard]] std::vector<std::filesystem::path> list();
  /// Those of the project whatever PATHs say; faults of its folders go to `faults`.
  [[nodiscard]] std::vector<std::filesystem::path> list_project(Diagnostics& faults);
  /// The folders and files that the project names, or is taken to name; there or not.
  [[nodiscard]] std::vector<std::filesystem::path> of_project();

 private:
  struct Input {
    std::filesystem::path path;
    SourceRange where;        ///< of what named it
    bool is_default = false;  ///< neither a PATH nor the project names it
  };

  [[nodiscard]] std::vector<Input> inputs();
  [[nodiscard]] std::vector<Input> project_inputs();
  void add_default_inputs(std::vector<Input>& inputs) const;
  [[nodiscard]] std::vector<std::filesystem::path> list_input(const Input& input,
                                                              Diagnostics& faults) const;
  [[nodiscard]] static bool lacks_default(const std::vector<Input>& inputs);
  [[nodiscard]] bool report_missing_default(const std::vector<Input>& inputs);
  [[nodiscard]] bool is_variable_file(const std::filesystem::path& file) const;

  const LoadOptions& options_;
  const ManifestContext& context_;
  const Project& project_;
  bool is_project_known_;
  Diagnostics& diagnostics_;
};

/// All applications that were read, in two parts; each keeps their order.
struct ApplicationChoice {
  std::vector<model::DesiredApplication> chosen;
  std::vector<model::DesiredApplication> left_out;
};

/// The applications that a run is limited to: those of `only` by name, and of these the ones whose
/// labels hold every one of `selectors` (K=V). What means no application at all is SW2007 and
/// SW2022, since it would look like a tenant without differences.
[[nodiscard]] ApplicationChoice choose(std::vector<model::DesiredApplication> applications,
                                       const std::vector<std::string>& only,
                                       const std::vector<std::string>& selectors,
                                       Diagnostics& diagnostics);

}  // namespace syncwright::manifest
