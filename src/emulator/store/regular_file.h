#pragma once

#include <filesystem>

#include "emulator/store/database.h"
#include "syncwright/core/error.h"

namespace syncwright::emulator {

/// Whether a file is there. ErrorKind::invalid_input where something else is: opening a FIFO would
/// wait for somebody who writes, and a device would be replaced by the file that is saved. Follows
/// symbolic links, opens nothing.
[[nodiscard]] Result<bool> has_regular_file(const std::filesystem::path& path);

/// The error of reading what is in a file: a fault of that file, which exits as one.
[[nodiscard]] Error as_invalid_file(Error error, const std::filesystem::path& path);
/// The same of a database: damage is the file's fault, the rest the disk's.
[[nodiscard]] Error as_error(const StorageFault& fault, const std::filesystem::path& path);

}  // namespace syncwright::emulator
