#pragma once

#include <span>
#include <string_view>

namespace syncwright {

/// A file compiled into the program (src/embed.cmake).
struct EmbeddedFile {
  std::string_view name;  ///< without its folder
  std::string_view content;
};

}  // namespace syncwright
