#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "syncwright/core/diagnostic.h"
#include "syncwright/core/source_range.h"
#include "syncwright/expression/evaluator.h"
#include "syncwright/model/desired.h"
#include "syncwright/model/mapping_test.h"
#include "syncwright/schema/mapping_lint.h"

namespace syncwright::manifest {

/// What a clause of a scoping filter says of an attribute without a value (docs/expressions.md#5).
/// strict: it does not hold, as documented. lenient: negative operators and IS FALSE hold.
enum class FilterNulls { strict, lenient };

/// `spec.expressions` of the project: how `eval` and `test` settle what Microsoft's documents leave
/// open (docs/expressions.md#7). No part of the desired state: a plan does not depend on it.
struct ExpressionSettings {
  expression::EvaluationSettings evaluation;
  FilterNulls scope_nulls = FilterNulls::strict;   ///< of `groups`
  FilterNulls input_nulls = FilterNulls::lenient;  ///< of `inputFilterGroups`
  bool operator==(const ExpressionSettings&) const = default;
};

/// The schema that a job of a gallery application is expected to have, as far as it is known
/// without the tenant; nullopt where it is not. `gallery` is the manifest's, a display name or an
/// id; `job` is "default" or the id of a synchronization template. Called from several threads at
/// once. Empty: no schema is known.
using TemplateSchemas = std::function<std::optional<schema::KnownSchema>(const std::string& gallery,
                                                                         const std::string& job)>;

/// A run reports at most so many faults; one more diagnostic, SW0110, counts the rest.
inline constexpr std::size_t kMaxLoadDiagnostics = 1000;

/// What one run loads: its flags, and what the program knows without the tenant.
struct LoadOptions {
  std::filesystem::path working_folder;  ///< absolute
  /// PATH arguments; empty: what the project names, else its folder `manifests`, else the manifests
  /// that lie directly in its own folder.
  std::vector<std::filesystem::path> paths;
  std::map<std::string, std::string> variables;       ///< --var
  std::vector<std::filesystem::path> variable_files;  ///< --var-file, later over earlier
  std::vector<std::string> only;                      ///< --only, by metadata.name
  /// What the project names is read in any case, and `paths` only choose among the mapping tests:
  /// a test in one file is about an application in another.
  bool paths_choose_tests = false;
  /// Whether what is no fault of a manifest is noted as well (SW2029, SW2038): for `validate`,
  /// which asks for all that can be said.
  bool notes_advice = false;
  /// Display names of gallery applications that are known offline, for a hint at a misspelt one
  /// (SW2038), which is noted as SW2029 is. Asked only then; may be empty.
  std::function<const std::vector<std::string>&()> galleries;
  TemplateSchemas template_schema;     ///< what mappings are checked against; may be empty
  std::vector<std::string> selectors;  ///< --selector k=v, all of them hold
  /// -e; empty: none given. Required where the project declares environments (SW2020), an error
  /// where it does not declare this one (SW2021); manifests are checked all the same, but for what
  /// hangs on its variables.
  std::string environment;
  /// --project; empty: none given. What a folder without syncwright.yaml is called; one that has it
  /// is called so already (SW1019).
  std::string project;
};

/// The project and its manifests, decoded and checked.
struct Loaded {
  model::Desired desired;  ///< must not be used where the diagnostics hold an error
  /// What --only and --selector left out. Nothing is planned for it; it is needed to see that two
  /// manifests mean the same live application.
  std::vector<model::DesiredApplication> left_out;
  std::vector<model::MappingTest> tests;  ///< sorted by name; likewise
  ExpressionSettings expressions;         ///< of the project
  std::filesystem::path
      root;  ///< of the project, absolute: secret files and .syncwright start here
  /// The files that diagnostics point into, for the line and the caret; secrets are hidden.
  std::vector<SourceText> texts;
  std::vector<std::string> environments;  ///< that the project declares, sorted
  std::size_t files = 0;                  ///< manifests read, without syncwright.yaml
  /// Where the project's manifests lie, there or not; absolute. Of `load_project` alone.
  std::vector<std::filesystem::path> manifests;
};

/// Reads the project and its manifests (docs/contract.md#3). Everything that is wrong is added to
/// `diagnostics` at once, sorted by place, up to kMaxLoadDiagnostics; nothing of the tenant and no
/// secret is read. Files load in parallel; the result does not depend on their order or on the
/// number of threads.
///
/// `desired.complete` is false where PATHs, --only or --selector were given, or no application was
/// found.
[[nodiscard]] Loaded load(const LoadOptions& options, Diagnostics& diagnostics);

/// The project and its environment alone, as `load` reads them: for commands that ask the tenant
/// and no manifest. `desired` has no applications and is not complete.
[[nodiscard]] Loaded load_project(const LoadOptions& options, Diagnostics& diagnostics);

/// The file of the Project, in its root. No manifest is called so.
inline constexpr const char* kProjectFile = "syncwright.yaml";

/// The folder of the nearest syncwright.yaml at or above `path` (a file or folder, there or not),
/// else `working_folder`. Both absolute, and so is the result.
[[nodiscard]] std::filesystem::path find_project_root(const std::filesystem::path& path,
                                                      const std::filesystem::path& working_folder);

}  // namespace syncwright::manifest
