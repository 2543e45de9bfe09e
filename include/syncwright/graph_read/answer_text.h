#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "syncwright/core/error.h"
#include "syncwright/core/json.h"

/// What is shown of a text that a server wrote: fit for a terminal, and without the secrets that it
/// was sent.
namespace syncwright::graph_read {

/// Stands at the end of a text that was cut.
inline constexpr std::string_view kCutMark = "...";

/// Free text of an answer, made fit for a terminal and a log line: control characters, line breaks
/// and characters that turn the writing direction become blanks, runs of blanks one blank, bytes
/// that are no UTF-8 go. At most `max_bytes`, cut between characters and marked with "...".
[[nodiscard]] std::string plain_text(std::string_view text, std::size_t max_bytes = 500);

/// plain_text of a member; empty where there is none, or it is no text.
[[nodiscard]] std::string plain_member(const Json& object, const char* key,
                                       std::size_t max_bytes = 500);

/// A server may repeat in its answer what it was sent. Both functions take the secrets that its
/// request carried out of such texts, in any of their SecretSpellings or what a cut left of one:
/// "(secret)" stands for the value, the rest stays. Of a value of less than eight bytes such a mark
/// would tell the length and, from the words around it, the value: a text that holds one is
/// withheld whole. Values of less than four bytes are not looked for, since
/// they stand in every text by accident.

/// Stands for a message that is withheld.
inline constexpr const char* kWithheld = "the answer repeated a secret; its text is withheld";

/// A text of an answer, before anything is cut off it; nullopt where it is withheld.
[[nodiscard]] std::optional<std::string> without_secrets(
    std::string_view text, const std::vector<std::string_view>& secrets);

/// The same of an error's texts; a code, an advice or a request id that is withheld is empty. Where
/// a mark stands, the message says once what it is.
[[nodiscard]] Error without_secrets(Error error, const std::vector<std::string_view>& secrets);

}  // namespace syncwright::graph_read
