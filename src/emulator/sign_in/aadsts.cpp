#include "emulator/sign_in/aadsts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <string>

#include "syncwright/core/random.h"

namespace syncwright::emulator {

namespace {

struct RefusalRow {
  Aadsts number;
  std::string_view error;  ///< the OAuth word
  int status;
  std::string_view text;
};

using enum Aadsts;

constexpr std::array refusal_rows{
    RefusalRow{invalid_assertion, "invalid_client", 401, "The assertion is not valid: {}."},
    RefusalRow{malformed_assertion, "invalid_request", 400, "JWT token is invalid or malformed."},
    RefusalRow{disabled_user, "invalid_grant", 400, "The user account is disabled."},
    RefusalRow{wrong_password, "invalid_grant", 400,
               "Error validating credentials due to invalid username or password."},
    RefusalRow{unsupported_grant, "unsupported_grant_type", 400,
               "The app requested an unsupported grant type '{}'."},
    RefusalRow{no_federated_credential, "invalid_client", 401,
               "The client '{}' has no configured federated identity credentials."},
    RefusalRow{unknown_tenant, "invalid_request", 400, "Tenant '{}' not found."},
    RefusalRow{malformed_tenant, "invalid_request", 400,
               "Specified tenant identifier '{}' is neither a valid DNS name, nor a valid external "
               "domain."},
    RefusalRow{missing_parameter, "invalid_request", 400,
               "The request body must contain the following parameter: '{}'."},
    RefusalRow{not_a_post, "invalid_request", 400,
               "The endpoint only accepts POST requests. Received a {} request."},
    RefusalRow{deleted_application, "unauthorized_client", 400,
               "Application with identifier '{}' was not found in the directory '{}'."},
    RefusalRow{assertion_of_another_client, "invalid_client", 401,
               "Client assertion application identifier doesn't match 'client_id' parameter."},
    RefusalRow{assertion_for_another_endpoint, "invalid_client", 401,
               "Client assertion audience claim does not match Realm issuer."},
    RefusalRow{
        assertion_out_of_time, "invalid_client", 401,
        "Client assertion is not within its valid time range. Current time: {}, expiry time of "
        "assertion {}."},
    RefusalRow{
        wrong_signature, "invalid_client", 401,
        "Client assertion contains an invalid signature. [Reason - {}, Thumbprint of key used by "
        "client: '{}']"},
    RefusalRow{unknown_issuer, "invalid_client", 401,
               "No matching federated identity record found for presented assertion issuer '{}'."},
    RefusalRow{
        unknown_audience, "invalid_client", 401,
        "No matching federated identity record found for presented assertion audience '{}'."},
    RefusalRow{unknown_subject, "invalid_client", 401,
               "No matching federated identity record found for presented assertion subject '{}'."},
    RefusalRow{disabled_application, "unauthorized_client", 400,
               "Application '{}'({}) is disabled."},
    RefusalRow{wrong_secret, "invalid_client", 401, "Invalid client secret provided."},
    RefusalRow{no_credential, "invalid_client", 401,
               "'client_assertion', 'client_secret' or 'request' is required for the "
               "'client_credentials' grant type."},
    RefusalRow{expired_secret, "invalid_client", 401,
               "The provided client secret keys for app '{}' are expired."},
    RefusalRow{no_service_principal, "invalid_client", 401,
               "The client application {} is missing service principal in the tenant {}."},
    RefusalRow{
        scope_without_default, "invalid_scope", 400,
        "The provided value for scope {} is not valid. Client credential flows must have a scope "
        "value with /.default suffixed to the resource identifier (application ID URI)."},
};

}  // namespace

Reply refuse(Aadsts number, Instant now, std::string_view first, std::string_view second) {
  const auto* row =
      std::find_if(refusal_rows.begin(), refusal_rows.end(),
                   [&](const RefusalRow& candidate) { return candidate.number == number; });
  const int code = static_cast<int>(number);
  std::string timestamp = format_rfc3339(std::chrono::floor<std::chrono::seconds>(now));
  timestamp.replace(10, 1, " ");
  const std::string trace = random_uuid();
  const std::string correlation = random_uuid();
  Reply reply;
  reply.status = row->status;
  reply.body = {
      {"error", row->error},
      {"error_description",
       fmt::format("AADSTS{}: {} Trace ID: {} Correlation ID: {} Timestamp: {}", code,
                   fmt::format(fmt::runtime(row->text), first, second), trace, correlation,
                   timestamp)},
      {"error_codes", {code}},
      {"timestamp", timestamp},
      {"trace_id", trace},
      {"correlation_id", correlation},
      {"error_uri", fmt::format("https://login.microsoftonline.com/error?code={}", code)}};
  return reply;
}

}  // namespace syncwright::emulator
