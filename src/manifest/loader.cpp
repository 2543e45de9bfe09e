#include "syncwright/manifest/loader.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <set>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>

#include "manifest/decode/credentials_decoder.h"
#include "manifest/interpolation.h"
#include "manifest/manifest_checks.h"
#include "manifest/manifest_file.h"
#include "manifest/project_files.h"
#include "manifest/run_selection.h"
#include "manifest/yaml/yaml_text.h"
#include "syncwright/core/worker_pool.h"

/// Loading is a dozen steps whose order matters, because a fault must neither hide others nor make
/// up new ones. The project comes first: it names the environment, whose variables every manifest
/// may hang on, and where they are not known what refers to them is skipped without a diagnostic,
/// or each manifest would seem full of faults. Files are then read in parallel and joined in the
/// order of their names. What concerns several of them (names, mapping sets, tests) is checked
/// last, on everything that was read, and only then --only and --selector choose
/// (docs/contract.md#3).

namespace syncwright::manifest {
namespace {

namespace fs = std::filesystem;

bool is_worse(const Diagnostic& left, const Diagnostic& right) {
  return left.severity < right.severity;  // errors, warnings, notes
}

/// The diagnostics of a run: sorted by place, equal ones once (a fault behind an alias
/// is found for every use of it), at most kMaxLoadDiagnostics of them and SW0110 for the rest.
/// Errors are kept before warnings and these before notes, wherever they stand.
std::vector<Diagnostic> limit_diagnostics(Diagnostics found) {
  found.sort();
  std::vector<Diagnostic> all = found.items();
  all.erase(std::unique(all.begin(), all.end()), all.end());
  if (all.size() <= kMaxLoadDiagnostics) return all;
  std::stable_sort(all.begin(), all.end(), is_worse);
  const auto rest = all.begin() + kMaxLoadDiagnostics;
  // Its severity is the worst of those that it counts: errors may be among them.
  Diagnostic more{Code::SW0110,
                  rest->severity == Severity::error ? Severity::error : Severity::warning,
                  fmt::format("and {} more", all.end() - rest),
                  "mend the first ones and run again",
                  {}};
  all.erase(rest, all.end());
  Diagnostics kept;
  for (Diagnostic& each : all) kept.add(std::move(each));
  kept.sort();
  all = kept.items();
  all.push_back(std::move(more));
  return all;
}

/// What is left of a file once its manifests were taken: what a diagnostic may point into.
struct FileText {
  SourceText source;
  std::vector<HiddenValue> hidden;
  std::vector<SourceText> data_texts;
};

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
    if (!with_manifests) loaded_.manifests = inputs().of_project();
    context_.knows_variables = enter_environment();
    context_.notes_revisions = notes(kMissingRevisionCode);
    if (with_manifests) {
      read_manifests(inputs().list());
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
        found_.add(Code::SW0106, {}, "a PATH is empty", "name a folder or file, or leave it out");
      }
      const fs::path root = find_project_root(path, context_.working_folder);
      if (context_.root.empty()) context_.root = root;
      if (root == context_.root) continue;
      found_.add(Code::SW2009, context_.place_of(path),
                 fmt::format("belongs to the project in {}, other paths to the one in {}",
                             context_.name_of(root), context_.name_of(context_.root)),
                 "run syncwright once for each project");
    }
    if (options_.paths.empty()) {
      context_.root = find_project_root(context_.working_folder, context_.working_folder);
    }
    loaded_.root = context_.root;
  }

  /// A run gives advice where it is asked for, or where the project gives it a level.
  [[nodiscard]] bool notes(Code code) const {
    return options_.notes_advice || project_.severities.contains(to_string(code));
  }

  /// A variable may be meant for a manifest that PATHs leave out, or for one that cannot be read:
  /// then it is not reported.
  void warn_of_unused_variables() {
    if (!options_.paths.empty() || found_.has_errors()) return;
    std::vector<std::string_view> texts;
    texts.reserve(files_.size());
    for (const FileText& file : files_) texts.emplace_back(file.source.text);
    report_unused(options_.variables, texts, found_);
  }

  void read_project() {
    std::error_code error;
    if (!options_.project.empty()) loaded_.desired.project = options_.project;
    if (!fs::is_regular_file(context_.project_file(), error)) return;
    ManifestFile file = read_project_file(context_.project_file(), context_);
    is_project_known_ = file.project.has_value();
    if (file.project) project_ = std::move(*file.project);
    keep_text(std::move(file));
    if (is_project_known_) {
      check_named_project(project_, options_.project, context_.place_of(context_.project_file()),
                          found_);
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
    const ProjectEnvironment* environment =
        choose_environment(project_.environments, options_.environment,
                           context_.place_of(context_.project_file()), found_);
    if (environment == nullptr) return found_.size() == before;
    if (!environment->names_tenant) {
      found_.add(Code::SW2019, environment->where,
                 fmt::format("the environment {} does not say its tenant",
                             quote_value(options_.environment)),
                 "add tenant: ID, so that a sign-in for another tenant is refused");
    }
    loaded_.desired.environment = context_.environment = options_.environment;
    loaded_.desired.tenant_id = environment->tenant;
    loaded_.desired.cloud = environment->cloud;
    loaded_.desired.writers = environment->writers;
    context_.variables.insert(environment->variables.begin(), environment->variables.end());
    return true;
  }

  ManifestInputs inputs() { return {options_, context_, project_, is_project_known_, found_}; }

  /// Hands each file on, in order. A few hundred are read at a time, so that what is decoded of
  /// thousands is held once.
  void for_each_file(const std::vector<fs::path>& files,
                     const std::function<void(const fs::path&, ManifestFile)>& take) const {
    constexpr std::size_t at_once = 256;
    const std::size_t threads = std::clamp(std::thread::hardware_concurrency(), 1u, 8u);
    for (std::size_t first = 0; first < files.size(); first += at_once) {
      std::vector<ManifestFile> read(std::min(at_once, files.size() - first));
      run_parallel(read.size(), threads, [&](std::size_t index) {
        read[index] = read_manifest_file(files[first + index], context_);
      });
      for (std::size_t index = 0; index < read.size(); ++index) {
        take(files[first + index], std::move(read[index]));
      }
    }
  }

  void join(ManifestFile file) {
    ++loaded_.files;
    std::move(file.applications.begin(), file.applications.end(),
              std::back_inserter(applications_));
    std::move(file.tests.begin(), file.tests.end(), std::back_inserter(tests_));
    std::move(file.mapping_sets.begin(), file.mapping_sets.end(), std::back_inserter(sets_));
    std::move(file.empty_sets.begin(), file.empty_sets.end(),
              std::back_inserter(loaded_.desired.empty_sets));
    keep_text(std::move(file));
  }

  /// All files but those of rows, which a set among the others names.
  void join_all(const std::vector<fs::path>& files) {
    applications_.reserve(files.size());
    std::set<fs::path> data;
    std::map<fs::path, ManifestFile> without_manifest;
    for_each_file(files, [&](const fs::path& path, ManifestFile file) {
      data.insert(file.data_files.begin(), file.data_files.end());
      if (file.holds_manifest) {
        join(std::move(file));
      } else {
        without_manifest.emplace(path, std::move(file));
      }
    });
    for (auto& [path, file] : without_manifest) {
      if (!data.contains(path)) join(std::move(file));
    }
  }

  void read_manifests(const std::vector<fs::path>& files) {
    join_all(files);
    if (!std::is_sorted(applications_.begin(), applications_.end(), by_name)) {
      std::stable_sort(applications_.begin(), applications_.end(), by_name);
    }
    sort_by_name(tests_, found_);
    find_sets(files);
    for (DecodedApplication& decoded : applications_) {
      check_definitions(decoded.application, options_.template_schema, found_);
      resolve_includes(decoded, sets_, found_);
      check_mapping_rules(decoded.application, project_.expressions.evaluation,
                          options_.template_schema, found_);
      if (options_.galleries && notes(kNearGalleryCode)) {
        hint_at_gallery(decoded.application, options_.galleries(), found_);
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
    Diagnostics of_others;  // dropped: no PATH names these manifests
    std::vector<fs::path> others = inputs().list_project(of_others);
    std::erase_if(others, [&files](const fs::path& file) {
      return std::find(files.begin(), files.end(), file) != files.end();
    });
    for_each_file(others, [this](const fs::path&, ManifestFile file) {
      if (file.mapping_sets.empty()) return;
      std::move(file.mapping_sets.begin(), file.mapping_sets.end(), std::back_inserter(sets_));
      keep_text(std::move(file));
    });
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
    model::Desired& desired = loaded_.desired;
    desired.complete = options_.paths.empty() && options_.only.empty() &&
                       options_.selectors.empty() && !applications_.empty() && is_all_read();
    desired.applications.reserve(applications_.size());
    for (DecodedApplication& decoded : std::exchange(applications_, {})) {
      desired.applications.push_back(std::move(decoded.application));
    }
    check_references(tests_, desired.applications, names_all_applications(), found_);
    if (!context_.knows_variables) return;  // names and labels may hang on them
    ApplicationChoice choice =
        choose(std::move(desired.applications), options_.only, options_.selectors, found_);
    desired.applications = std::move(choice.chosen);
    loaded_.left_out = std::move(choice.left_out);
  }

  /// Whether nothing lies among the manifests that may be one and was not read.
  [[nodiscard]] bool is_all_read() const {
    return std::none_of(found_.items().begin(), found_.items().end(),
                        [](const Diagnostic& each) { return each.code == kUnreadCode; });
  }

  /// Where PATHs limit what is read, an application may be in another file; without the
  /// environment's variables one may have any name.
  [[nodiscard]] bool names_all_applications() const {
    return context_.knows_variables && (options_.paths.empty() || options_.paths_choose_tests);
  }

  /// The tests of the applications of --only and, where PATHs choose, those below a PATH.
  void keep_tests() {
    for (model::MappingTest& test : tests_) {
      const bool wanted = options_.only.empty() ||
                          std::find(options_.only.begin(), options_.only.end(), test.application) !=
                              options_.only.end();
      if (wanted && is_chosen(test)) loaded_.tests.push_back(std::move(test));
    }
  }

  [[nodiscard]] bool is_chosen(const model::MappingTest& test) const {
    if (!options_.paths_choose_tests || options_.paths.empty()) return true;
    const fs::path file = (context_.working_folder / test.where.file.text()).lexically_normal();
    return std::any_of(options_.paths.begin(), options_.paths.end(), [&](const fs::path& path) {
      const fs::path named_path = (context_.working_folder / path).lexically_normal();
      const fs::path below = file.lexically_relative(named_path);
      return named_path == context_.project_file() || (!below.empty() && *below.begin() != "..");
    });
  }

  /// Keeps the texts that are pointed into.
  void finish(Diagnostics& diagnostics) {
    std::set<std::string> named_files;
    for (Diagnostic& diagnostic :
         limit_diagnostics(with_severities(std::move(found_), project_.severities))) {
      named_files.insert(diagnostic.where.file);
      diagnostics.add(std::move(diagnostic));
    }
    for (const FileText& file : files_) {
      if (named_files.erase(file.source.file) > 0) {
        loaded_.texts.push_back({file.source.file, redact(file.source.text, file.hidden)});
      }
      for (const SourceText& text : file.data_texts) {
        if (named_files.erase(text.file) > 0) loaded_.texts.push_back(text);
      }
    }
  }

  void keep_text(ManifestFile file) {
    found_.append(std::move(file.diagnostics));
    files_.push_back({{std::move(file.name), std::move(file.text)},
                      std::move(file.hidden),
                      std::move(file.data_texts)});
  }

  static bool by_name(const DecodedApplication& left, const DecodedApplication& right) {
    return left.application.name < right.application.name;
  }

  const LoadOptions& options_;
  ManifestContext context_;
  Project project_;
  bool is_project_known_ = true;  ///< false: syncwright.yaml may mean to name its manifests
  std::vector<FileText> files_;
  std::vector<DecodedApplication> applications_;
  std::vector<MappingSet> sets_;
  std::vector<model::MappingTest> tests_;
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

}  // namespace syncwright::manifest
