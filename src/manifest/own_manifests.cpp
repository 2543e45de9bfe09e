#include "own_manifests.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <system_error>

#include "document_decoder.h"
#include "syncwright/core/file.h"
#include "syncwright/manifest/yaml_document.h"

namespace syncwright {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kOwnVersions = "syncwright/";

bool may_hold_manifests(const fs::path& path) {
  const fs::path ending = path.extension();
  return ending == ".yaml" || ending == ".yml" || ending == ".json";
}

/// `apiVersion` and `kind` are words of Kubernetes as well.
bool is_of_syncwright(const YamlNode& document) {
  if (const YamlNode* version = find_value(document, "apiVersion")) {
    return version->text.starts_with(kOwnVersions);
  }
  const YamlNode* kind = find_value(document, "kind");
  const std::vector<std::string>& kinds = manifest_kinds();
  return kind != nullptr && std::find(kinds.begin(), kinds.end(), kind->text) != kinds.end();
}

bool holds_manifest(const fs::path& path) {
  const Result<std::string> text = read_file(path, kMaxManifestBytes);
  if (!text) return text.error().kind != ErrorKind::too_large;  // the loader says why
  Diagnostics faults;
  const std::vector<YamlNode> documents = parse_yaml(*text, path.filename().string(), faults);
  if (std::any_of(documents.begin(), documents.end(), is_of_syncwright)) return true;
  return faults.has_errors() && text->find(kOwnVersions) != std::string::npos;
}

}  // namespace

std::vector<fs::path> find_own_manifests(const fs::path& folder, const fs::path& project_file) {
  std::vector<fs::path> found;
  std::error_code error;
  fs::directory_iterator entry(folder, error);
  for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
    const fs::path& path = entry->path();
    std::error_code no_status;
    const bool is_hidden_file = path.filename().string().starts_with('.');
    if (is_hidden_file || path == project_file || !may_hold_manifests(path)) continue;
    if (entry->is_regular_file(no_status) && holds_manifest(path)) found.push_back(path);
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace syncwright
