#include "emulator/sign_in/oidc_issuer.h"

#include <string_view>
#include <utility>

#include "emulator/sign_in/jwt.h"
#include "emulator/sign_in/keys.h"
#include "syncwright/core/ascii.h"
#include "syncwright/core/random.h"

namespace syncwright::emulator {

namespace {

constexpr std::int64_t workload_token_lifetime = 300;  // seconds, as GitHub's
constexpr const char* exchange_audience = "api://AzureADTokenExchange";

/// What the query leaves out.
constexpr const char* github_subject = "repo:example/example:ref:refs/heads/main";
constexpr const char* devops_subject = "sc://example/example/example";
constexpr const char* cluster_subject = "system:serviceaccount:default:syncwright";

Reply json_reply(Json body, int status = 200) {
  Reply reply;
  reply.status = status;
  reply.body = std::move(body);
  return reply;
}

Reply oidc_error(int status, const char* message) {
  return json_reply({{"message", message}}, status);
}

std::string workload_token(const SignInRequest& request, const char* subject,
                           const char* audience) {
  const std::int64_t begin = epoch_seconds(request.now);
  const QueryOptions& query = request.target.query;
  return signed_token({{"iss", oidc_issuer(request.target.root)},
                       {"sub", query.get("subject").value_or(subject)},
                       {"aud", query.get("audience").value_or(audience)},
                       {"jti", random_uuid()},
                       {"iat", begin},
                       {"nbf", begin},
                       {"exp", begin + workload_token_lifetime}});
}

/// A pipeline shows the token that its run was given. Any will do.
bool shows_a_bearer(const SignInRequest& request) {
  constexpr std::string_view scheme = "bearer ";
  const std::string header = request.http.headers.get("Authorization").value_or("");
  return header.size() > scheme.size() &&
         ascii::equal_ignoring_case(std::string_view(header).substr(0, scheme.size()), scheme);
}

Json issuer_configuration(const std::string& issuer) {
  return {{"issuer", issuer},
          {"jwks_uri", issuer + "/.well-known/jwks"},
          {"subject_types_supported", {"public"}},
          {"response_types_supported", {"id_token"}},
          {"claims_supported", {"sub", "aud", "exp", "iat", "iss", "jti", "nbf"}},
          {"id_token_signing_alg_values_supported", {"RS256"}},
          {"scopes_supported", {"openid"}}};
}

}  // namespace

std::string oidc_issuer(const std::string& root) {
  return root + "/oidc";
}

Reply answer_oidc(const SignInRequest& request) {
  const std::vector<std::string>& segments = request.target.segments;
  const std::string path =
      segments.size() < 2 ? "" : segments[1] + (segments.size() > 2 ? "/" + segments[2] : "");
  const bool is_get = request.http.method == http::HttpMethod::get;
  if (is_get && path == ".well-known/openid-configuration") {
    return json_reply(issuer_configuration(oidc_issuer(request.target.root)));
  }
  if (is_get && path == ".well-known/jwks") {
    return json_reply({{"keys", Json::array({process_key().jwk()})}});
  }
  if (is_get && path == "github") {
    if (!shows_a_bearer(request)) return oidc_error(401, "The request's token is missing.");
    std::string token = workload_token(request, github_subject, "https://github.com/example");
    return json_reply({{"count", token.size()}, {"value", std::move(token)}});
  }
  if (request.http.method == http::HttpMethod::post && path == "azure-devops") {
    if (!shows_a_bearer(request)) return oidc_error(401, "The request's token is missing.");
    if (request.target.query.get("api-version").value_or("").empty()) {
      return oidc_error(400, "No api-version was supplied.");
    }
    return json_reply({{"oidcToken", workload_token(request, devops_subject, exchange_audience)}});
  }
  if (is_get && path == "cluster") {
    Reply reply;
    reply.text = workload_token(request, cluster_subject, exchange_audience);
    return reply;
  }
  return oidc_error(404, "The emulator's identity provider has no such path.");
}

}  // namespace syncwright::emulator
