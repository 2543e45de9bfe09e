#pragma once

#include <span>

#include "syncwright/core/embedded_file.h"

namespace syncwright {

/// The files of src/emulator/resources/catalog, made into code by src/embed.cmake. Sorted by name.
[[nodiscard]] std::span<const EmbeddedFile> embedded_catalog();

}  // namespace syncwright
