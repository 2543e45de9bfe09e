#include "graph_read/sign_in/token_exchange.h"
#include "graph_read/sign_in/ways.h"
#include "syncwright/graph_read/answer_text.h"

namespace syncwright::graph_read {
namespace {

/// The public client of the Azure PowerShell module, which the guide's password grant uses (
/// docs/graph.md#2).
constexpr const char* kPublicClient = "1950a258-227b-4e31-a9cf-717495945fc2";

}  // namespace

Result<std::unique_ptr<TokenGrant>> password_grant(const SignInContext& context) {
  const Environment& environment = context.environment;
  const std::string user = environment.get("AZURE_USERNAME").value_or("");
  TokenExchange exchange;
  exchange.url = token_endpoint(environment, "/oauth2/token");
  exchange.description = "password of user " + plain_text(user, 100);
  exchange.fields = {{"grant_type", "password"},
                     {"client_id", environment.get("AZURE_CLIENT_ID").value_or(kPublicClient)},
                     {"resource", context.audience + "/"},
                     {"username", user}};
  exchange.proof_field = "password";
  exchange.proof = secret_variable(environment, "AZURE_PASSWORD");
  return make_exchange(std::move(exchange), context);
}

}  // namespace syncwright::graph_read
