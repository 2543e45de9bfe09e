#include "syncwright/manifest/loader.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>

#include "manifest/application_checks.h"
#include "manifest/application_choice.h"
#include "manifest/decode/credentials_decoder.h"
#include "manifest/interpolation.h"
#include "manifest/manifest_file.h"
#include "manifest/manifest_files.h"
#include "manifest/mapping_test_references.h"
#include "manifest/told_diagnostics.h"
#include "manifest/yaml/text_check.h"
#include "syncwright/core/worker_pool.h"

namespace syncwright {
namespace {

namespace fs = std::filesystem;

/// One run of `load`, step by step.
class Load {
 public:
  explicit Load(const LoadOptions& options) : options_(options) {}

  Loaded run(Diagnostics& diagnostics, bool with_manifests) {
    find_root();
    context_.variables = load_variables(options_.variable_files, options_.variables,
                                        context_.working_folder, found_, loaded_.texts);
    read_project();
    loaded_.desired.complete = with_manifests;
    if (!with_manifests) {
      for (const Input& input : project_inputs()) loaded_.manifests.push_back(input.path);
    }
    context_.knows_variables = enter_environment();
    context_.notes_revisions = notes(kMissingRevisionCode);
    if (with_manifests) {
      read_manifests(list_files());
      keep_chosen();
      keep_tests();
      warn_of_unused_variables();
    }
    finish(diagnostics);
    return std::move(loaded_);
  }

 private:
  void find_root() {
    std::error_code error;  // without a current folder a relative one stays as it is
    context_.working_folder = fs::absolute(options_.working_folder, error).lexically_normal();
    for (const fs::path& path : options_.paths) {
      if (path.empty()) {
        found_.add("SW0106", {}, "a PATH is empty", "name a folder or file, or leave it out");
      }
      const fs::path root = find_project_root(path, context_.working_folder);
      if (context_.root.empty()) context_.root = root;
      if (root == context_.root) continue;
      found_.add("SW2009", named(path),
                 fmt::format("belongs to the project in {}, other paths to the one in {}",
                             shown_name(root), shown_name(context_.root)),
                 "run syncwright once for each project");
    }
    if (options_.paths.empty()) {
      context_.root = find_project_root(context_.working_folder, context_.working_folder);
    }
    loaded_.root = context_.root;
  }

  /// Advice is told where it is asked for, or where the project gives it a level.
  [[nodiscard]] bool notes(const char* code) const {
    return options_.notes_advice || project_.severities.contains(code);
  }

  /// What is meant for a manifest that PATHs leave out, or for one that cannot be read, is not
  /// told.
  void warn_of_unused_variables() {
    if (!options_.paths.empty() || found_.has_errors()) return;
    std::vector<std::string_view> texts;
    texts.reserve(files_.size());
    for (const ManifestFile& file : files_) texts.emplace_back(file.text);
    report_unused(options_.variables, texts, found_);
  }

  void read_project() {
    std::error_code error;
    if (!options_.project.empty()) loaded_.desired.project = options_.project;
    if (!fs::is_regular_file(project_file(), error)) return;
    ManifestFile file = read_project_file(project_file(), context_);
    is_project_known_ = file.project.has_value();
    if (file.project) project_ = std::move(*file.project);
    take(std::move(file));
    if (is_project_known_) {
      check_named_project(project_, options_.project, named(project_file()), found_);
    }
    for (const auto& [name, environment] : project_.environments) {
      loaded_.environments.push_back(name);
    }
    loaded_.desired.project = project_.name;
    loaded_.desired.previously = project_.previously;
    loaded_.desired.guards = project_.guards;
    loaded_.desired.severities = project_.severities;
    loaded_.expressions = project_.expressions;
  }

  /// false where the environment is not known: what refers to its variables is not checked then,
  /// since every manifest would seem full of faults.
  bool enter_environment() {
    const bool unknown = found_.has_errors() && project_.environments.empty();
    if (unknown && !options_.environment.empty()) return false;  // the file may mean to declare it
    const std::size_t before = found_.size();
    const ProjectEnvironment* environment = choose_environment(
        project_.environments, options_.environment, named(project_file()), found_);
    if (environment == nullptr) return found_.size() == before;
    if (!environment->names_tenant) {
      found_.add(
          "SW2019", environment->where,
          fmt::format("the environment {} does not say its tenant", shown(options_.environment)),
          "add tenant: ID, so that a sign-in for another tenant is refused");
    }
    loaded_.desired.environment = context_.environment = options_.environment;
    loaded_.desired.tenant_id = environment->tenant;
    loaded_.desired.cloud = environment->cloud;
    loaded_.desired.writers = environment->writers;
    context_.variables.insert(environment->variables.begin(), environment->variables.end());
    return true;
  }

  std::vector<fs::path> list_files() {
    std::vector<fs::path> files;
    std::set<fs::path> seen;  // paths may overlap
    const std::vector<Input> named_inputs = inputs();
    if (lacks_default_folder(named_inputs)) return files;
    for (const Input& input : named_inputs) {
      const auto listed =
          list_manifests(input.path, project_file(), shown_name(input.path), input.where, found_);
      for (const fs::path& file : listed) {
        if (!is_variable_file(file) && seen.insert(file).second) files.push_back(file);
      }
    }
    if (files.empty() && !found_.has_errors()) {
      found_.add("SW0107", named_inputs.front().where,
                 fmt::format("no manifests in {}", shown_name(named_inputs.front().path)),
                 "name a folder or file with *.yaml files");
    }
    return files;
  }

  /// Variables may lie beside the manifests, where spec.manifests is a folder of both.
  [[nodiscard]] bool is_variable_file(const fs::path& file) const {
    return std::any_of(options_.variable_files.begin(), options_.variable_files.end(),
                       [&](const fs::path& each) {
                         return (context_.working_folder / each).lexically_normal() == file;
                       });
  }

  struct Input {
    fs::path path;
    SourceRange where;        ///< of what named it
    bool is_default = false;  ///< nobody named it
  };

  /// Reports a folder that is missing though nobody asked for it: a first run in a wrong or new
  /// place. What somebody named and is missing is a fault of its own.
  bool lacks_default_folder(const std::vector<Input>& named_inputs) {
    if (!lacks(named_inputs)) return false;
    if (found_.has_errors()) return true;  // perhaps of the project file, which may name others
    found_.add(
        "SW0107", named_inputs.front().where,
        fmt::format("no manifests: there is no folder {}", shown_name(named_inputs.front().path)),
        "begin with a copy of an example (cp -r manifests/quickstart of syncwright's own "
        "files), or name a folder or file with *.yaml files; see syncwright --help");
    return true;
  }

  static bool lacks(const std::vector<Input>& named_inputs) {
    std::error_code error;
    return !named_inputs.empty() && named_inputs.front().is_default &&
           fs::status(named_inputs.front().path, error).type() == fs::file_type::not_found;
  }

  /// PATHs, else what the project names, else its folder `manifests`, else its own manifests.
  std::vector<Input> inputs() {
    std::vector<Input> result;
    for (const fs::path& path : options_.paths) {
      if (path.empty()) continue;  // and told
      const fs::path absolute = (context_.working_folder / path).lexically_normal();
      if (absolute != project_file()) result.push_back({absolute, named(path), false});
    }
    if (!result.empty() && !options_.paths_choose_tests) return result;
    const std::vector<Input> named_by_project = project_inputs();
    if (result.empty() || !lacks(named_by_project)) {
      result.insert(result.end(), named_by_project.begin(), named_by_project.end());
    }
    return result;
  }

  std::vector<Input> project_inputs() {
    std::vector<Input> result;
    for (const Project::Manifest& manifest : project_.manifests) {
      const fs::path path = (context_.root / manifest.path).lexically_normal();
      if (lies_in_project(path, context_.root)) {
        result.push_back({path, manifest.where, false});
      } else {
        found_.add("SW2009", manifest.where,
                   fmt::format("{} lies outside of the project", shown(manifest.path)),
                   "name folders and files below syncwright.yaml");
      }
    }
    if (project_.manifests.empty()) add_default_inputs(result);
    return result;
  }

  /// The folder `manifests`, else the manifests that lie beside where it would be.
  void add_default_inputs(std::vector<Input>& result) {
    const fs::path folder = context_.root / "manifests";
    std::error_code error;
    const bool is_missing = fs::status(folder, error).type() == fs::file_type::not_found;
    if (is_missing && is_project_known_) {
      for (const fs::path& file : find_own_manifests(context_.root, project_file())) {
        result.push_back({file, named(file), false});
      }
    }
    if (result.empty()) result.push_back({folder, named(folder), true});
  }

  static std::vector<ManifestFile> read_all(const std::vector<fs::path>& files,
                                            const ManifestContext& context) {
    std::vector<ManifestFile> read(files.size());
    const std::size_t threads = std::clamp(std::thread::hardware_concurrency(), 1u, 8u);
    run_parallel(files.size(), threads, [&](std::size_t index) {
      read[index] = read_manifest_file(files[index], context);
    });
    return read;
  }

  void read_manifests(const std::vector<fs::path>& files) {
    for (ManifestFile& file : without_data(files, read_all(files, context_))) {
      ++loaded_.files;
      std::move(file.applications.begin(), file.applications.end(),
                std::back_inserter(applications_));
      std::move(file.tests.begin(), file.tests.end(), std::back_inserter(tests_));
      std::move(file.mapping_sets.begin(), file.mapping_sets.end(), std::back_inserter(sets_));
      std::move(file.empty_sets.begin(), file.empty_sets.end(),
                std::back_inserter(loaded_.desired.empty_sets));
      take(std::move(file));
    }
    std::stable_sort(applications_.begin(), applications_.end(), by_name);
    sort_by_name(tests_, found_);
    find_sets(files);
    for (DecodedApplication& decoded : applications_) {
      check_definitions(decoded.application, options_.template_schema, found_);
      resolve_includes(decoded, sets_, found_);
      check_mapping_rules(decoded.application, project_.expressions.evaluation,
                          options_.template_schema, found_);
      if (notes(kNearGalleryCode)) {
        hint_at_gallery(decoded.application, options_.galleries, found_);
      }
    }
    // Nothing can refer to one whose name is missing or at fault.
    std::erase_if(applications_, [](const DecodedApplication& decoded) {
      return decoded.application.name.empty();
    });
    check_names(applications_, found_);
  }

  /// PATHs limit the applications, not what these include: the rest of the project is searched for
  /// sets that are named and were not read.
  void find_sets(const std::vector<fs::path>& files) {
    sort_sets();
    report_equal_sets(sets_, found_);
    if (options_.paths.empty() || !lacks_sets()) return;
    Diagnostics of_others;  // of manifests that nobody asked for
    std::vector<fs::path> others;
    for (const Input& input : project_inputs()) {
      for (const fs::path& file : list_manifests(input.path, project_file(), shown_name(input.path),
                                                 input.where, of_others)) {
        if (std::find(files.begin(), files.end(), file) == files.end()) others.push_back(file);
      }
    }
    for (ManifestFile& file : read_all(others, context_)) {
      if (file.mapping_sets.empty()) continue;
      std::move(file.mapping_sets.begin(), file.mapping_sets.end(), std::back_inserter(sets_));
      take(std::move(file));
    }
    sort_sets();
  }

  [[nodiscard]] bool lacks_sets() const {
    return std::any_of(applications_.begin(), applications_.end(), [this](const auto& decoded) {
      return std::any_of(
          decoded.includes.begin(), decoded.includes.end(),
          [this](const auto& include) { return find_set(sets_, include.set) == nullptr; });
    });
  }

  void sort_sets() {
    std::stable_sort(
        sets_.begin(), sets_.end(),
        [](const MappingSet& left, const MappingSet& right) { return left.name < right.name; });
  }

  void keep_chosen() {
    Desired& desired = loaded_.desired;
    desired.complete = options_.paths.empty() && options_.only.empty() &&
                       options_.selectors.empty() && !applications_.empty();
    for (DecodedApplication& decoded : applications_) {
      desired.applications.push_back(std::move(decoded.application));
    }
    check_references(tests_, desired.applications, names_all_applications(), found_);
    if (!context_.knows_variables) return;  // names and labels may hang on them
    ApplicationChoice choice =
        choose(std::move(desired.applications), options_.only, options_.selectors, found_);
    desired.applications = std::move(choice.chosen);
    loaded_.left_out = std::move(choice.left_out);
  }

  /// Where PATHs limit what is read, an application may be in another file; without the
  /// environment's variables one may have any name.
  [[nodiscard]] bool names_all_applications() const {
    return context_.knows_variables && (options_.paths.empty() || options_.paths_choose_tests);
  }

  /// The tests of the applications of --only and, where PATHs choose, those below a PATH.
  void keep_tests() {
    for (MappingTest& test : tests_) {
      const bool wanted = options_.only.empty() ||
                          std::find(options_.only.begin(), options_.only.end(), test.application) !=
                              options_.only.end();
      if (wanted && is_chosen(test)) loaded_.tests.push_back(std::move(test));
    }
  }

  [[nodiscard]] bool is_chosen(const MappingTest& test) const {
    if (!options_.paths_choose_tests || options_.paths.empty()) return true;
    const fs::path file = (context_.working_folder / test.where.file).lexically_normal();
    return std::any_of(options_.paths.begin(), options_.paths.end(), [&](const fs::path& path) {
      const fs::path named_path = (context_.working_folder / path).lexically_normal();
      const fs::path below = file.lexically_relative(named_path);
      return named_path == project_file() || (!below.empty() && *below.begin() != "..");
    });
  }

  /// Keeps the texts that are pointed into.
  void finish(Diagnostics& diagnostics) {
    std::set<std::string> named_files;
    for (Diagnostic& diagnostic : told(with_severities(std::move(found_), project_.severities))) {
      named_files.insert(diagnostic.where.file);
      diagnostics.add(std::move(diagnostic));
    }
    for (const ManifestFile& file : files_) {
      if (named_files.erase(file.name) > 0) {
        loaded_.texts.push_back({file.name, redact(file.text, file.hidden)});
      }
      for (const SourceText& text : file.data_texts) {
        if (named_files.erase(text.file) > 0) loaded_.texts.push_back(text);
      }
    }
  }

  void take(ManifestFile file) {
    found_.append(std::exchange(file.diagnostics, {}));
    files_.push_back(std::move(file));
  }

  static bool by_name(const DecodedApplication& left, const DecodedApplication& right) {
    return left.application.name < right.application.name;
  }

  [[nodiscard]] fs::path project_file() const { return context_.root / project_file_name; }

  [[nodiscard]] std::string shown_name(const fs::path& path) const {
    return display_name((context_.working_folder / path).lexically_normal(),
                        context_.working_folder);
  }

  [[nodiscard]] SourceRange named(const fs::path& path) const {
    return {shown_name(path), 0, 0, 0};
  }

  const LoadOptions& options_;
  ManifestContext context_;
  Project project_;
  bool is_project_known_ = true;  ///< false: syncwright.yaml may mean to name its manifests
  std::vector<ManifestFile> files_;
  std::vector<DecodedApplication> applications_;
  std::vector<MappingSet> sets_;
  std::vector<MappingTest> tests_;
  Diagnostics found_;
  Loaded loaded_;
};

}  // namespace

Loaded load(const LoadOptions& options, Diagnostics& diagnostics) {
  return Load(options).run(diagnostics, true);
}

Loaded load_project(const LoadOptions& options, Diagnostics& diagnostics) {
  return Load(options).run(diagnostics, false);
}

}  // namespace syncwright
