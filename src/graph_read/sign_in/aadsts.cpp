#include "graph_read/sign_in/aadsts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <string_view>

namespace syncwright::graph_read {

// Microsoft asks that no program branches on these numbers, and none does here: they choose words.
// A number that is not in the table leaves Microsoft's own text, which is shown in any case.

namespace {

struct AadstsRow {
  std::int64_t code;
  std::string_view meaning;
  std::string_view way_out;
};

constexpr std::int64_t kAssertionOutOfTime = 700'024;

/// docs/graph.md#2.1 has the evidence of each.
constexpr std::array kAadsts = {
    // The credential.
    AadstsRow{7'000'215, "the client secret is none of the application's",
              "use the secret's value, which is shown once, not its id"},
    AadstsRow{7'000'222, "the client secret has expired",
              "make a new one under Certificates & secrets, or sign in with a certificate or OIDC"},
    AadstsRow{7'000'216, "the request carried neither a secret nor an assertion",
              "configure one way to sign in"},
    AadstsRow{700'027, "the assertion's signature is by no certificate of the application",
              "upload the certificate whose key signs under Certificates & secrets"},
    AadstsRow{50'012, "the assertion's signature or its certificate was refused",
              "upload the certificate whose key signs under Certificates & secrets"},
    AadstsRow{kAssertionOutOfTime, "the assertion is not valid now",
              "set this machine's clock, or get the federated token anew"},
    AadstsRow{700'211, "no federated credential of the application has the token's issuer",
              "add a federated credential with just the issuer that the message names"},
    AadstsRow{700'212, "no federated credential of the application has the token's audience",
              "the audience is api://AzureADTokenExchange, on both sides"},
    AadstsRow{700'213, "no federated credential of the application has the token's subject",
              "add one with just the subject that the message names (repository, branch, "
              "environment or service connection)"},
    AadstsRow{70'021, "no federated credential of the application fits the token",
              "compare its issuer, subject and audience with those that the message names"},
    AadstsRow{70'025, "the application has no federated credential",
              "add one under Certificates & secrets"},
    // The application and the tenant.
    AadstsRow{700'016, "the tenant has no application of this client id",
              "check AZURE_CLIENT_ID, and that AZURE_TENANT_ID is its tenant"},
    AadstsRow{7'000'112, "the application is disabled in the tenant",
              "let an administrator enable its enterprise application"},
    AadstsRow{90'002, "there is no such tenant in this cloud",
              "check AZURE_TENANT_ID, and AZURE_AUTHORITY_HOST or `cloud:` for a national cloud"},
    AadstsRow{900'382, "the identity belongs to another cloud",
              "check AZURE_AUTHORITY_HOST or `cloud:`"},
    AadstsRow{65'001, "nobody consented to what the application asks for",
              "let an administrator grant consent under API permissions"},
    AadstsRow{500'011, "the tenant does not know the API that the token is for",
              "check SYNCWRIGHT_ENDPOINT and `cloud:`"},
    AadstsRow{70'011, "the scope is not one of this cloud",
              "check SYNCWRIGHT_ENDPOINT and `cloud:`"},
    // Policies, and people.
    AadstsRow{53'003, "a conditional access policy refuses this sign-in",
              "run from a place that the policy allows, or let an administrator exclude the "
              "workload identity"},
    AadstsRow{50'076, "the account needs multi-factor authentication, which no password grant can",
              "sign in as an application: certificate, OIDC or client secret"},
    AadstsRow{50'079, "the account has to register for multi-factor authentication",
              "sign in as an application: certificate, OIDC or client secret"},
    AadstsRow{50'126, "the user name or the password is wrong",
              "check both; the password grant works for cloud-only accounts alone"},
    AadstsRow{50'034, "the tenant has no such user", "check AZURE_USERNAME and AZURE_TENANT_ID"},
    AadstsRow{50'053, "the account is locked, or signs in from a place that is blocked",
              "wait, and look into the sign-in log"},
    AadstsRow{50'055, "the password has expired", "set a new one"},
    AadstsRow{50'057, "the account is disabled", "enable it, or sign in as an application"},
    AadstsRow{7'000'218, "the application is no public client",
              "allow public client flows, or sign in with a certificate, OIDC or client secret"},
};

/// The first of `error_codes`, else the digits behind "AADSTS" in the description; 0: none.
std::int64_t aadsts_code(const Json& body) {
  const Json& codes = member_or_null(body, "error_codes");
  if (codes.is_array() && !codes.empty() && codes.front().is_number_integer()) {
    return codes.front().get<std::int64_t>();
  }
  constexpr std::string_view mark = "AADSTS";
  const std::string text = string_or(body, "error_description");
  const std::size_t begin = text.find(mark);
  std::int64_t code = 0;
  if (begin != std::string::npos) {
    std::from_chars(text.data() + begin + mark.size(), text.data() + text.size(), code);
  }
  return code;
}

}  // namespace

std::string aadsts_advice(const Json& body) {
  const std::int64_t code = aadsts_code(body);
  const auto* const row = std::find_if(kAadsts.begin(), kAadsts.end(),
                                       [code](const AadstsRow& each) { return each.code == code; });
  return row == kAadsts.end() ? std::string() : fmt::format("{}: {}", row->meaning, row->way_out);
}

bool is_about_time(const Json& body) {
  return aadsts_code(body) == kAssertionOutOfTime;
}

}  // namespace syncwright::graph_read
