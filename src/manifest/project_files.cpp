#include "manifest/project_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "manifest/decode/field.h"
#include "manifest/manifest_file.h"
#include "manifest/yaml/yaml_document.h"
#include "manifest/yaml/yaml_text.h"
#include "syncwright/core/ascii.h"
#include "syncwright/core/file.h"
#include "syncwright/core/text.h"
#include "syncwright/manifest/loader.h"

namespace syncwright::manifest {
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

namespace {

namespace fs = std::filesystem;

bool is_manifest(const fs::path& path) {
  return path.extension() == ".yaml" || path.extension() == ".yml";
}

/// Whether only the case of its ending differs: some systems ignore the case of names.
bool nearly_is_manifest(const fs::path& path) {
  const std::string ending = ascii::lower(path.extension().string());
  return !is_manifest(path) && (ending == ".yaml" || ending == ".yml");
}

bool has_json_ending(const fs::path& path) {
  return ascii::lower(path.extension().string()) == ".json";
}

bool is_hidden(const fs::path& path) {
  return path.filename().string().starts_with('.');
}

/// Something among the manifests that may hold one and is not read.
struct Unread {
  fs::path path;
  const char* what;
  std::string advice;
};

/// What lies below a folder.
struct Listing {
  std::vector<fs::path> files;
  std::vector<Unread> unread;
};

Unread misspelt(const fs::path& path) {
  return {path, "the file is not read",
          fmt::format("end its name in {}, in small letters",
                      has_json_ending(path) ? ".json" : ".yaml")};
}

/// What is no file, and what is a link to something else than a file.
std::optional<Unread> unread_at(const fs::directory_entry& entry) {
  std::error_code no_status;
  const bool leads_to_file = entry.is_regular_file(no_status);
  if (entry.is_symlink(no_status) && !leads_to_file) {
    return Unread{entry.path(), "the link is not followed: it leads to no file",
                  "put the manifests in its place, or name what it leads to in spec.manifests"};
  }
  if (is_manifest(entry.path()) && !leads_to_file) {
    return Unread{entry.path(), "a manifest is a file, and this is none", "rename it"};
  }
  return std::nullopt;
}

void list_folder(const fs::path& folder, const fs::path& project_file, Listing& listing,
                 std::error_code& error) {
  fs::recursive_directory_iterator entry(folder, error);
  while (!error && entry != fs::recursive_directory_iterator()) {
    std::error_code no_status;
    if (is_hidden(entry->path())) {
      entry.disable_recursion_pending();
    } else if (std::optional<Unread> unread = unread_at(*entry)) {
      listing.unread.push_back(std::move(*unread));
    } else if (is_manifest(entry->path()) && entry->is_regular_file(no_status) &&
               entry->path() != project_file) {
      listing.files.push_back(entry->path());
    } else if (nearly_is_manifest(entry->path()) && entry->is_regular_file(no_status)) {
      listing.unread.push_back(misspelt(entry->path()));
    } else if (has_json_ending(entry->path()) && entry->is_regular_file(no_status) &&
               holds_own_manifest(entry->path())) {
      if (entry->path().extension() == ".json") {
        listing.files.push_back(entry->path());
      } else {
        listing.unread.push_back(misspelt(entry->path()));
      }
    }
    entry.increment(error);
  }
}

}  // namespace

std::string display_name(const fs::path& path, const fs::path& working_folder) {
  const fs::path below = path.lexically_relative(working_folder);
  const bool is_below = !below.empty() && *below.begin() != "..";
  return (is_below ? below : path).generic_string();
}

std::optional<std::string> read_text(const fs::path& path, const std::string& name,
                                     Diagnostics& diagnostics) {
  auto text = read_file(path, kMaxManifestBytes);
  if (text) return std::move(*text);
  std::string message = text.error().message;
  const std::string absolute = path.string();
  const std::size_t at = message.find(absolute);
  if (at != std::string::npos) message.replace(at, absolute.size(), name);
  diagnostics.add(Code::SW0106, {name, 0, 0, 0}, std::move(message),
                  "check the path, the permissions and the size");
  return std::nullopt;
}

std::vector<fs::path> list_manifests(const fs::path& path, const fs::path& project_file,
                                     const std::string& name, const SourceRange& where,
                                     Diagnostics& diagnostics) {
  std::vector<fs::path> files;
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (fs::is_directory(status)) {
    error.clear();
    Listing listing;
    list_folder(path, project_file, listing, error);
    files = std::move(listing.files);
    std::sort(files.begin(), files.end());
    for (const Unread& unread : listing.unread) {
      const fs::path shown_path = fs::path(name) / unread.path.lexically_relative(path);
      diagnostics.add(kUnreadCode, {shown_path.generic_string(), 0, 0, 0}, unread.what,
                      unread.advice);
    }
  } else if (fs::is_regular_file(status)) {
    error.clear();
    if (path != project_file) files.push_back(path);
  } else if (!error) {
    error = std::make_error_code(std::errc::no_such_file_or_directory);
    if (fs::exists(status)) {
      diagnostics.add(Code::SW0106, where, name + " is neither a file nor a folder",
                      "name a folder or file with *.yaml files");
      return files;
    }
  }
  if (error) {
    diagnostics.add(Code::SW0106, where, "cannot read " + name + ": " + error.message(),
                    "check the path and its permissions");
  }
  return files;
}

fs::path find_project_root(const fs::path& path, const fs::path& working_folder) {
  const fs::path start = (working_folder / path).lexically_normal();
  for (fs::path folder = start;; folder = folder.parent_path()) {
    std::error_code error;
    if (fs::is_regular_file(folder / kProjectFile, error)) {
      return folder.has_filename() ? folder : folder.parent_path();
    }
    if (folder == folder.parent_path()) return working_folder;
  }
}

namespace fs = std::filesystem;

bool lies_in_project(const fs::path& path, const fs::path& root) {
  std::error_code error;
  const fs::path resolved = fs::weakly_canonical(path, error);
  if (error) return false;
  const fs::path resolved_root = fs::weakly_canonical(root, error);
  const fs::path below = resolved.lexically_relative(resolved_root);
  return !error && !below.empty() && *below.begin() != "..";
}

std::optional<fs::path> as_project_file(const Field& field) {
  const std::optional<std::string> text = as_text(field);
  if (!text) return std::nullopt;
  const ManifestSource& source = field.source();
  const fs::path path = (source.folder / *text).lexically_normal();
  if (!lies_in_project(path, source.root)) {
    field.report(Code::SW2009, fmt::format("{} lies outside of the project", quote_value(*text)),
                 "copy the file into the project");
    return std::nullopt;
  }
  std::error_code error;
  if (!fs::is_regular_file(path, error)) {
    field.report(Code::SW0106, fmt::format("there is no file {}", quote_value(*text)),
                 "the path is relative to this manifest");
    return std::nullopt;
  }
  return path;
}

}  // namespace syncwright::manifest
