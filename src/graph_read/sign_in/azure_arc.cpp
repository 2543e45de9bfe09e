#include <fmt/format.h>

#include <utility>

#include "graph_read/sign_in/managed_identity.h"
#include "graph_read/sign_in/token_answer.h"
#include "syncwright/core/ascii.h"
#include "syncwright/core/file.h"
#include "syncwright/graph_read/answer_text.h"

namespace syncwright::graph_read {

// The agent gives a token to whoever can read a file that only its group may read: it refuses the
// first request with the name of such a file, and the second one repeats what stands in it. The
// name comes from a server, so it is followed into one folder only, to a small regular file.

namespace {

constexpr std::size_t kMaxArcKey = 4'096;

tl::unexpected<Error> unusable_challenge(const std::string& what, const std::string& advice = {}) {
  return fail(ErrorKind::unauthenticated,
              "no token by managed identity: the agent of Azure Arc " + what, advice);
}

Result<Secret> read_challenge_key(const http::HttpHeaders& headers,
                                  const std::filesystem::path& folder) {
  constexpr std::string_view realm = "Basic realm=";
  const std::string challenge = headers.get("WWW-Authenticate").value_or("");
  if (!challenge.starts_with(realm)) return unusable_challenge("names no key file");
  std::string name = challenge.substr(realm.size());
  if (name.size() > 1 && name.front() == '"' && name.back() == '"') {
    name = name.substr(1, name.size() - 2);
  }
  const std::filesystem::path path(name);
  std::error_code fault;
  if (path.parent_path() != folder || path.extension() != ".key" ||
      !std::filesystem::is_regular_file(std::filesystem::symlink_status(path, fault))) {
    return unusable_challenge(
        fmt::format("names {}, which is no key file in {}", plain_text(name, 200), folder.string()),
        "check that IDENTITY_ENDPOINT is the agent's");
  }
  Result<std::string> key = read_file(path, kMaxArcKey);
  if (!key) {
    return unusable_challenge("asks for a key file that cannot be read: " + key.error().message,
                              "let this user be a member of the group himds");
  }
  Secret secret{std::string(ascii::trim(*key))};
  wipe(*key);
  if (!is_header_token(secret.reveal())) return unusable_challenge("has an unusable key file");
  return secret;
}

class AzureArcGrant final : public TokenGrant {
 public:
  AzureArcGrant(SignInContext context, std::filesystem::path key_folder)
      : context_(std::move(context)), key_folder_(std::move(key_folder)) {}

  [[nodiscard]] Result<GrantedToken> acquire(std::stop_token stop) override {
    http::HttpRequest request;
    request.url = context_.environment.get("IDENTITY_ENDPOINT").value_or("") +
                  identity_query(context_, "2020-06-01");
    request.headers = {{"Metadata", "true"}};
    const Instant asked = context_.clock.now();
    Result<http::HttpResponse> response =
        send_for_token(context_.transport, request, description(), stop);
    if (!response || response->status != 401) {
      return identity_token(std::move(response), asked, context_);
    }
    const Result<Secret> key = read_challenge_key(response->headers, key_folder_);
    if (!key) return fail(key.error());
    request.headers.set("Authorization", "Basic " + std::string(key->reveal()));
    return identity_token(
        send_for_token(context_.transport, request, description(), std::move(stop)), asked,
        context_, key->reveal());
  }
  [[nodiscard]] std::string description() const override { return "managed identity"; }

 private:
  SignInContext context_;
  std::filesystem::path key_folder_;
};

}  // namespace

Result<std::unique_ptr<TokenGrant>> azure_arc_grant(const SignInContext& context,
                                                    const std::filesystem::path& key_folder) {
  const Result<void> address = check_identity_address(
      context.environment.get("IDENTITY_ENDPOINT").value_or(""), "IDENTITY_ENDPOINT");
  if (!address) return fail(address.error());
  if (context.environment.get("AZURE_CLIENT_ID")) {
    return fail(
        ErrorKind::unauthenticated,
        "AZURE_CLIENT_ID names a managed identity, but Azure Arc has only the machine's own",
        "do not set AZURE_CLIENT_ID");
  }
  return std::make_unique<AzureArcGrant>(context, key_folder);
}

}  // namespace syncwright::graph_read
