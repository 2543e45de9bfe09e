#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace syncwright {

/// Why a file's bytes are no text, and at which of them.
struct TextFault {
  std::size_t offset = 0;
  std::string message;
};

/// UTF-8 without NUL and other control characters but tab, LF and CR (YAML 1.2, 5.1). nullopt: a
/// text.
[[nodiscard]] std::optional<TextFault> find_text_fault(std::string_view bytes);

/// A value as a message may show it: in backticks, shortened, control characters as blanks.
[[nodiscard]] std::string quote_value(std::string_view value);

}  // namespace syncwright
