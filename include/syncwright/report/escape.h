#pragma once

#include <string>
#include <string_view>

namespace syncwright::report {

/// Text of a tenant or a file made safe to print: control characters (C0, DEL, C1), characters that
/// reorder or hide text (bidirectional controls, zero-width ones) and bytes that are not UTF-8
/// become
/// `\n`, `\x1b`, `\u202e`. Everything else stays as it is. The only way from foreign text to a
/// terminal.
[[nodiscard]] std::string escape_terminal(std::string_view text);

}  // namespace syncwright::report
