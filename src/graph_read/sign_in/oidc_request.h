#pragma once

#include <memory>
#include <string>

#include "graph_read/sign_in/token_grant.h"

namespace syncwright::graph_read {

/// How a pipeline gives its own identity away: a request to its service with the job's token, whose
/// answer holds a JWT under `member`.
struct OidcRequest {
  http::HttpMethod method = http::HttpMethod::get;
  std::string url;
  std::string job_token_variable;  ///< the variable that holds the bearer of the request
  std::string member;              ///< of the answer: "value", "oidcToken"
  std::string service;             ///< "GitHub's OIDC", for texts
};

/// A grant that asks for a new JWT at each exchange and proves with it who the application is. The
/// job's token goes to an https (or loopback) address and nowhere else: ErrorKind::guard.
[[nodiscard]] Result<std::unique_ptr<TokenGrant>> make_oidc_grant(OidcRequest request,
                                                                  const SignInContext& context);

/// `url` with a further query parameter; the value is encoded.
[[nodiscard]] std::string with_query(const std::string& url, const std::string& name,
                                     const std::string& value);

}  // namespace syncwright::graph_read
