#include "graph_read/sign_in/ways.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace syncwright::graph_read {
namespace {

const AnyOf kTenant = {"AZURE_TENANT_ID"};
const AnyOf kClient = {"AZURE_CLIENT_ID"};
const AnyOf kSecret = {"AZURE_CLIENT_SECRET"};
const AnyOf kCertificate = {"AZURE_CLIENT_CERTIFICATE_PATH"};
const AnyOf kTokenFile = {"AZURE_FEDERATED_TOKEN_FILE"};
const AnyOf kGitHubUrl = {"ACTIONS_ID_TOKEN_REQUEST_URL"};
const AnyOf kGitHubToken = {"ACTIONS_ID_TOKEN_REQUEST_TOKEN"};
const AnyOf kDevOpsUrl = {"SYSTEM_OIDCREQUESTURI"};
const AnyOf kDevOpsToken = {"SYSTEM_ACCESSTOKEN"};
const AnyOf kConnection = {kServiceConnection.begin(), kServiceConnection.end()};
const AnyOf kUserOrPassword = {"AZURE_PASSWORD", "AZURE_USERNAME"};

std::string in_words(const AnyOf& names) {
  return fmt::format("{}", fmt::join(names, " or "));
}

}  // namespace

// A runner of GitHub and an agent of Azure DevOps set their variables for every job that may have
// an identity token, so these alone say nothing: there the tenant and the client are what somebody
// set on purpose. An agent's URL is there even in jobs that sign in otherwise, so it takes the
// job's token or the connection beside it.
const std::vector<Way>& sign_in_ways() {
  static const std::vector<Way> ways = {
      {"access token", {{"SYNCWRIGHT_ACCESS_TOKEN"}}, {}, SetBy::person, access_token_grant},
      {"client secret",
       {kTenant, kClient, kSecret},
       {{kSecret}},
       SetBy::person,
       client_secret_grant},
      {"certificate",
       {kTenant, kClient, kCertificate},
       {{kCertificate}},
       SetBy::person,
       certificate_grant},
      {"federated token file",
       {kTenant, kClient, kTokenFile},
       {{kTokenFile}},
       SetBy::person,
       federated_token_file_grant},
      {"GitHub OIDC",
       {kTenant, kClient, kGitHubUrl, kGitHubToken},
       {{kTenant, kClient, kGitHubUrl}, {kTenant, kClient, kGitHubToken}},
       SetBy::pipeline,
       github_oidc_grant},
      {"Azure DevOps OIDC",
       {kTenant, kClient, kDevOpsUrl, kDevOpsToken, kConnection},
       {{kTenant, kClient, kDevOpsUrl, kConnection}, {kTenant, kClient, kDevOpsUrl, kDevOpsToken}},
       SetBy::pipeline,
       azure_devops_oidc_grant},
      {"password",
       {kTenant, {"AZURE_USERNAME"}, {"AZURE_PASSWORD"}},
       {{kUserOrPassword}},
       SetBy::person,
       password_grant},
      {"managed identity",
       {{"IDENTITY_ENDPOINT", "AZURE_POD_IDENTITY_AUTHORITY_HOST"}},
       {},
       SetBy::machine,
       managed_identity_grant},
      {"Azure CLI", {}, {}, SetBy::machine, azure_cli_grant},
  };
  return ways;
}

std::vector<std::string> not_set(const std::vector<AnyOf>& needs, const Environment& environment) {
  std::vector<std::string> missing;
  for (const AnyOf& names : needs) {
    const bool is_set = std::any_of(names.begin(), names.end(), [&](const char* name) {
      return environment.get(name).has_value();
    });
    if (!is_set) missing.push_back(in_words(names));
  }
  return missing;
}

std::string ways_in_words() {
  std::string text = "set all that one way needs:\n";
  for (const Way& way : sign_in_ways()) {
    if (way.set_by == SetBy::machine) continue;
    std::vector<std::string> variables;
    variables.reserve(way.needs.size());
    for (const AnyOf& names : way.needs) variables.push_back(in_words(names));
    text += fmt::format("  {}: {}\n", way.name, fmt::join(variables, ", "));
  }
  return text +
         "or run where there is a managed identity, or after `az login`; --emulator needs none of "
         "them";
}

}  // namespace syncwright::graph_read
