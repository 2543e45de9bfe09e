#include "cli/starter.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>
#include <stdexcept>

#include "syncwright/core/file.h"
#include "syncwright/manifest/field_guide.h"

namespace syncwright::cli {

std::span<const EmbeddedFile> embedded_starter();

namespace {

/// A compiled-in file, and where it lies in a project.
struct StarterRow {
  std::string_view embedded;
  std::string_view path;
};

constexpr std::array kExample{
    StarterRow{"salesforce.yaml", "manifests/salesforce.yaml"},
    StarterRow{"salesforce-tests.yaml", "manifests/salesforce-tests.yaml"},
};

constexpr std::string_view kIgnoreFile = ".gitignore";
constexpr std::string_view kEditorSettings = ".vscode/settings.json";

constexpr std::array kCompanions{
    StarterRow{"gitignore", kIgnoreFile},
    StarterRow{"settings.json", kEditorSettings},
};

/// Of every pipeline: they lie where they lie in tools/ci, so that pipelines are the same here and
/// there.
constexpr std::array kScripts{
    StarterRow{"lib.sh", "tools/ci/lib.sh"},
    StarterRow{"install", "tools/ci/install"},
    StarterRow{"pull-request", "tools/ci/pull-request"},
    StarterRow{"merge", "tools/ci/merge"},
    StarterRow{"drift", "tools/ci/drift"},
};

struct PipelineRow {
  std::string_view name;
  std::vector<StarterRow> files;  ///< the first says what has to be set up
};

const std::vector<PipelineRow>& pipeline_rows() {
  static const std::vector<PipelineRow> rows{
      {"github",
       {{"syncwright.yml", ".github/workflows/syncwright.yml"},
        {"syncwright-drift.yml", ".github/workflows/syncwright-drift.yml"},
        {"action.yml", "tools/ci/github/action.yml"},
        {"github.sh", "tools/ci/github/github.sh"}}},
      {"azure-devops",
       {{"azure-pipelines.yml", "azure-pipelines.yml"},
        {"azure-devops.sh", "tools/ci/azure-devops/azure-devops.sh"}}},
      {"gitlab", {{"gitlab-ci.yml", ".gitlab-ci.yml"}, {"gitlab.sh", "tools/ci/gitlab/gitlab.sh"}}},
      {"none", {}},
  };
  return rows;
}

const PipelineRow& find_pipeline(std::string_view name) {
  const auto& rows = pipeline_rows();
  const auto found = std::find_if(rows.begin(), rows.end(),
                                  [name](const PipelineRow& row) { return row.name == name; });
  if (found == rows.end()) throw std::logic_error("no pipeline of this name");
  return *found;
}

exporting::ExportedFile read_embedded(const StarterRow& row) {
  for (const EmbeddedFile& file : embedded_starter()) {
    if (file.name == row.embedded) return {std::string(row.path), std::string(file.content)};
  }
  throw std::logic_error(fmt::format("{} is not compiled in", row.embedded));
}

StarterFiles read_rows(std::span<const StarterRow> rows) {
  StarterFiles files;
  for (const StarterRow& row : rows) files.push_back(read_embedded(row));
  return files;
}

/// Whether a text has each line of another one that says something.
bool has_lines(std::string_view text, std::string_view lines) {
  const std::string padded = fmt::format("\n{}\n", text);
  while (!lines.empty()) {
    const std::string_view line = lines.substr(0, lines.find('\n'));
    lines.remove_prefix(std::min(lines.size(), line.size() + 1));
    const bool says_something = !line.empty() && line.front() != '#';
    if (says_something && padded.find(fmt::format("\n{}\n", line)) == std::string::npos) {
      return false;
    }
  }
  return true;
}

}  // namespace

StarterFiles example_files() {
  return read_rows(kExample);
}

StarterFiles companion_files() {
  StarterFiles files = read_rows(kCompanions);
  files.push_back(
      {std::string(manifest::kManifestSchemaFile), std::string(manifest::manifest_schema())});
  return files;
}

std::string companion_advice(std::string_view name, std::string_view content) {
  if (name == kIgnoreFile) {
    const bool ignores = has_lines(content, read_embedded(kCompanions.front()).content);
    return ignores ? "" : "add the lines .syncwright/ and syncwright-results/";
  }
  if (name == kEditorSettings) {
    const bool names_schema = content.find(manifest::kManifestSchemaFile) != std::string_view::npos;
    return names_schema ? "" : "name ./manifest.schema.json in it, under yaml.schemas";
  }
  return "`syncwright schema` prints the one of this release";
}

std::vector<std::string> pipeline_names() {
  std::vector<std::string> names;
  for (const PipelineRow& row : pipeline_rows()) names.emplace_back(row.name);
  return names;
}

StarterFiles pipeline_files(std::string_view name) {
  const PipelineRow& row = find_pipeline(name);
  StarterFiles files = read_rows(row.files);
  if (files.empty()) return files;
  StarterFiles scripts = read_rows(kScripts);
  std::move(scripts.begin(), scripts.end(), std::back_inserter(files));
  return files;
}

std::string pipeline_head(std::string_view name) {
  const PipelineRow& row = find_pipeline(name);
  return row.files.empty() ? std::string() : std::string(row.files.front().path);
}

}  // namespace syncwright::cli
