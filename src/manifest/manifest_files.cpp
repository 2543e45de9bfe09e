#include "manifest/manifest_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>
#include <utility>

#include "manifest/own_manifests.h"
#include "syncwright/core/ascii.h"
#include "syncwright/core/file.h"
#include "syncwright/manifest/loader.h"
#include "syncwright/manifest/yaml_document.h"

namespace syncwright {
namespace {

namespace fs = std::filesystem;

bool is_manifest(const fs::path& path) {
  return path.extension() == ".yaml" || path.extension() == ".yml";
}

/// As some systems write it, to which the case of names is all the same.
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

/// What lies below a folder.
struct Listing {
  std::vector<fs::path> files;
  std::vector<fs::path> nearly;  ///< but for the case of their ending
};

void list_folder(const fs::path& folder, const fs::path& project_file, Listing& listing,
                 std::error_code& error) {
  fs::recursive_directory_iterator entry(folder, error);
  while (!error && entry != fs::recursive_directory_iterator()) {
    std::error_code no_status;  // a dangling link is no regular file, and no fault
    if (is_hidden(entry->path())) {
      entry.disable_recursion_pending();
    } else if (is_manifest(entry->path()) && entry->is_regular_file(no_status) &&
               entry->path() != project_file) {
      listing.files.push_back(entry->path());
    } else if (nearly_is_manifest(entry->path()) && entry->is_regular_file(no_status)) {
      listing.nearly.push_back(entry->path());
    } else if (has_json_ending(entry->path()) && entry->is_regular_file(no_status) &&
               holds_own_manifest(entry->path())) {
      const bool is_read = entry->path().extension() == ".json";
      (is_read ? listing.files : listing.nearly).push_back(entry->path());
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
  diagnostics.add("SW0106", {name, 0, 0, 0}, std::move(message),
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
    for (const fs::path& file : listing.nearly) {
      const fs::path shown_path = fs::path(name) / file.lexically_relative(path);
      diagnostics.add("SW0111", {shown_path.generic_string(), 0, 0, 0}, "the file is not read",
                      fmt::format("end its name in {}, in small letters",
                                  has_json_ending(file) ? ".json" : ".yaml"));
    }
  } else if (fs::is_regular_file(status)) {
    error.clear();
    if (path != project_file) files.push_back(path);
  } else if (!error) {
    error = std::make_error_code(std::errc::no_such_file_or_directory);
    if (fs::exists(status)) {
      diagnostics.add("SW0106", where, name + " is neither a file nor a folder",
                      "name a folder or file with *.yaml files");
      return files;
    }
  }
  if (error) {
    diagnostics.add("SW0106", where, "cannot read " + name + ": " + error.message(),
                    "check the path and its permissions");
  }
  return files;
}

fs::path find_project_root(const fs::path& path, const fs::path& working_folder) {
  const fs::path start = (working_folder / path).lexically_normal();
  for (fs::path folder = start;; folder = folder.parent_path()) {
    std::error_code error;
    if (fs::is_regular_file(folder / project_file_name, error)) {
      return folder.has_filename() ? folder : folder.parent_path();
    }
    if (folder == folder.parent_path()) return working_folder;
  }
}

}  // namespace syncwright
