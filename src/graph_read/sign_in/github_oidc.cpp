#include "graph_read/sign_in/oidc_request.h"
#include "graph_read/sign_in/ways.h"

namespace syncwright::graph_read {

/// A job with `permissions: id-token: write` (docs/graph.md#2.6).
Result<std::unique_ptr<TokenGrant>> github_oidc_grant(const SignInContext& context) {
  OidcRequest request;
  request.url = with_query(context.environment.get("ACTIONS_ID_TOKEN_REQUEST_URL").value_or(""),
                           "audience", "api://AzureADTokenExchange");
  request.job_token_variable = "ACTIONS_ID_TOKEN_REQUEST_TOKEN";
  request.member = "value";
  request.service = "GitHub's OIDC";
  return make_oidc_grant(std::move(request), context);
}

}  // namespace syncwright::graph_read
