#include "cli/new_files.h"

#include <fmt/format.h>

#include <algorithm>

#include "syncwright/core/file.h"
#include "syncwright/export/companion_files.h"
#include "syncwright/report/escape.h"

namespace syncwright::cli {
namespace {

constexpr std::size_t kShownNames = 10;

}  // namespace

Comparison compare_files(const std::filesystem::path& folder,
                         const std::vector<exporting::ExportedFile>& files) {
  Comparison comparison;
  for (const exporting::ExportedFile& file : files) {
    std::error_code error;
    if (!std::filesystem::exists(std::filesystem::symlink_status(folder / file.name, error))) {
      comparison.missing.push_back(&file);
      continue;
    }
    // Reading a pipe would block, and only regular files are written.
    const bool is_file = std::filesystem::is_regular_file(folder / file.name, error);
    const Result<std::string> content =
        is_file ? read_file(folder / file.name) : fail(ErrorKind::io, "no file");
    if (!content ||
        exporting::strip_schema_line(*content) != exporting::strip_schema_line(file.content)) {
      comparison.taken.push_back(file.name);
    }
  }
  return comparison;
}

tl::unexpected<Error> refuse_taken(const std::filesystem::path& folder,
                                   const std::vector<std::string>& taken,
                                   const std::string& advice) {
  return fail(ErrorKind::io,
              fmt::format("{} in {} and not what would be written: {}",
                          taken.size() == 1 ? "a file is there"
                                            : fmt::format("{} files are there", taken.size()),
                          report::escape_terminal(folder.string()), list_names(taken)),
              "nothing was written; " + advice);
}

Result<void> write_missing(const std::filesystem::path& folder, const Comparison& comparison) {
  for (const exporting::ExportedFile* file : comparison.missing) {
    if (auto written = write_file_atomically(folder / file->name, file->content); !written) {
      return written;
    }
  }
  return {};
}

std::string list_names(const std::vector<std::string>& names) {
  const auto shown = static_cast<std::ptrdiff_t>(std::min(names.size(), kShownNames));
  std::string text = fmt::format("{}", fmt::join(names.begin(), names.begin() + shown, ", "));
  if (names.size() > kShownNames) {
    text += fmt::format(" and {} more", names.size() - kShownNames);
  }
  return text;
}

}  // namespace syncwright::cli
