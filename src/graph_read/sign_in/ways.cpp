#include "graph_read/sign_in/ways.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace syncwright::graph_read {
namespace {

const AnyOf kTenant = {"AZURE_TENANT_ID"};
const AnyOf kClient = {"AZURE_CLIENT_ID"};
const AnyOf kConnection = {kServiceConnection.begin(), kServiceConnection.end()};

std::string in_words(const AnyOf& names) {
  return fmt::format("{}", fmt::join(names, " or "));
}

}  // namespace

// A runner of GitHub and an agent of Azure DevOps set their variables for every job that may have
// an identity token, so these alone say nothing: there the tenant and the client are what somebody
// set on purpose.
const std::vector<Way>& sign_in_ways() {
  static const std::vector<Way> ways = {
      {"access token", {{"SYNCWRIGHT_ACCESS_TOKEN"}}, {}, false, access_token_grant},
      {"client secret",
       {kTenant, kClient, {"AZURE_CLIENT_SECRET"}},
       {{"AZURE_CLIENT_SECRET"}},
       false,
       client_secret_grant},
      {"certificate",
       {kTenant, kClient, {"AZURE_CLIENT_CERTIFICATE_PATH"}},
       {{"AZURE_CLIENT_CERTIFICATE_PATH"}},
       false,
       certificate_grant},
      {"federated token file",
       {kTenant, kClient, {"AZURE_FEDERATED_TOKEN_FILE"}},
       {{"AZURE_FEDERATED_TOKEN_FILE"}},
       false,
       federated_token_file_grant},
      {"GitHub OIDC",
       {kTenant, kClient, {"ACTIONS_ID_TOKEN_REQUEST_URL"}, {"ACTIONS_ID_TOKEN_REQUEST_TOKEN"}},
       {kTenant, kClient, {"ACTIONS_ID_TOKEN_REQUEST_URL"}},
       false,
       github_oidc_grant},
      {"Azure DevOps OIDC",
       {kTenant, kClient, {"SYSTEM_OIDCREQUESTURI"}, {"SYSTEM_ACCESSTOKEN"}, kConnection},
       {kTenant, kClient, {"SYSTEM_OIDCREQUESTURI"}, kConnection},
       false,
       azure_devops_oidc_grant},
      {"password",
       {kTenant, {"AZURE_USERNAME"}, {"AZURE_PASSWORD"}},
       {{"AZURE_PASSWORD", "AZURE_USERNAME"}},
       false,
       password_grant},
      {"managed identity",
       {{"IDENTITY_ENDPOINT", "AZURE_POD_IDENTITY_AUTHORITY_HOST"}},
       {},
       true,
       managed_identity_grant},
      {"Azure CLI", {}, {}, true, azure_cli_grant},
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
  std::string text = "set what one way needs: ";
  for (const Way& way : sign_in_ways()) {
    if (way.of_the_machine) continue;
    std::vector<std::string> variables;
    for (const AnyOf& names : way.needs) variables.push_back(in_words(names));
    text += fmt::format("{} ({}), ", way.name, fmt::join(variables, ", "));
  }
  return text +
         "or run where there is a managed identity, or after `az login`; --emulator needs none of "
         "them";
}

}  // namespace syncwright::graph_read
