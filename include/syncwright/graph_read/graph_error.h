#pragma once

#include <optional>

#include "syncwright/core/error.h"
#include "syncwright/core/json.h"
#include "syncwright/graph_read/token_source.h"
#include "syncwright/http/transport.h"

namespace syncwright::graph_read {

/// The Error that a non-2xx answer means: kind by status and code, nested JSON in `message`
/// unwrapped (docs/graph.md#13.4), 401 with an empty UnknownError on a synchronization path is a
/// missing permission and says which (docs/graph.md#13.5). HTML and empty bodies become a short
/// text. Every text is plain_text, without the token that the request carries. `token`: what the
/// refused token says of itself, nullopt where it is opaque; the advice never offers what it has
/// already.
[[nodiscard]] Error graph_error(const http::HttpRequest& request,
                                const http::HttpResponse& response,
                                const std::optional<TokenClaims>& token = std::nullopt);

/// The JSON of a 2xx answer. ErrorKind::malformed for HTML, an empty body and anything else that is
/// no JSON; too_large for deep nesting.
[[nodiscard]] Result<Json> parse_answer(const http::HttpRequest& request,
                                        const http::HttpResponse& response);

/// [G] How Graph says that a write names an object that is not replicated yet (docs/graph.md#3):
/// 400 Request_BadRequest "Not a valid reference update.". The code alone means any bad request.
[[nodiscard]] bool is_missing_reference(const Error& error);

}  // namespace syncwright::graph_read
