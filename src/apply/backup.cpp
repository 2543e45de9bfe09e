#include "apply/backup.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <system_error>

#include "syncwright/core/file.h"
#include "syncwright/core/json.h"
#include "syncwright/model/secret_keys.h"

namespace syncwright::apply {

namespace {

/// "20261122T100000Z"
std::string folder_stamp(Instant instant) {
  std::string text = format_rfc3339(std::chrono::floor<std::chrono::seconds>(instant));
  std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
  return text;
}

/// Application names cannot leave the folder (metadata.name has no slash), job keys are free text.
std::string file_name(const std::string& text) {
  std::string name = text;
  std::replace_if(
      name.begin(), name.end(),
      [](unsigned char c) { return !(std::isalnum(c) != 0 || c == '-' || c == '_' || c == '.'); },
      '_');
  if (name.empty() || name.front() == '.') name.insert(name.begin(), '_');
  return name;
}

tl::unexpected<Error> no_backup_folder(const std::filesystem::path& folder,
                                       const std::string& why) {
  return fail(ErrorKind::io,
              fmt::format("cannot make a backup folder in {}: {}", folder.string(), why));
}

}  // namespace

Result<void> Backup::ready() const {
  std::error_code code;
  std::filesystem::path nearest = std::filesystem::absolute(folder_, code);
  while (nearest.has_relative_path() && !std::filesystem::exists(nearest, code)) {
    nearest = nearest.parent_path();
  }
  const bool is_folder = std::filesystem::is_directory(nearest, code);
  if (is_folder && ::access(nearest.c_str(), W_OK) == 0) return {};
  return no_backup_folder(folder_, is_folder ? "Permission denied" : "Not a directory");
}

Result<void> Backup::schema(const std::string& application, const std::string& job,
                            std::string_view document) {
  return keep(std::filesystem::path(file_name(application)) / file_name(job) / "schema.json",
              document);
}

Result<void> Backup::secrets(const std::string& application,
                             const std::vector<model::LiveSecret>& live) {
  Json pairs = Json::array();
  for (const model::LiveSecret& secret : live) {
    // Should Graph ever show what it masks today, it does not reach the disk.
    const bool masked = model::is_masked_secret_key(secret.key);
    pairs.push_back(
        {{"key", secret.key}, {"value", masked ? std::string(model::kMaskedValue) : secret.value}});
  }
  const Json document = {{"value", std::move(pairs)}};
  return keep(std::filesystem::path(file_name(application)) / "secrets.json",
              canonical_json(document) + "\n");
}

Result<void> Backup::assignments(const std::string& application,
                                 const std::vector<model::LiveAssignment>& live) {
  // The first removal of a run keeps all; later ones would keep less.
  {
    const std::scoped_lock lock(mutex_);
    if (assignments_kept_.contains(application)) return {};
  }
  Json list = Json::array();
  for (const model::LiveAssignment& assignment : live) {
    list.push_back({{"id", assignment.id},
                    {"principalId", assignment.principal_id},
                    {"principalType", assignment.principal_type},
                    {"principalDisplayName", assignment.principal_name},
                    {"appRoleId", assignment.app_role_id}});
  }
  const Json document = {{"value", std::move(list)}};
  auto kept = keep(std::filesystem::path(file_name(application)) / "assignments.json",
                   canonical_json(document) + "\n");
  if (!kept) return kept;
  const std::scoped_lock lock(mutex_);
  assignments_kept_.insert(application);
  return {};
}

std::string Backup::folder() const {
  const std::scoped_lock lock(mutex_);
  return run_folder_.string();
}

Result<void> Backup::keep(const std::filesystem::path& name, std::string_view content) {
  const Result<std::filesystem::path> folder = run_folder();
  if (!folder) return fail(folder.error());
  return write_file_atomically(*folder / name, content, true);
}

Result<std::filesystem::path> Backup::run_folder() {
  const std::scoped_lock lock(mutex_);
  if (!run_folder_.empty()) return run_folder_;
  const std::string stamp = folder_stamp(clock_.now());
  std::error_code code;
  std::filesystem::create_directories(folder_, code);
  for (int number = 1; number < 1000 && !code; ++number) {
    const auto candidate = folder_ / (number == 1 ? stamp : fmt::format("{}-{}", stamp, number));
    if (std::filesystem::create_directory(candidate, code) && !code) {
      std::filesystem::permissions(candidate, std::filesystem::perms::owner_all, code);
      run_folder_ = candidate;
      return run_folder_;
    }
  }
  return no_backup_folder(folder_, code.message());
}

}  // namespace syncwright::apply
