#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "syncwright/core/error.h"

namespace syncwright {

/// The whole file. Missing, unreadable or over `max_bytes` is an Error that names the path.
[[nodiscard]] Result<std::string> read_file(const std::filesystem::path& path,
                                            std::size_t max_bytes = 64u << 20u);

/// Writes beside and renames over, so that a reader sees the old or the new content, never half;
/// parent folders are made. Mode 0600 where `private_mode`.
[[nodiscard]] Result<void> write_file_atomically(const std::filesystem::path& path,
                                                 std::string_view content,
                                                 bool private_mode = false);

/// Removes what killed writes of `path` left beside it. Only for whom nobody else writes it.
void remove_leftovers(const std::filesystem::path& path);

}  // namespace syncwright
