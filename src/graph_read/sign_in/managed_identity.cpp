#include "graph_read/sign_in/managed_identity.h"

#include <fmt/format.h>

#include <utility>

#include "graph_read/sign_in/oidc_request.h"
#include "graph_read/sign_in/token_answer.h"
#include "graph_read/sign_in/token_exchange.h"
#include "graph_read/sign_in/ways.h"
#include "syncwright/graph_read/answer_text.h"
#include "syncwright/http/origin.h"

namespace syncwright::graph_read {
namespace {

class AppServiceGrant final : public TokenGrant {
 public:
  explicit AppServiceGrant(SignInContext context)
      : context_(std::move(context)),
        header_(context_.environment.get("IDENTITY_HEADER").value_or("")) {}

  [[nodiscard]] Result<GrantedToken> acquire(std::stop_token stop) override {
    http::HttpRequest request;
    request.url = context_.environment.get("IDENTITY_ENDPOINT").value_or("") +
                  identity_query(context_, "2019-08-01");
    request.headers = {{"X-IDENTITY-HEADER", std::string(header_.reveal())}};
    const Instant asked = context_.clock.now();
    return identity_token(
        send_for_token(context_.transport, request, description(), std::move(stop)), asked,
        context_, header_.reveal());
  }
  [[nodiscard]] std::string description() const override {
    return identity_in_words(context_.environment);
  }

 private:
  SignInContext context_;
  Secret header_;
};

}  // namespace

std::string identity_in_words(const Environment& environment) {
  const std::string client = client_in_words(environment);
  return client.empty() ? "managed identity" : "managed identity " + client;
}

std::string identity_query(const SignInContext& context, const std::string& version) {
  std::string query = with_query("", "api-version", version);
  query = with_query(query, "resource", context.audience + "/");
  if (const auto client = context.environment.get("AZURE_CLIENT_ID")) {
    query = with_query(query, "client_id", *client);
  }
  return query;
}

Result<void> check_identity_address(const std::string& url, const std::string& variable) {
  const std::optional<http::Origin> origin = http::parse_origin(url);
  if (origin && (origin->protects_secrets() || http::is_link_local(origin->host))) return {};
  return fail(ErrorKind::guard,
              fmt::format("{} is refused: no identity is asked for at {}", variable,
                          plain_text(http::without_user_info(url), 200)),
              "it names this machine, its own link (169.254.0.0/16) or an https address");
}

Result<GrantedToken> identity_token(Result<http::HttpResponse> response, Instant asked,
                                    const SignInContext& context, std::string_view secret) {
  if (!response) return fail(without_secrets(response.error(), {secret}));
  const std::string description = identity_in_words(context.environment);
  if (response->status == 200) return read_granted_token(*response, asked, description);
  Error error = token_refusal(*response, context.clock, description, {secret});
  if (response->status == 400) {
    error.advice = context.environment.get("AZURE_CLIENT_ID")
                       ? "AZURE_CLIENT_ID names a managed identity here: assign it to this "
                         "machine, or do not set it"
                       : "assign a managed identity to this machine";
  }
  return fail(std::move(error));
}

Result<std::unique_ptr<TokenGrant>> app_service_grant(const SignInContext& context) {
  const Result<void> address = check_identity_address(
      context.environment.get("IDENTITY_ENDPOINT").value_or(""), "IDENTITY_ENDPOINT");
  if (!address) return fail(address.error());
  return std::make_unique<AppServiceGrant>(context);
}

Result<std::unique_ptr<TokenGrant>> managed_identity_grant(const SignInContext& context) {
  const Environment& environment = context.environment;
  if (!environment.get("IDENTITY_ENDPOINT")) return instance_metadata_grant(context);
  if (environment.get("IDENTITY_SERVER_THUMBPRINT")) {
    return fail(ErrorKind::unauthenticated,
                "the managed identity of Service Fabric is not supported",
                "sign in with a certificate or a federated token file");
  }
  if (environment.get("IDENTITY_HEADER")) return app_service_grant(context);
  if (environment.get("IMDS_ENDPOINT")) return azure_arc_grant(context);
  return fail(ErrorKind::unauthenticated,
              "IDENTITY_ENDPOINT is set, but neither IDENTITY_HEADER (App Service) nor "
              "IMDS_ENDPOINT (Azure Arc) is",
              "where this program runs sets both; hand both on to it");
}

}  // namespace syncwright::graph_read
