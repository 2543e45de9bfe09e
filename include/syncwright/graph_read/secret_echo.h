#pragma once

#include <string_view>
#include <vector>

#include "syncwright/core/error.h"

namespace syncwright {

/// The error without any of the secrets that its request carried: a server may repeat in its answer
/// what it was sent. Where the message, code, advice or request id holds one (in any
/// of its SecretSpellings, made plain text, or only its beginning because the text was cut), all
/// texts are withheld; kind and status stay. Values of less than four bytes are not looked for.
[[nodiscard]] Error without_secrets(Error error, const std::vector<std::string_view>& secrets);

}  // namespace syncwright
