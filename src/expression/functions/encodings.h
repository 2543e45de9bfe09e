#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace syncwright::expression {

/// How bytes stand for text: `Unicode`, `UTF8` and `ASCII` of the expression language.
enum class Encoding { utf16, utf8, ascii };
/// In any case, "" for the first; nullopt where there is no such encoding.
[[nodiscard]] std::optional<Encoding> encoding_named(std::string_view name);

/// The base64 of the text's UTF-16 bytes, low byte first.
[[nodiscard]] std::string utf16_base64(std::string_view utf8);
/// As .NET reads: white space does not count, bytes that the encoding does not know become U+FFFD
/// (`?` in ASCII). The error says that the text is no base64.
[[nodiscard]] tl::expected<std::string, std::string> text_from_base64(std::string_view base64,
                                                                      Encoding encoding);
/// Capital digits without separators.
[[nodiscard]] std::string utf8_hex(std::string_view utf8);

/// "S-1-5-21-..." of a binary SID, given as base64 (as Graph and JSON carry bytes), as its own
/// bytes, or already in this form.
[[nodiscard]] tl::expected<std::string, std::string> sid_text(std::string_view sid);
/// The unescaped value of the n-th component from the left, counted from 1: of
/// "CN=Joe,OU=Sales" the second is "Sales". The error says how many there are.
[[nodiscard]] tl::expected<std::string, std::string> dn_component(std::string_view dn,
                                                                  std::int64_t n);

}  // namespace syncwright::expression
