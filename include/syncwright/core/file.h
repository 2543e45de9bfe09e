#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "syncwright/core/error.h"

namespace syncwright {

/// The whole file. Missing, unreadable or over `max_bytes` is an Error that names the path.
[[nodiscard]] Result<std::string> read_file(const std::filesystem::path& path,
                                            std::size_t max_bytes = 64u << 20u);

/// Writes a file beside and renames it over, so that a reader sees the old or the new content,
/// never half; parent folders are made. A symbolic link stays, and what it leads to is replaced;
/// the new file has the owner and the rights of the old one, and mode 0600 where `private_mode`.
/// A device, a terminal or a pipe is opened and written. What may not be written is an Error, also
/// for root where the file has no right to write at all, and a pipe that nobody reads.
[[nodiscard]] Result<void> write_file_atomically(const std::filesystem::path& path,
                                                 std::string_view content,
                                                 bool private_mode = false);

/// The same for content that is too large to be held: `write_content` calls what it is given with
/// one piece after the other. Its Error leaves the file as it was.
using WritePiece = std::function<void(std::string_view)>;
[[nodiscard]] Result<void> write_file_atomically(
    const std::filesystem::path& path,
    const std::function<Result<void>(const WritePiece&)>& write_content, bool private_mode = false);

/// A descriptor that writes at the end of a file (made with mode 0600), of a device or of a pipe;
/// the caller closes it. The same Errors as above: opening never waits for a pipe's reader.
[[nodiscard]] Result<int> open_for_appending(const std::filesystem::path& path);

/// Removes what killed writes of `path` left beside it. REQUIRES: no other process writes it now.
void remove_leftovers(const std::filesystem::path& path);

/// A file compiled into the program (src/embed.cmake).
struct EmbeddedFile {
  std::string_view name;  ///< without its folder
  std::string_view content;
};

}  // namespace syncwright
