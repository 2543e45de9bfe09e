#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "graph_read/sign_in/token_grant.h"
#include "syncwright/graph_read/token_source.h"

namespace syncwright::graph_read {

/// A run's sign-in: the way that was chosen, its last token, and what became of the other ways. The
/// token is kept until less than five minutes of it remain (of a short-lived one: less than half of
/// its life); however many requests want it meanwhile, one of them asks for a new one and the
/// others wait for that.
class SignIn final : public TokenSource {
 public:
  /// A way that may be used: its place in the report.
  struct Candidate {
    std::size_t way;
    std::unique_ptr<TokenGrant> grant;
  };

  /// The first candidate that is there is used from then on. REQUIRES: at least one.
  SignIn(std::vector<SignInWay> report, std::vector<Candidate> candidates, const Clock& clock);

  [[nodiscard]] Result<Secret> token(std::stop_token stop) override;
  bool renew() override;
  [[nodiscard]] std::string description() const override;
  [[nodiscard]] std::vector<SignInWay> ways() const override;

 private:
  struct Cached {
    Secret token;
    Instant refresh_at;
  };
  [[nodiscard]] Result<GrantedToken> acquire(const std::stop_token& stop);

  const Clock& clock_;
  mutable std::mutex mutex_;
  std::vector<SignInWay> report_;
  std::vector<Candidate> candidates_;
  TokenGrant* chosen_ = nullptr;
  std::optional<Cached> cached_;
};

/// What make_token_source says where no way was there; `report` has the reasons.
[[nodiscard]] Error nobody_signed_in(const std::vector<SignInWay>& report);

}  // namespace syncwright::graph_read
