#include "emulator/sign_in/managed_identity.h"

#include <string>
#include <utility>
#include <vector>

#include "emulator/sign_in/access_token.h"
#include "emulator/sign_in/jwt.h"
#include "emulator/sign_in/keys.h"
#include "syncwright/core/ascii.h"
#include "syncwright/core/random.h"

namespace syncwright::emulator {

namespace {

Reply identity_error(int status, const char* error, const char* description) {
  Reply reply;
  reply.status = status;
  reply.body = {{"error", error}, {"error_description", description}};
  return reply;
}

/// The client id of the identity that the query names: the machine's own where it names none. A
/// user-assigned one may be named by any id but `invalid`, which no machine has.
std::optional<std::string> named_identity(const QueryOptions& query) {
  if (const auto client = query.get("client_id")) {
    return *client == "invalid" ? std::nullopt : client;
  }
  for (const char* name : {"object_id", "principal_id", "msi_res_id", "mi_res_id"}) {
    const std::optional<std::string> id = query.get(name);
    if (!id) continue;
    if (*id == "invalid") return std::nullopt;
    return named_uuid("syncwright emulator identity " + ascii::lower(*id));
  }
  return named_uuid("syncwright emulator identity of the machine");
}

/// A token of the named identity; `is_app_service` leaves out what App Service does not send.
Reply identity_token(const SignInRequest& request, bool is_app_service) {
  const QueryOptions& query = request.target.query;
  const std::string resource = query.get("resource").value_or("");
  if (query.get("api-version").value_or("").empty()) {
    return identity_error(400, "invalid_request", "The api-version query parameter is missing.");
  }
  if (resource.empty()) {
    return identity_error(400, "invalid_request", "The resource query parameter is missing.");
  }
  const std::optional<std::string> client = named_identity(query);
  if (!client) return identity_error(400, "invalid_request", "Identity not found");
  TokenHolder holder = application_holder(request.store, request.store.tenant_id, *client);
  holder.audience = audience_of(resource, request.target.root);
  holder.proof = ClientProof::assertion;
  const std::int64_t begin = epoch_seconds(request.now);
  Reply reply;
  reply.body = {{"access_token", signed_token(access_claims(holder, request.now))},
                {"client_id", *client},
                {"expires_on", std::to_string(begin + token_lifetime)},
                {"resource", resource},
                {"token_type", "Bearer"}};
  if (!is_app_service) {
    reply.body["expires_in"] = std::to_string(token_lifetime);
    reply.body["ext_expires_in"] = "86399";
    reply.body["not_before"] = std::to_string(begin);
  }
  return reply;
}

}  // namespace

std::optional<Reply> answer_managed_identity(const SignInRequest& request) {
  using Path = std::vector<std::string>;
  const Path& segments = request.target.segments;
  const bool is_machine = segments == Path{"metadata", "identity", "oauth2", "token"};
  if (!is_machine && segments != Path{"msi", "token"}) return std::nullopt;
  const http::HttpHeaders& headers = request.http.headers;
  if (request.http.method != http::HttpMethod::get) {
    return identity_error(405, "method_not_allowed", "Only GET is allowed.");
  }
  if (is_machine && !ascii::equal_ignoring_case(headers.get("Metadata").value_or(""), "true")) {
    return identity_error(400, "invalid_request", "Required metadata header not specified");
  }
  if (!is_machine && headers.get("X-IDENTITY-HEADER").value_or("") != identity_header) {
    return identity_error(401, "unauthorized", "The X-IDENTITY-HEADER header is missing or wrong.");
  }
  return identity_token(request, !is_machine);
}

}  // namespace syncwright::emulator
