#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "graph_read/sign_in/token_grant.h"

namespace syncwright::graph_read {

/// The bound of every answer that holds a token.
inline constexpr std::size_t kMaxTokenAnswer = 1u << 20u;

/// The token of an answer that granted one: `access_token` with `expires_in` or `expires_on`, as
/// numbers or as strings (docs/graph.md#13.49). ErrorKind::malformed where it holds none. Wipes the
/// answer's body.
[[nodiscard]] Result<GrantedToken> read_granted_token(http::HttpResponse& response, Instant asked,
                                                      const std::string& description);

/// Why an answer that is no 200 gave no token: Microsoft's text without `secrets`, and the way out.
[[nodiscard]] Error token_refusal(const http::HttpResponse& response, const Clock& clock,
                                  const std::string& description,
                                  const std::vector<std::string_view>& secrets = {});

/// Sends with no trace of body or answer; an error without an answer names `description`.
[[nodiscard]] Result<http::HttpResponse> send_for_token(http::HttpTransport& transport,
                                                        http::HttpRequest& request,
                                                        const std::string& description,
                                                        std::stop_token stop);

/// Whether the text can stand in an Authorization header: visible ASCII, not empty.
[[nodiscard]] bool is_header_token(std::string_view text);

}  // namespace syncwright::graph_read
