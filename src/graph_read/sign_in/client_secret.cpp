#include "graph_read/sign_in/token_exchange.h"
#include "graph_read/sign_in/ways.h"

namespace syncwright::graph_read {

Result<std::unique_ptr<TokenGrant>> client_secret_grant(const SignInContext& context) {
  return make_exchange(
      secret_exchange(context, secret_variable(context.environment, "AZURE_CLIENT_SECRET")),
      context);
}

}  // namespace syncwright::graph_read
