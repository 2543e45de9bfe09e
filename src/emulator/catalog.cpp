#include "syncwright/emulator/catalog.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <span>
#include <sstream>
#include <utility>

#include "emulator/resources/schema_document.h"
#include "emulator/store/regular_file.h"
#include "syncwright/core/ascii.h"
#include "syncwright/core/file.h"

namespace syncwright::emulator {

/// The files of src/emulator/resources/catalog, made into code by src/embed.cmake. Sorted by name.
std::span<const EmbeddedFile> embedded_catalog();

namespace {

constexpr const char* directory_file = "directory.json";
constexpr const char* entra_file = "entra-directory.json";

using Files = std::map<std::string, Json>;  // by file name

/// `"schema": {"$template": "scim"}` stands for the schema of that template, which stands above it
/// in the file. Null where there is no such template.
Json schema_of_template(const GalleryEntry& entry, const Json& schema) {
  const std::string named = string_or(schema, "$template");
  if (named.empty()) return schema;
  for (const Json& above : entry.synchronization_templates) {
    if (string_or(above, "id") == named) return above["schema"];
  }
  return {};
}

/// A synchronization template's default schema: `"$directory": "entra-directory"` stands for the
/// content of that file, and what is left out is filled in.
void expand_schema(Json& schema, const Json& entra_directory) {
  const auto directories = schema.find("directories");
  if (directories != schema.end() && directories->is_array()) {
    for (Json& directory : *directories) {
      if (!directory.is_object() || !directory.contains("$directory")) continue;
      Json expanded = entra_directory;
      directory.erase("$directory");
      if (expanded.is_object()) expanded.update(directory);
      directory = std::move(expanded);
    }
  }
  complete_schema(schema);
}

Result<GalleryEntry> read_entry(const std::string& name, Json file, const Json& entra_directory) {
  GalleryEntry entry;
  entry.application_template = member_or_null(file, "applicationTemplate");
  entry.app_roles = member_or_null(file, "appRoles");
  entry.connector = member_or_null(file, "connector");
  if (string_or(entry.application_template, "id").empty()) {
    return fail(ErrorKind::invalid_input,
                fmt::format("catalog file {} has no applicationTemplate.id", name));
  }
  if (!entry.app_roles.is_array()) entry.app_roles = Json::array();
  for (Json& sync_template : file["synchronizationTemplates"]) {
    Json schema = schema_of_template(entry, member_or_null(sync_template, "schema"));
    if (string_or(sync_template, "id").empty() || !schema.is_object()) {
      return fail(
          ErrorKind::invalid_input,
          fmt::format("catalog file {} has a synchronization template without id or schema", name));
    }
    expand_schema(schema, entra_directory);
    sync_template["schema"] = std::move(schema);
    entry.synchronization_templates.push_back(std::move(sync_template));
  }
  return entry;
}

void put_entry(Catalog& catalog, GalleryEntry entry) {
  const std::string id = string_or(entry.application_template, "id");
  for (GalleryEntry& held : catalog.gallery) {
    if (string_or(held.application_template, "id") != id) continue;
    held = std::move(entry);
    return;
  }
  catalog.gallery.push_back(std::move(entry));
}

Result<void> add_files(Catalog& catalog, Files files, const Json& entra_directory) {
  for (auto& [name, file] : files) {
    if (name == entra_file) continue;
    if (name == directory_file) {
      catalog.directory = std::move(file);
      continue;
    }
    Result<GalleryEntry> entry = read_entry(name, std::move(file), entra_directory);
    if (!entry) return fail(std::move(entry.error()));
    put_entry(catalog, std::move(*entry));
  }
  return {};
}

Result<Files> embedded_files() {
  Files files;
  for (const EmbeddedFile& file : embedded_catalog()) {
    Result<Json> content = parse_json(file.content);
    if (!content) return fail(within(std::move(content.error()), std::string(file.name)));
    files.emplace(file.name, std::move(*content));
  }
  return files;
}

Result<Files> folder_files(const std::filesystem::path& folder) {
  std::error_code failure;
  std::filesystem::directory_iterator entries(folder, failure);
  if (failure) {
    return fail(ErrorKind::io, fmt::format("cannot read the catalog folder {}: {}", folder.string(),
                                           failure.message()));
  }
  Files files;
  for (const auto& entry : entries) {
    if (entry.path().extension() != ".json") continue;
    if (Result<bool> there = has_regular_file(entry.path()); !there) {
      return fail(within(std::move(there.error()), "catalog"));
    }
    Result<std::string> text = read_file(entry.path());
    if (!text) return fail(std::move(text.error()));
    Result<Json> content = parse_json(*text);
    if (!content) return fail(as_invalid_file(std::move(content.error()), entry.path()));
    files.emplace(entry.path().filename().string(), std::move(*content));
  }
  return files;
}

const Json& entra_directory_of(const Files& files, const Json& otherwise) {
  const auto found = files.find(entra_file);
  return found == files.end() ? otherwise : found->second;
}

}  // namespace

const GalleryEntry* Catalog::find(const std::string& application_template_id) const {
  const auto found = std::find_if(gallery.begin(), gallery.end(), [&](const GalleryEntry& entry) {
    return string_or(entry.application_template, "id") == application_template_id;
  });
  return found == gallery.end() || application_template_id.empty() ? nullptr : &*found;
}

namespace {

/// What the gallery says of a file's application; null where the file is of none. The rest of the
/// file, twenty times as much, is not read.
Json application_of(const EmbeddedFile& file) {
  constexpr std::string_view key = "\"applicationTemplate\":";
  const std::size_t at = file.content.find(key);
  if (at == std::string_view::npos) return {};
  std::istringstream behind_key(std::string(file.content.substr(at + key.size())));
  Json application;
  behind_key >> application;  // one value, whatever follows it
  return application;
}

/// One for each file of embedded_catalog().
const std::vector<Json>& embedded_applications() {
  static const std::vector<Json> applications = [] {
    std::vector<Json> read;
    for (const EmbeddedFile& file : embedded_catalog()) read.push_back(application_of(file));
    return read;
  }();
  return applications;
}

/// nullptr: none, or several of that name.
const EmbeddedFile* find_gallery_file(const std::string& gallery) {
  const std::string wanted = ascii::lower(gallery);
  std::vector<const EmbeddedFile*> named;
  for (std::size_t i = 0; i < embedded_applications().size(); ++i) {
    const Json& application = embedded_applications()[i];
    if (!application.is_object()) continue;
    if (string_or(application, "id") == wanted) return &embedded_catalog()[i];
    if (ascii::lower(string_or(application, "displayName")) == wanted) {
      named.push_back(&embedded_catalog()[i]);
    }
  }
  return named.size() == 1 ? named.front() : nullptr;
}

/// Of a file that is compiled in: a fault in it is a fault of this program.
Json embedded_json(const EmbeddedFile& file) {
  Result<Json> content = parse_json(file.content);
  if (!content) std::abort();
  return std::move(*content);
}

Json embedded_entra_directory() {
  const std::span<const EmbeddedFile> files = embedded_catalog();
  const auto found = std::find_if(files.begin(), files.end(),
                                  [](const EmbeddedFile& file) { return file.name == entra_file; });
  return found == files.end() ? Json() : embedded_json(*found);
}

}  // namespace

std::vector<std::string> Catalog::built_in_names() {
  std::vector<std::string> names;
  for (const Json& application : embedded_applications()) {
    if (application.is_object()) names.push_back(string_or(application, "displayName"));
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::optional<GalleryEntry> Catalog::built_in_entry(const std::string& gallery) {
  const EmbeddedFile* const file = find_gallery_file(gallery);
  if (file == nullptr) return std::nullopt;
  Result<GalleryEntry> entry =
      read_entry(std::string(file->name), embedded_json(*file), embedded_entra_directory());
  if (!entry) std::abort();
  return std::move(*entry);
}

std::shared_ptr<const Catalog> Catalog::built_in() {
  static const std::shared_ptr<const Catalog> catalog = [] {
    auto made = std::make_shared<Catalog>();
    Result<Files> files = embedded_files();
    if (!files) std::abort();  // the files are compiled in: a fault of this program
    const Json entra_directory = entra_directory_of(*files, Json());
    if (!add_files(*made, std::move(*files), entra_directory)) std::abort();
    return made;
  }();
  return catalog;
}

Result<std::shared_ptr<const Catalog>> Catalog::with_folder(const std::filesystem::path& folder) {
  Result<Files> embedded = embedded_files();
  if (!embedded) return fail(std::move(embedded.error()));
  Result<Files> files = folder_files(folder);
  if (!files) return fail(std::move(files.error()));
  const Json built_in_directory = entra_directory_of(*embedded, Json());
  const Json entra_directory = entra_directory_of(*files, built_in_directory);
  auto catalog = std::make_shared<Catalog>(*built_in());
  if (Result<void> added = add_files(*catalog, std::move(*files), entra_directory); !added) {
    return fail(std::move(added.error()));
  }
  return catalog;
}

}  // namespace syncwright::emulator
