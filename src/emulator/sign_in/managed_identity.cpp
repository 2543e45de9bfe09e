#include "emulator/sign_in/managed_identity.h"

#include <fmt/format.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "emulator/sign_in/access_token.h"
#include "emulator/sign_in/jwt.h"
#include "emulator/sign_in/keys.h"
#include "syncwright/core/ascii.h"
#include "syncwright/core/random.h"

namespace syncwright::emulator {

namespace {

/// What tells the agent of Azure Arc from the metadata service of a virtual machine: both have one
/// path here.
constexpr std::string_view arc_version = "2020-06-01";

Reply identity_error(int status, const char* error, std::string_view description) {
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

/// [G] How the agent refuses to name an identity that a machine with Azure Arc cannot have
/// (docs/graph.md#2.8).
std::optional<Reply> assumed_refusal_of_named_identity(const QueryOptions& query) {
  for (const char* name : {"client_id", "object_id", "principal_id", "msi_res_id", "mi_res_id"}) {
    if (query.get(name)) return identity_error(400, "invalid_request", "Identity not found");
  }
  return std::nullopt;
}

/// nullopt where the request shows the key of a challenge.
std::optional<Reply> challenge_of_arc(const SignInRequest& request, ArcAgent& agent) {
  if (auto refusal = assumed_refusal_of_named_identity(request.target.query)) return refusal;
  constexpr std::string_view scheme = "Basic ";
  const std::string shown = request.http.headers.get("Authorization").value_or("");
  if (shown.starts_with(scheme) && agent.takes(shown.substr(scheme.size()))) return std::nullopt;
  const Result<std::filesystem::path> file = agent.challenge();
  if (!file) {
    return identity_error(
        404, "not_found",
        fmt::format("The emulator answers as the agent of Azure Arc where it can write key files: "
                    "{}.",
                    file.error().message));
  }
  Reply reply =
      identity_error(401, "unauthorized", "The key in the file of the challenge is missing.");
  reply.challenge = "Basic realm=" + file->string();
  return reply;
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

std::optional<Reply> answer_managed_identity(const SignInRequest& request, ArcAgent& arc_agent) {
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
  if (is_machine && request.target.query.get("api-version") == arc_version) {
    if (auto challenge = challenge_of_arc(request, arc_agent)) return challenge;
  }
  return identity_token(request, !is_machine);
}

}  // namespace syncwright::emulator
