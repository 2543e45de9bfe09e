#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "graph_read/sign_in/token_grant.h"

/// The places that give a machine's own identity away (docs/graph.md#2.8): each is an address on
/// the machine or its link that answers a GET with a token, and each protects it in another way.
namespace syncwright::graph_read {

/// Virtual machines: the instance metadata service, at a link-local address.
[[nodiscard]] Result<std::unique_ptr<TokenGrant>> instance_metadata_grant(
    const SignInContext& context);

/// App Service, Functions, Container Apps: IDENTITY_ENDPOINT with IDENTITY_HEADER.
[[nodiscard]] Result<std::unique_ptr<TokenGrant>> app_service_grant(const SignInContext& context);

/// Where the agent of Azure Arc keeps the keys of its challenges.
inline constexpr const char* kArcKeyFolder = "/var/opt/azcmagent/tokens";

/// Machines elsewhere, with the agent of Azure Arc: IDENTITY_ENDPOINT with IMDS_ENDPOINT.
[[nodiscard]] Result<std::unique_ptr<TokenGrant>> azure_arc_grant(
    const SignInContext& context, const std::filesystem::path& key_folder = kArcKeyFolder);

/// "managed identity", "managed identity c1" for a user-assigned one.
[[nodiscard]] std::string identity_in_words(const Environment& environment);

/// The query that every place takes: version, Graph as resource, and the client of a user-assigned
/// identity.
[[nodiscard]] std::string identity_query(const SignInContext& context, const std::string& version);

/// ErrorKind::guard unless a secret may go to the address and a token come from it: https, this
/// machine, or its own link. `variable` is where the address comes from.
[[nodiscard]] Result<void> check_identity_address(const std::string& url,
                                                  const std::string& variable);

/// 200: the token; anything else: token_refusal.
[[nodiscard]] Result<GrantedToken> identity_token(Result<http::HttpResponse> response,
                                                  Instant asked, const SignInContext& context,
                                                  std::string_view secret = {});

}  // namespace syncwright::graph_read
