#include <fmt/format.h>

#include "graph_read/sign_in/token_answer.h"
#include "graph_read/sign_in/token_exchange.h"
#include "graph_read/sign_in/ways.h"
#include "syncwright/core/ascii.h"
#include "syncwright/core/file.h"

namespace syncwright::graph_read {
namespace {

constexpr const char* kFederatedTokenFile = "AZURE_FEDERATED_TOKEN_FILE";
constexpr std::size_t kMaxFederatedToken = 64u << 10u;

/// The token as it is now: whoever runs the workload replaces the file long before it expires.
Result<Secret> read_federated_token(const std::string& path) {
  constexpr const char* advice =
      "the file holds the token that the workload's platform issues, and nothing else";
  Result<std::string> content = read_file(path, kMaxFederatedToken);
  if (!content) {
    return fail(ErrorKind::unauthenticated,
                fmt::format("{}: {}", kFederatedTokenFile, content.error().message), advice);
  }
  std::string token(ascii::trim(*content));
  wipe(*content);
  if (!is_header_token(token)) {
    const char* const fault = token.empty() ? "is empty" : "holds characters that no token has";
    wipe(token);
    return fail(ErrorKind::unauthenticated,
                fmt::format("the file of {} {}", kFederatedTokenFile, fault), advice);
  }
  return Secret(std::move(token));
}

}  // namespace

Result<std::unique_ptr<TokenGrant>> federated_token_file_grant(const SignInContext& context) {
  const std::string path = context.environment.get(kFederatedTokenFile).value_or("");
  return make_exchange(
      assertion_exchange(context, "federated token file",
                         [path](const std::stop_token&) { return read_federated_token(path); }),
      context);
}

}  // namespace syncwright::graph_read
