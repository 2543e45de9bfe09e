#include "manifest/run_selection.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <system_error>
#include <utility>

#include "manifest/project_files.h"
#include "manifest/yaml/yaml_text.h"
#include "syncwright/core/text.h"

namespace syncwright::manifest {

namespace fs = std::filesystem;

std::vector<fs::path> ManifestInputs::list() {
  std::vector<fs::path> files;
  std::set<fs::path> seen;  // paths may overlap
  const std::vector<Input> all = inputs();
  if (report_missing_default(all)) return files;
  for (const Input& input : all) {
    for (const fs::path& file : list_input(input, diagnostics_)) {
      if (!is_variable_file(file) && seen.insert(file).second) files.push_back(file);
    }
  }
  if (files.empty() && !diagnostics_.has_errors()) {
    diagnostics_.add(Code::SW0107, all.front().where,
                     fmt::format("no manifests in {}", context_.name_of(all.front().path)),
                     "name a folder or file with *.yaml files");
  }
  return files;
}

std::vector<fs::path> ManifestInputs::list_project(Diagnostics& faults) {
  std::vector<fs::path> files;
  for (const Input& input : project_inputs()) {
    const std::vector<fs::path> listed = list_input(input, faults);
    files.insert(files.end(), listed.begin(), listed.end());
  }
  return files;
}

std::vector<fs::path> ManifestInputs::of_project() {
  std::vector<fs::path> paths;
  for (const Input& input : project_inputs()) paths.push_back(input.path);
  return paths;
}

std::vector<fs::path> ManifestInputs::list_input(const Input& input, Diagnostics& faults) const {
  return list_manifests(input.path, context_.project_file(), context_.name_of(input.path),
                        input.where, faults);
}

/// Variables may lie beside the manifests, where spec.manifests is a folder of both.
bool ManifestInputs::is_variable_file(const fs::path& file) const {
  return std::any_of(options_.variable_files.begin(), options_.variable_files.end(),
                     [&](const fs::path& each) {
                       return (context_.working_folder / each).lexically_normal() == file;
                     });
}

/// Reports that the default folder is missing, which no flag and no project named: a first run in a
/// wrong or new place. A missing folder that was named is a fault of its own.
bool ManifestInputs::report_missing_default(const std::vector<Input>& inputs) {
  if (!lacks_default(inputs)) return false;
  if (diagnostics_.has_errors()) return true;  // perhaps of the project file, which may name others
  diagnostics_.add(
      Code::SW0107, inputs.front().where,
      fmt::format("no manifests: there is no folder {}", context_.name_of(inputs.front().path)),
      "`syncwright init` writes an example to begin with; or name a folder or file with *.yaml "
      "files; see syncwright --help");
  return true;
}

bool ManifestInputs::lacks_default(const std::vector<Input>& inputs) {
  std::error_code error;
  return !inputs.empty() && inputs.front().is_default &&
         fs::status(inputs.front().path, error).type() == fs::file_type::not_found;
}

std::vector<ManifestInputs::Input> ManifestInputs::inputs() {
  std::vector<Input> result;
  for (const fs::path& path : options_.paths) {
    if (path.empty()) continue;  // the loader reports it
    const fs::path absolute = (context_.working_folder / path).lexically_normal();
    if (absolute != context_.project_file()) {
      result.push_back({absolute, context_.place_of(path), false});
    }
  }
  if (!result.empty() && !options_.paths_choose_tests) return result;
  const std::vector<Input> of_project = project_inputs();
  if (result.empty() || !lacks_default(of_project)) {
    result.insert(result.end(), of_project.begin(), of_project.end());
  }
  return result;
}

std::vector<ManifestInputs::Input> ManifestInputs::project_inputs() {
  std::vector<Input> result;
  for (const Project::Manifest& manifest : project_.manifests) {
    const fs::path path = (context_.root / manifest.path).lexically_normal();
    if (lies_in_project(path, context_.root)) {
      result.push_back({path, manifest.where, false});
    } else {
      diagnostics_.add(Code::SW2009, manifest.where,
                       fmt::format("{} lies outside of the project", quote_value(manifest.path)),
                       "name folders and files below syncwright.yaml");
    }
  }
  if (project_.manifests.empty()) add_default_inputs(result);
  return result;
}

/// The folder `manifests`, else the manifests that lie beside where it would be.
void ManifestInputs::add_default_inputs(std::vector<Input>& inputs) const {
  const fs::path folder = context_.root / "manifests";
  std::error_code error;
  const bool is_missing = fs::status(folder, error).type() == fs::file_type::not_found;
  if (is_missing && is_project_known_) {
    for (const fs::path& file : find_own_manifests(context_.root, context_.project_file())) {
      inputs.push_back({file, context_.place_of(file), false});
    }
  }
  if (inputs.empty()) inputs.push_back({folder, context_.place_of(folder), true});
}

namespace {

using Pair = std::pair<std::string, std::string>;

void check_names(const std::vector<model::DesiredApplication>& applications,
                 const std::vector<std::string>& only, Diagnostics& diagnostics) {
  std::vector<std::string> names;
  names.reserve(applications.size());
  for (const model::DesiredApplication& application : applications)
    names.push_back(application.name);
  for (const std::string& name : only) {
    if (std::find(names.begin(), names.end(), name) != names.end()) continue;
    diagnostics.add(Code::SW2007, {}, fmt::format("no manifest is named {}", quote_value(name)),
                    did_you_mean(name, names));
  }
}

std::vector<Pair> read_selectors(const std::vector<std::string>& selectors,
                                 Diagnostics& diagnostics) {
  std::vector<Pair> pairs;
  for (const std::string& selector : selectors) {
    const std::size_t equals = selector.find('=');
    if (equals == std::string::npos || equals == 0) {
      diagnostics.add(Code::SW2022, {},
                      fmt::format("--selector {} is not KEY=VALUE", quote_value(selector)),
                      "for example --selector env=prod");
    } else {
      pairs.emplace_back(selector.substr(0, equals), selector.substr(equals + 1));
    }
  }
  return pairs;
}

bool holds(const model::DesiredApplication& application, const Pair& pair) {
  if (!application.labels) return false;
  const auto label = application.labels->find(pair.first);
  return label != application.labels->end() && label->second == pair.second;
}

void report_unmatched(const std::vector<model::DesiredApplication>& applications, const Pair& pair,
                      Diagnostics& diagnostics) {
  std::set<std::string> keys;
  std::set<std::string> values;
  for (const model::DesiredApplication& application : applications) {
    if (!application.labels) continue;
    for (const auto& [key, value] : *application.labels) {
      keys.insert(key);
      if (key == pair.first) values.insert(value);
    }
  }
  const bool known_key = !values.empty();
  const std::set<std::string>& known = known_key ? values : keys;
  const std::vector<std::string> words(known.begin(), known.end());
  diagnostics.add(Code::SW2022, {},
                  fmt::format("--selector {}={} matches no application", pair.first, pair.second),
                  words.empty() ? "no manifest has labels"
                                : did_you_mean(known_key ? pair.second : pair.first, words));
}

}  // namespace

ApplicationChoice choose(std::vector<model::DesiredApplication> applications,
                         const std::vector<std::string>& only,
                         const std::vector<std::string>& selectors, Diagnostics& diagnostics) {
  check_names(applications, only, diagnostics);
  const std::vector<Pair> pairs = read_selectors(selectors, diagnostics);
  bool each_matches = true;
  for (const Pair& pair : pairs) {
    const bool matches = std::any_of(
        applications.begin(), applications.end(),
        [&](const model::DesiredApplication& application) { return holds(application, pair); });
    if (!matches) report_unmatched(applications, pair, diagnostics);
    each_matches = each_matches && matches;
  }
  const auto is_chosen = [&](const model::DesiredApplication& application) {
    const bool named =
        only.empty() || std::find(only.begin(), only.end(), application.name) != only.end();
    return named && std::all_of(pairs.begin(), pairs.end(),
                                [&](const Pair& pair) { return holds(application, pair); });
  };
  const auto rest = std::stable_partition(applications.begin(), applications.end(), is_chosen);
  ApplicationChoice choice;
  std::move(rest, applications.end(), std::back_inserter(choice.left_out));
  applications.erase(rest, applications.end());
  choice.chosen = std::move(applications);
  if (choice.chosen.empty() && !pairs.empty() && each_matches && !diagnostics.has_errors()) {
    diagnostics.add(Code::SW2022, {}, "no application matches every --selector and --only",
                    "run with fewer of them");
  }
  return choice;
}

}  // namespace syncwright::manifest
