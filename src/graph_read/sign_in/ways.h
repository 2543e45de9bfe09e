#pragma once

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "graph_read/sign_in/token_grant.h"

namespace syncwright::graph_read {

/// Variables of which one suffices.
using AnyOf = std::vector<const char*>;

/// Who sets the variables of a way.
enum class SetBy {
  person,    ///< whoever wants it: half of it is an error at once
  pipeline,  ///< runner and agent, in part, whatever the job does: half of it is an error only
             ///< where no other way is whole
  machine,   ///< it may be there without a variable: tried where nothing before is configured
};

/// One way to sign in.
struct Way {
  const char* name;
  std::vector<AnyOf> needs;  ///< all of them set: the way is configured; none: it needs no variable
  /// Once all of one of these lists are set somebody means this way: what else it needs and is not
  /// set is an error then, since the next way would make the run somebody else than its author
  /// thinks. The last of a list stands in the error's text.
  std::vector<std::vector<AnyOf>> meant_by;
  SetBy set_by;
  Result<std::unique_ptr<TokenGrant>> (*make)(const SignInContext&);
};

/// All of them, in the order that pipelines rely on (docs/contract.md#2, Authentication).
[[nodiscard]] const std::vector<Way>& sign_in_ways();

/// What is not set of `needs`: "AZURE_CLIENT_ID", or "A or B" where one of them suffices.
[[nodiscard]] std::vector<std::string> not_set(const std::vector<AnyOf>& needs,
                                               const Environment& environment);

/// Every way with its variables, a line each, as the advice of an error.
[[nodiscard]] std::string ways_in_words();

/// The names that Terraform's providers read, and the task AzureCLI@2 sets (docs/graph.md#2.6).
inline constexpr std::array kServiceConnection = {"ARM_ADO_PIPELINE_SERVICE_CONNECTION_ID",
                                                  "ARM_OIDC_AZURE_SERVICE_CONNECTION_ID",
                                                  "AZURESUBSCRIPTION_SERVICE_CONNECTION_ID"};

/// One in each file of this room. REQUIRES: what the way needs is set.
[[nodiscard]] Result<std::unique_ptr<TokenGrant>> access_token_grant(const SignInContext& context);
[[nodiscard]] Result<std::unique_ptr<TokenGrant>> client_secret_grant(const SignInContext& context);
[[nodiscard]] Result<std::unique_ptr<TokenGrant>> certificate_grant(const SignInContext& context);
[[nodiscard]] Result<std::unique_ptr<TokenGrant>> federated_token_file_grant(
    const SignInContext& context);
[[nodiscard]] Result<std::unique_ptr<TokenGrant>> github_oidc_grant(const SignInContext& context);
[[nodiscard]] Result<std::unique_ptr<TokenGrant>> azure_devops_oidc_grant(
    const SignInContext& context);
[[nodiscard]] Result<std::unique_ptr<TokenGrant>> password_grant(const SignInContext& context);
[[nodiscard]] Result<std::unique_ptr<TokenGrant>> managed_identity_grant(
    const SignInContext& context);
[[nodiscard]] Result<std::unique_ptr<TokenGrant>> azure_cli_grant(const SignInContext& context);

}  // namespace syncwright::graph_read
