#include "graph_read/sign_in/oidc_request.h"
#include "graph_read/sign_in/ways.h"

namespace syncwright::graph_read {

/// A step of a pipeline that names a service connection (docs/graph.md#2.6).
Result<std::unique_ptr<TokenGrant>> azure_devops_oidc_grant(const SignInContext& context) {
  std::string connection;
  for (const char* name : kServiceConnection) {
    if (connection.empty()) connection = context.environment.get(name).value_or("");
  }
  OidcRequest request;
  request.method = http::HttpMethod::post;
  request.url = with_query(context.environment.get("SYSTEM_OIDCREQUESTURI").value_or(""),
                           "api-version", "7.1");
  request.url = with_query(request.url, "serviceConnectionId", connection);
  request.job_token_variable = "SYSTEM_ACCESSTOKEN";
  request.member = "oidcToken";
  request.service = "Azure DevOps' OIDC";
  return make_oidc_grant(std::move(request), context);
}

}  // namespace syncwright::graph_read
