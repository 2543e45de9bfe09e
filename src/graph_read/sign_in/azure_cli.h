#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "graph_read/sign_in/token_grant.h"
#include "syncwright/core/command.h"

namespace syncwright::graph_read {

/// The token of whoever ran `az login`; `limits` hold for each run of the CLI.
[[nodiscard]] Result<std::unique_ptr<TokenGrant>> azure_cli_grant(const SignInContext& context,
                                                                  CommandLimits limits);

/// The first line of what a program wrote to standard error that begins with "ERROR:", without that
/// word: fit for a terminal, at most 300 bytes, without a Secret of this process and without
/// anything that may be a token ("(secret)" stands for it). Empty where there is no such line.
[[nodiscard]] std::string error_line(std::string_view errors);

}  // namespace syncwright::graph_read
