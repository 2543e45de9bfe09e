#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "syncwright/export/exporter.h"

namespace syncwright::cli {

/// What is to be written into a folder, against what is there: nothing of the user's is ever
/// written over. Valid as long as the files.
struct Comparison {
  std::vector<const exporting::ExportedFile*> missing;
  std::vector<std::string> taken;  ///< there, and something else
};

/// A manifest is the same with and without the line by which editors find the schema.
[[nodiscard]] Comparison compare_files(const std::filesystem::path& folder,
                                       const std::vector<exporting::ExportedFile>& files);

/// Says that they are there. `advice`: the way out, behind "nothing was written; ".
[[nodiscard]] tl::unexpected<Error> refuse_taken(const std::filesystem::path& folder,
                                                 const std::vector<std::string>& taken,
                                                 const std::string& advice);

/// Writes those that are missing, in their order.
[[nodiscard]] Result<void> write_missing(const std::filesystem::path& folder,
                                         const Comparison& comparison);

/// The first of many, and how many more there are.
[[nodiscard]] std::string list_names(const std::vector<std::string>& names);

}  // namespace syncwright::cli
