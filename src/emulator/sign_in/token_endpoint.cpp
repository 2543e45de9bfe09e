#include "emulator/sign_in/token_endpoint.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "emulator/sign_in/aadsts.h"
#include "emulator/sign_in/access_token.h"
#include "emulator/sign_in/jwt.h"
#include "emulator/sign_in/keys.h"
#include "syncwright/core/ascii.h"
#include "syncwright/core/encoding.h"
#include "syncwright/core/random.h"
#include "syncwright/core/text.h"

namespace syncwright::emulator {

namespace {

constexpr const char* assertion_type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// A token request, its form read.
struct TokenRequest {
  const SignInRequest& request;
  QueryOptions form;
  ShownCredential shown;
  bool is_v1 = false;

  [[nodiscard]] std::string field(std::string_view name) const {
    return form.get(name).value_or("");
  }
  /// What version 1 calls `resource` and version 2 writes into `scope`.
  [[nodiscard]] std::string resource() const { return field(is_v1 ? "resource" : "scope"); }
};

/// Client and secret of a Basic header, each encoded as a form is (RFC 6749 section 2.3.1).
void read_basic(const http::HttpHeaders& headers, ShownCredential& shown) {
  constexpr std::string_view scheme = "basic ";
  const std::string header = headers.get("Authorization").value_or("");
  if (header.size() <= scheme.size() ||
      !ascii::equal_ignoring_case(std::string_view(header).substr(0, scheme.size()), scheme)) {
    return;
  }
  const std::string pair = base64_decode(header.substr(scheme.size())).value_or("");
  const std::size_t colon = pair.find(':');
  if (colon == std::string::npos) return;
  if (shown.client_id.empty()) shown.client_id = percent_decode(pair.substr(0, colon), true);
  if (shown.secret.empty()) shown.secret = percent_decode(pair.substr(colon + 1), true);
}

/// A name of nobody: "invalid", or one in the domain that RFC 2606 keeps free.
bool is_nobody(const std::string& tenant) {
  return tenant == "invalid" || tenant.ends_with(".invalid");
}

std::optional<Reply> refuse_tenant(const SignInRequest& request) {
  const std::string name = ascii::lower(request.target.segments.front());
  const bool is_name = std::all_of(name.begin(), name.end(), [](char c) {
    return ascii::is_digit(c) || ascii::is_letter(c) || c == '-' || c == '.';
  });
  if (!is_name) return refuse(Aadsts::malformed_tenant, request.now, name);
  if (is_nobody(name)) return refuse(Aadsts::unknown_tenant, request.now, name);
  return std::nullopt;
}

/// The token and what the two versions say of it alike; version 1 adds the times and the resource.
Reply token_reply(const TokenRequest& token, const TokenHolder& holder) {
  const Instant now = token.request.now;
  const std::int64_t begin = epoch_seconds(now);
  const auto number = [&](std::int64_t value) {
    return token.is_v1 ? Json(std::to_string(value)) : Json(value);
  };
  Reply reply;
  reply.body = {{"token_type", "Bearer"},
                {"expires_in", number(token_lifetime)},
                {"ext_expires_in", number(token_lifetime)},
                {"access_token", signed_token(access_claims(holder, now))}};
  if (token.is_v1) {
    reply.body["expires_on"] = number(begin + token_lifetime);
    reply.body["not_before"] = number(begin);
    reply.body["resource"] = token.resource();
  }
  return reply;
}

Reply issue_for_client(const TokenRequest& token, SeenAssertions& seen) {
  const SignInRequest& request = token.request;
  const ShownCredential& shown = token.shown;
  const std::string scope = token.resource();
  if (!token.is_v1 && !scope.empty() && !scope.ends_with("/.default")) {
    return refuse(Aadsts::scope_without_default, request.now, scope);
  }
  if (!shown.assertion.empty() && token.field("client_assertion_type") != assertion_type) {
    return refuse(Aadsts::missing_parameter, request.now, "client_assertion_type");
  }
  if (auto refusal = refuse_credential(request, shown, seen)) return *refusal;
  TokenHolder holder = application_holder(request.store, shown.tenant_id, shown.client_id);
  holder.audience = audience_of(scope, request.target.root);
  holder.proof = shown.assertion.empty() ? ClientProof::secret : ClientProof::assertion;
  return token_reply(token, holder);
}

bool is_disabled(const Store& store, const std::string& user) {
  return std::any_of(store.users.begin(), store.users.end(), [&](const Json& known) {
    return ascii::equal_ignoring_case(string_or(known, "userPrincipalName"), user) &&
           !bool_or(known, "accountEnabled", true);
  });
}

Reply issue_for_user(const TokenRequest& token) {
  const SignInRequest& request = token.request;
  const std::string user = token.field("username");
  const std::string password = token.field("password");
  if (user.empty() || password.empty() || password == "invalid") {
    return refuse(Aadsts::wrong_password, request.now);
  }
  if (is_disabled(request.store, user)) return refuse(Aadsts::disabled_user, request.now);
  TokenHolder holder =
      user_holder(request.store, token.shown.tenant_id, token.shown.client_id, user);
  // A scope of version 2 may list several permissions: Graph's, all the same.
  if (token.is_v1) holder.audience = audience_of(token.resource(), request.target.root);
  Reply reply = token_reply(token, holder);
  reply.body["scope"] = fmt::format("{}", fmt::join(holder.grants, " "));
  reply.body["refresh_token"] = base64url_encode(random_uuid());
  return reply;
}

}  // namespace

std::string named_tenant(const Store& store, const std::string& name) {
  std::string lower = ascii::lower(name);
  if (is_guid(lower)) return lower;
  const std::string domain = ascii::lower(store.default_domain);
  const std::string label = domain.substr(0, domain.find('.'));
  const bool is_own = lower == domain || lower == label || lower == label + ".onmicrosoft.com" ||
                      lower == "common" || lower == "organizations";
  return is_own ? store.tenant_id : named_uuid("syncwright emulator tenant " + lower);
}

bool is_token_path(const std::vector<std::string>& segments) {
  const std::size_t size = segments.size();
  const bool has_shape = (size == 3 || (size == 4 && segments[2] == "v2.0"));
  return has_shape && segments[1] == "oauth2" && segments.back() == "token";
}

Reply answer_token_request(const SignInRequest& request, SeenAssertions& seen) {
  if (request.http.method != http::HttpMethod::post) {
    return refuse(Aadsts::not_a_post, request.now, http::to_string(request.http.method));
  }
  if (auto refusal = refuse_tenant(request)) return *refusal;
  const std::vector<std::string>& segments = request.target.segments;
  TokenRequest token{request, QueryOptions::parse(request.http.body), {}, segments.size() == 3};
  token.shown = {token.field("client_id"), named_tenant(request.store, segments.front()),
                 token.field("client_secret"), token.field("client_assertion")};
  read_basic(request.http.headers, token.shown);
  if (token.shown.client_id.empty()) {
    return refuse(Aadsts::missing_parameter, request.now, "client_id");
  }
  if (auto refusal = refuse_application(request, token.shown)) return *refusal;
  const std::string grant = token.field("grant_type");
  if (grant == "client_credentials") return issue_for_client(token, seen);
  if (grant == "password") return issue_for_user(token);
  return refuse(Aadsts::unsupported_grant, request.now, grant);
}

}  // namespace syncwright::emulator
