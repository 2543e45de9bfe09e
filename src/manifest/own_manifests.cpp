#include "manifest/own_manifests.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <system_error>

#include "manifest/decode/document_decoder.h"
#include "syncwright/core/file.h"
#include "syncwright/core/suggestion.h"
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
    static const std::vector<std::string> own{"syncwright/v1"};
    return version->text.starts_with(kOwnVersions) || !nearest(version->text, own).empty();
  }
  const YamlNode* kind = find_value(document, "kind");
  const std::vector<std::string>& kinds = manifest_kinds();
  return kind != nullptr && std::find(kinds.begin(), kinds.end(), kind->text) != kinds.end();
}

/// Schema documents are megabytes, and many: those are not parsed to learn that they are none.
bool may_mean_manifest(const std::string& text) {
  return text.find("apiVersion") != std::string::npos || text.find("kind") != std::string::npos;
}

/// Whether a line that is no comment says that the text means to be one: it cannot be parsed.
bool names_own_version(std::string_view text) {
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    const std::size_t start = line.find_first_not_of(" \t");
    const std::size_t version = line.find(kOwnVersions);
    if (version != std::string_view::npos && line.substr(0, version).find('#') > version &&
        start < version) {
      return true;
    }
    text.remove_prefix(std::min(line.size() + 1, text.size()));
  }
  return false;
}

}  // namespace

bool holds_own_manifest(const fs::path& path) {
  const Result<std::string> text = read_file(path, kMaxManifestBytes);
  if (!text) return text.error().kind != ErrorKind::too_large;  // the loader says why
  if (!may_mean_manifest(*text)) return false;
  Diagnostics faults;
  const std::vector<YamlNode> documents = parse_yaml(*text, path.filename().string(), faults);
  if (std::any_of(documents.begin(), documents.end(), is_of_syncwright)) return true;
  return faults.has_errors() && names_own_version(*text);
}

std::vector<fs::path> find_own_manifests(const fs::path& folder, const fs::path& project_file) {
  std::vector<fs::path> found;
  std::error_code error;
  fs::directory_iterator entry(folder, error);
  for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
    const fs::path& path = entry->path();
    std::error_code no_status;
    const bool is_hidden_file = path.filename().string().starts_with('.');
    if (is_hidden_file || path == project_file || !may_hold_manifests(path)) continue;
    if (entry->is_regular_file(no_status) && holds_own_manifest(path)) found.push_back(path);
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace syncwright
