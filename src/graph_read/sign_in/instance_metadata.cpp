#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "graph_read/sign_in/managed_identity.h"
#include "graph_read/sign_in/token_answer.h"

namespace syncwright::graph_read {

// Whether this machine has a metadata service cannot be seen, only asked for. On a laptop the
// address leads nowhere and nobody says so, so the question is short: one second, once, without the
// header that the service demands and without anything worth stealing. The service refuses such a
// request at once, which is the answer that was wanted.

namespace {

constexpr const char* kMetadataHost = "http://169.254.169.254";
constexpr const char* kMetadataHostVariable = "AZURE_POD_IDENTITY_AUTHORITY_HOST";
constexpr const char* kMetadataPath = "/metadata/identity/oauth2/token";
constexpr Milliseconds kProbeTime{1'000};
/// The service restarts within 70 s, and says 410 or 404 meanwhile (docs/graph.md#2).
constexpr Milliseconds kRestartTime{70'000};

/// Guess (docs/graph.md#2.8): the answers to the probe that tell Azure's service from others at the
/// same address, a cloud's or a proxy's, which say 401, 403 or 404.
bool is_answer_of_metadata_service(int status) {
  return status == 400 || status == 410 || status == 429 || status >= 500;
}

class InstanceMetadataGrant final : public TokenGrant {
 public:
  InstanceMetadataGrant(SignInContext context, std::string host, bool is_configured)
      : context_(std::move(context)), host_(std::move(host)), is_present_(is_configured) {}

  [[nodiscard]] Result<GrantedToken> acquire(std::stop_token stop) override {
    const bool was_asked_for =
        is_present_ || context_.environment.get("AZURE_CLIENT_ID").has_value();
    if (!is_present_) {
      if (const Result<void> found = probe(stop); !found) return fail(found.error());
      is_present_ = true;
    }
    const Instant asked = context_.clock.now();
    Result<GrantedToken> token = identity_token(ask(stop), asked, context_);
    // A virtual machine without an identity, which nobody asked for: the next way may be there.
    if (!token && token.error().status == 400 && !was_asked_for) {
      is_present_ = false;
      return fail(ErrorKind::not_found, "this machine has no managed identity");
    }
    return token;
  }
  [[nodiscard]] std::string description() const override {
    return identity_in_words(context_.environment);
  }

 private:
  [[nodiscard]] Result<void> probe(const std::stop_token& stop) const {
    http::HttpRequest request;
    request.url = host_ + kMetadataPath + "?api-version=2018-02-01";
    request.repeatable = http::Repeatable::no;
    request.timeout = kProbeTime;
    const Result<http::HttpResponse> response =
        send_for_token(context_.transport, request, description(), stop);
    if (response && is_answer_of_metadata_service(response->status)) return {};
    if (!response && response.error().kind == ErrorKind::cancelled) return fail(response.error());
    return fail(ErrorKind::not_found, fmt::format("no metadata service at {}", host_));
  }

  [[nodiscard]] Result<http::HttpResponse> ask(const std::stop_token& stop) const {
    http::HttpRequest request;
    request.url = host_ + kMetadataPath + identity_query(context_, "2018-02-01");
    request.headers = {{"Metadata", "true"}};
    Milliseconds waited{0};
    for (Milliseconds delay{1'000};; delay *= 2) {
      Result<http::HttpResponse> response =
          send_for_token(context_.transport, request, description(), stop);
      const bool restarts = response && (response->status == 404 || response->status == 410);
      if (!restarts || waited >= kRestartTime) return response;
      const Milliseconds next = std::min(delay, kRestartTime - waited);
      if (!context_.clock.wait(next, stop)) {
        return fail(ErrorKind::cancelled, "interrupted while the metadata service restarts");
      }
      waited += next;
    }
  }

  SignInContext context_;
  std::string host_;
  bool is_present_;
};

}  // namespace

Result<std::unique_ptr<TokenGrant>> instance_metadata_grant(const SignInContext& context) {
  const std::optional<std::string> named = context.environment.get(kMetadataHostVariable);
  std::string host = named.value_or(kMetadataHost);
  while (host.ends_with('/')) host.pop_back();
  if (const Result<void> address = check_identity_address(host, kMetadataHostVariable); !address) {
    return fail(address.error());
  }
  return std::make_unique<InstanceMetadataGrant>(context, std::move(host), named.has_value());
}

}  // namespace syncwright::graph_read
