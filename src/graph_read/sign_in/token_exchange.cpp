#include "graph_read/sign_in/token_exchange.h"

#include <fmt/format.h>

#include <utility>

#include "graph_read/sign_in/token_answer.h"
#include "syncwright/core/encoding.h"
#include "syncwright/graph_read/answer_text.h"
#include "syncwright/http/origin.h"

namespace syncwright::graph_read {

// The two endpoints differ on the wire (docs/graph.md#2): the v2 endpoint takes a `scope`, the v1
// endpoint of the password grant a `resource`. A secret goes over https or to a loopback address,
// like a token; an assertion too, since whoever reads it can use it until it expires.

namespace {

constexpr const char* kGlobalAuthority = "https://login.microsoftonline.com";
constexpr const char* kJwtBearer = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

std::string form_of(const TokenExchange& exchange, const Secret& proof) {
  std::string form;
  for (const auto& [name, value] : exchange.fields) {
    form += percent_encode(name) + "=" + percent_encode(value) + "&";
  }
  std::string secret = percent_encode(proof.reveal());
  // Growing the string would leave an unwiped copy of it behind.
  form.reserve(form.size() + exchange.proof_field.size() + secret.size() + 1);
  form += exchange.proof_field + "=";
  form += secret;
  wipe(secret);
  return form;
}

class ExchangeGrant final : public TokenGrant {
 public:
  ExchangeGrant(TokenExchange exchange, const SignInContext& context)
      : exchange_(std::move(exchange)), transport_(context.transport), clock_(context.clock) {}

  [[nodiscard]] Result<GrantedToken> acquire(std::stop_token stop) override {
    const Result<Secret> proof = exchange_.proof(stop);
    if (!proof) return fail(proof.error());
    http::HttpRequest request;
    request.method = http::HttpMethod::post;
    request.url = exchange_.url;
    request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
    request.body = form_of(exchange_, *proof);
    const Instant asked = clock_.now();
    Result<http::HttpResponse> response =
        send_for_token(transport_, request, exchange_.description, std::move(stop));
    wipe(request.body);
    if (!response) return fail(without_secrets(response.error(), {proof->reveal()}));
    if (response->status != 200) {
      return fail(token_refusal(*response, clock_, exchange_.description, {proof->reveal()}));
    }
    return read_granted_token(*response, asked, exchange_.description);
  }
  [[nodiscard]] std::string description() const override { return exchange_.description; }

 private:
  TokenExchange exchange_;
  http::HttpTransport& transport_;
  Clock& clock_;
};

TokenExchange client_credentials(const SignInContext& context, const std::string& kind) {
  TokenExchange exchange;
  exchange.url = token_endpoint(context.environment, "/oauth2/v2.0/token");
  exchange.description = kind + " of app " + client_in_words(context.environment);
  exchange.fields = {{"grant_type", "client_credentials"},
                     {"client_id", context.environment.get("AZURE_CLIENT_ID").value_or("")},
                     {"scope", context.audience + "/.default"}};
  return exchange;
}

}  // namespace

Result<std::unique_ptr<TokenGrant>> make_exchange(TokenExchange exchange,
                                                  const SignInContext& context) {
  const std::optional<http::Origin> origin = http::parse_origin(exchange.url);
  if (!origin || !origin->protects_secrets()) {
    return fail(ErrorKind::guard,
                fmt::format("AZURE_AUTHORITY_HOST is refused: no secret is sent to {}",
                            plain_text(http::without_user_info(exchange.url), 200)),
                "use an https address; plain http is for a loopback address only");
  }
  return std::make_unique<ExchangeGrant>(std::move(exchange), context);
}

TokenExchange secret_exchange(const SignInContext& context, Proof proof) {
  TokenExchange exchange = client_credentials(context, "client secret");
  exchange.proof_field = "client_secret";
  exchange.proof = std::move(proof);
  return exchange;
}

TokenExchange assertion_exchange(const SignInContext& context, const std::string& kind,
                                 Proof proof) {
  TokenExchange exchange = client_credentials(context, kind);
  exchange.fields.emplace_back("client_assertion_type", kJwtBearer);
  exchange.proof_field = "client_assertion";
  exchange.proof = std::move(proof);
  return exchange;
}

std::string token_endpoint(const Environment& environment, const std::string& tail) {
  std::string authority = environment.get("AZURE_AUTHORITY_HOST").value_or(kGlobalAuthority);
  if (authority.find("://") == std::string::npos) authority.insert(0, "https://");
  while (authority.ends_with('/')) authority.pop_back();
  return authority + "/" + percent_encode(environment.get("AZURE_TENANT_ID").value_or("")) + tail;
}

std::string client_in_words(const Environment& environment) {
  return plain_text(environment.get("AZURE_CLIENT_ID").value_or(""), 100);
}

Proof secret_variable(const Environment& environment, const std::string& name) {
  const auto secret = std::make_shared<const Secret>(environment.get(name).value_or(""));
  return [secret](const std::stop_token&) -> Result<Secret> { return secret->clone(); };
}

}  // namespace syncwright::graph_read
