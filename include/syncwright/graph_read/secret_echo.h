#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "syncwright/core/error.h"

namespace syncwright {

/// A server may repeat in its answer what it was sent. Both functions take the secrets that its
/// request carried out of such texts, in any of their SecretSpellings or what a cut left of one:
/// "(secret)" stands for the value, the rest stays. Of a value of less than eight bytes such a mark
/// would tell the length and, from the words around it, the value: a text that holds one is
/// withheld whole. Values of less than four bytes are not looked for: no text is without them.

/// Stands for a message that is withheld.
inline constexpr const char* kWithheld = "the answer repeated a secret; its text is withheld";

/// A text of an answer, before anything is cut off it; nullopt where it is withheld.
[[nodiscard]] std::optional<std::string> without_secrets(
    std::string_view text, const std::vector<std::string_view>& secrets);

/// The same of an error's texts; a code, an advice or a request id that is withheld is empty. Where
/// a mark stands, the message says once what it is.
[[nodiscard]] Error without_secrets(Error error, const std::vector<std::string_view>& secrets);

}  // namespace syncwright
