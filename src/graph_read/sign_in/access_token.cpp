#include "graph_read/sign_in/token_answer.h"
#include "graph_read/sign_in/ways.h"

namespace syncwright::graph_read {
namespace {

constexpr const char* kAccessToken = "SYNCWRIGHT_ACCESS_TOKEN";

class AccessTokenGrant final : public TokenGrant {
 public:
  explicit AccessTokenGrant(Secret token) : token_(std::move(token)) {}

  [[nodiscard]] Result<GrantedToken> acquire(std::stop_token) override {
    return GrantedToken{token_.clone(), std::chrono::hours(24 * 365)};
  }
  [[nodiscard]] std::string description() const override { return kAccessToken; }
  [[nodiscard]] bool renewable() const override { return false; }

 private:
  Secret token_;
};

}  // namespace

Result<std::unique_ptr<TokenGrant>> access_token_grant(const SignInContext& context) {
  std::string ready = context.environment.get(kAccessToken).value_or("");
  if (!is_header_token(ready)) {
    return fail(ErrorKind::unauthenticated,
                "SYNCWRIGHT_ACCESS_TOKEN holds characters that no token has",
                "set it to the token alone, without quotes, blanks or a word before it");
  }
  return std::make_unique<AccessTokenGrant>(Secret(std::move(ready)));
}

}  // namespace syncwright::graph_read
