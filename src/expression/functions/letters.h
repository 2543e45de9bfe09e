#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace syncwright::expression {

/// Text as .NET's functions treat it, on UTF-8. Bytes that are no UTF-8 pass through unchanged.

/// Letter by letter, one for one, as .NET does: `ß` has no capital. `culture` "" is the invariant
/// one; Turkish and Azerbaijani ("tr-TR", "az") pair the dotted and the dotless i, every other
/// culture maps alike.
[[nodiscard]] std::string to_lower(std::string_view text, std::string_view culture);
[[nodiscard]] std::string to_upper(std::string_view text, std::string_view culture);
/// .NET's TextInfo.ToTitleCase after lower-casing: an apostrophe inside a word starts none, a
/// letter after a digit that begins a word does.
[[nodiscard]] std::string title_case(std::string_view text);
/// Lower-cased but for the start and what follows one of the characters of `separators`.
[[nodiscard]] std::string capitalize_words(std::string_view text, std::string_view separators);
/// For comparisons without regard to case (Unicode simple folding).
[[nodiscard]] std::string fold_case(std::string_view text);

/// The fixed table of docs/expressions.md#3.1 on the NFC form, the longest sequence first. What the
/// table does not know stays.
[[nodiscard]] std::string normalize_diacritics(std::string_view text);
/// Whether a letter with a diacritic, or a special Latin letter, would stay.
[[nodiscard]] bool has_unknown_diacritics(std::string_view text);

/// Without the white space of .NET (char.IsWhiteSpace) on both sides.
[[nodiscard]] std::string trim(std::string_view text);

/// In UTF-16 units, as .NET counts: a character outside the basic plane is two.
[[nodiscard]] std::size_t length_of(std::string_view text);
/// `count` UTF-16 units from `start` (from 0), clipped to the text. A character that lies half
/// outside is left out: neither a surrogate pair nor a UTF-8 sequence is ever split.
[[nodiscard]] std::string_view slice(std::string_view text, std::size_t start, std::size_t count);

/// Characters and their bytes.
[[nodiscard]] bool is_ascii(std::string_view text);
/// Appends as UTF-8; U+FFFD for what is no code point (surrogates too).
void append_utf8(std::string& text, std::uint32_t point);
/// The text with U+FFFD for each byte that is no UTF-8.
[[nodiscard]] std::string valid_utf8(std::string_view text);
[[nodiscard]] bool is_valid_utf8(std::string_view text);
/// What .NET's char.IsWhiteSpace holds for white space.
[[nodiscard]] bool is_white_space(std::uint32_t point);

}  // namespace syncwright::expression
