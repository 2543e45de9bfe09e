#include "syncwright/graph_read/token_source.h"

#include <fmt/format.h>

#include <utility>

#include "graph_read/token_exchange.h"
#include "syncwright/core/encoding.h"
#include "syncwright/graph_read/answer_text.h"
#include "syncwright/http/origin.h"

namespace syncwright::graph_read {

// Which identity a run has is decided by the environment, in an order that pipelines rely on
// (docs/contract.md#2, Authentication): the first way that is configured. A way that is configured
// by half, or that this release does not have yet, is an error and not passed over, because the
// next one would make the run somebody else than its author thinks. The two ways to exchange a
// secret differ on the wire (docs/graph.md#2): the v2 endpoint takes a `scope`, the v1 endpoint of
// the password grant a `resource`. A secret goes over https or to a loopback address, like a token.

namespace {

constexpr const char* kGlobalGraph = "https://graph.microsoft.com";
constexpr const char* kGlobalAuthority = "https://login.microsoftonline.com";
/// The public client of the Azure PowerShell module, which the guide's password grant uses (
/// docs/graph.md#2).
constexpr const char* kPublicClient = "1950a258-227b-4e31-a9cf-717495945fc2";
constexpr const char* kWays =
    "set SYNCWRIGHT_ACCESS_TOKEN, or AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET, or "
    "AZURE_TENANT_ID, AZURE_USERNAME and AZURE_PASSWORD; managed identity and the Azure CLI's "
    "token "
    "are of a later release; --emulator needs none of them";

class FixedTokenSource final : public TokenSource {
 public:
  FixedTokenSource(Secret token, std::string description)
      : token_(std::move(token)), description_(std::move(description)) {}

  [[nodiscard]] Result<Secret> token(std::stop_token) override { return token_.clone(); }
  bool renew() override { return false; }
  [[nodiscard]] std::string description() const override { return description_; }

 private:
  Secret token_;
  std::string description_;
};

std::string authority_of(const Environment& environment) {
  std::string authority = environment.get("AZURE_AUTHORITY_HOST").value_or(kGlobalAuthority);
  if (authority.find("://") == std::string::npos) authority.insert(0, "https://");
  while (authority.ends_with('/')) authority.pop_back();
  return authority;
}

std::string endpoint(const Environment& environment, const std::string& tail) {
  return authority_of(environment) + "/" +
         percent_encode(environment.get("AZURE_TENANT_ID").value_or("")) + tail;
}

std::string secret_endpoint(const Environment& environment) {
  return endpoint(environment, "/oauth2/v2.0/token");
}

std::string password_endpoint(const Environment& environment) {
  return endpoint(environment, "/oauth2/token");
}

std::string audience(const std::string& graph_root) {
  if (!graph_root.starts_with("https://")) return kGlobalGraph;
  return graph_root.ends_with('/') ? graph_root.substr(0, graph_root.size() - 1) : graph_root;
}

tl::unexpected<Error> later_release(const std::string& variable, const std::string& way) {
  return fail(ErrorKind::unauthenticated,
              fmt::format("{} is set, but {} is of a later release", variable, way), kWays);
}

bool all_set(const Environment& environment, std::initializer_list<const char*> names) {
  for (const char* name : names) {
    if (!environment.get(name)) return false;
  }
  return true;
}

/// For a half configured environment: which variables are there and which are not.
tl::unexpected<Error> nothing_configured(const Environment& environment) {
  for (const char* secret : {"AZURE_CLIENT_SECRET", "AZURE_PASSWORD", "AZURE_USERNAME"}) {
    if (!environment.get(secret)) continue;
    const bool password = std::string_view(secret) != "AZURE_CLIENT_SECRET";
    const std::vector<const char*> beside =
        password ? std::vector<const char*>{"AZURE_TENANT_ID", "AZURE_USERNAME", "AZURE_PASSWORD"}
                 : std::vector<const char*>{"AZURE_TENANT_ID", "AZURE_CLIENT_ID"};
    for (const char* needed : beside) {
      if (!environment.get(needed)) {
        return fail(ErrorKind::unauthenticated,
                    fmt::format("{} is set, but {} is not", secret, needed), kWays);
      }
    }
  }
  return fail(ErrorKind::unauthenticated, "no credentials for Microsoft Graph are configured",
              kWays);
}

TokenGrant client_secret_grant(const Environment& environment, const std::string& graph_root) {
  const std::string client = environment.get("AZURE_CLIENT_ID").value_or("");
  TokenGrant grant;
  grant.url = secret_endpoint(environment);
  grant.description = "client secret of app " + plain_text(client, 100);
  grant.fields = {{"grant_type", "client_credentials"},
                  {"client_id", client},
                  {"scope", audience(graph_root) + "/.default"}};
  grant.secret_field = "client_secret";
  grant.secret = Secret(environment.get("AZURE_CLIENT_SECRET").value_or(""));
  return grant;
}

TokenGrant password_grant(const Environment& environment, const std::string& graph_root) {
  const std::string user = environment.get("AZURE_USERNAME").value_or("");
  TokenGrant grant;
  grant.url = password_endpoint(environment);
  grant.description = "password of user " + plain_text(user, 100);
  grant.fields = {{"grant_type", "password"},
                  {"client_id", environment.get("AZURE_CLIENT_ID").value_or(kPublicClient)},
                  {"resource", audience(graph_root) + "/"},
                  {"username", user}};
  grant.secret_field = "password";
  grant.secret = Secret(environment.get("AZURE_PASSWORD").value_or(""));
  return grant;
}

Result<std::unique_ptr<TokenSource>> exchange_source(TokenGrant grant,
                                                     http::HttpTransport& transport, Clock& clock) {
  const std::optional<http::Origin> origin = http::parse_origin(grant.url);
  if (!origin || !origin->protects_secrets()) {
    return fail(ErrorKind::guard,
                fmt::format("AZURE_AUTHORITY_HOST is refused: no secret is sent to {}",
                            plain_text(http::without_user_info(grant.url), 200)),
                "use an https address; plain http is for a loopback address only");
  }
  return std::make_unique<TokenExchange>(std::move(grant), transport, clock);
}

}  // namespace

Result<std::unique_ptr<TokenSource>> make_token_source(const Environment& environment,
                                                       http::HttpTransport& transport, Clock& clock,
                                                       const std::string& graph_root) {
  if (std::optional<std::string> ready = environment.get("SYNCWRIGHT_ACCESS_TOKEN")) {
    if (!is_header_token(*ready)) {
      return fail(ErrorKind::unauthenticated,
                  "SYNCWRIGHT_ACCESS_TOKEN holds characters that no token has",
                  "set it to the token alone, without quotes, blanks or a word before it");
    }
    return make_fixed_token_source(Secret(std::move(*ready)), "SYNCWRIGHT_ACCESS_TOKEN");
  }
  if (all_set(environment, {"AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET"})) {
    return exchange_source(client_secret_grant(environment, graph_root), transport, clock);
  }
  if (environment.get("AZURE_CLIENT_CERTIFICATE_PATH")) {
    return later_release("AZURE_CLIENT_CERTIFICATE_PATH", "signing in with a certificate");
  }
  if (environment.get("AZURE_FEDERATED_TOKEN_FILE")) {
    return later_release("AZURE_FEDERATED_TOKEN_FILE", "workload identity");
  }
  if (all_set(environment, {"AZURE_TENANT_ID", "AZURE_USERNAME", "AZURE_PASSWORD"})) {
    return exchange_source(password_grant(environment, graph_root), transport, clock);
  }
  return nothing_configured(environment);
}

std::unique_ptr<TokenSource> make_fixed_token_source(Secret token, std::string description) {
  return std::make_unique<FixedTokenSource>(std::move(token), std::move(description));
}

bool is_token_endpoint(const Environment& environment, const std::string& url) {
  if (!environment.get("AZURE_TENANT_ID")) return false;
  return url == secret_endpoint(environment) || url == password_endpoint(environment);
}

}  // namespace syncwright::graph_read
