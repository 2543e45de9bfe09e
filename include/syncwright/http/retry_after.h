#pragma once

#include <optional>
#include <string_view>

#include "syncwright/core/clock.h"
#include "syncwright/http/transport.h"

namespace syncwright {

/// How long a `Retry-After` header asks to wait: seconds, also with a fraction as Graph sends them
/// ("2.128", docs/graph.md#13.48), rounded up to milliseconds; or a date of RFC 9110 ("Sun, 06 Nov
/// 1994 08:49:37 GMT") seen from `now`, 0 where it has passed. More than a million days counts as
/// that. nullopt for anything else.
[[nodiscard]] std::optional<Milliseconds> parse_retry_after(std::string_view value, Instant now);

/// The same of a whole answer. A date counts from the answer's own `Date`: 0 without one.
[[nodiscard]] std::optional<Milliseconds> retry_after_of(const HttpHeaders& headers);

}  // namespace syncwright
