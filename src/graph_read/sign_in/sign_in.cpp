#include "graph_read/sign_in/sign_in.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "graph_read/sign_in/ways.h"

namespace syncwright::graph_read {
namespace {

constexpr Milliseconds kMargin = std::chrono::minutes(5);

}  // namespace

SignIn::SignIn(std::vector<SignInWay> report, std::vector<Candidate> candidates, const Clock& clock)
    : clock_(clock), report_(std::move(report)), candidates_(std::move(candidates)) {
  if (candidates_.size() == 1 && report_[candidates_.front().way].state == SignInState::used) {
    chosen_ = candidates_.front().grant.get();
  }
}

Result<Secret> SignIn::token(std::stop_token stop) {
  const std::scoped_lock lock(mutex_);
  if (!cached_ || clock_.now() >= cached_->refresh_at) {
    const Instant asked = clock_.now();
    Result<GrantedToken> granted = acquire(stop);
    if (!granted) return fail(std::move(granted).error());
    const Milliseconds life = granted->life;
    cached_ = Cached{std::move(granted->token), asked + life - std::min(kMargin, life / 2)};
  }
  return cached_->token.clone();
}

Result<GrantedToken> SignIn::acquire(const std::stop_token& stop) {
  if (chosen_ != nullptr) return chosen_->acquire(stop);
  for (const Candidate& candidate : candidates_) {
    SignInWay& way = report_[candidate.way];
    Result<GrantedToken> granted = candidate.grant->acquire(stop);
    if (!granted && granted.error().kind == ErrorKind::not_found) {
      way.state = SignInState::not_there;
      way.reason = granted.error().message;
      continue;
    }
    if (granted) {
      chosen_ = candidate.grant.get();
      way.state = SignInState::used;
    }
    return granted;
  }
  return fail(nobody_signed_in(report_));
}

bool SignIn::renew() {
  const std::scoped_lock lock(mutex_);
  if (chosen_ != nullptr && !chosen_->renewable()) return false;
  cached_.reset();
  return true;
}

std::string SignIn::description() const {
  const std::scoped_lock lock(mutex_);
  if (chosen_ != nullptr) return chosen_->description();
  std::vector<std::string> names;
  for (const Candidate& candidate : candidates_) names.push_back(candidate.grant->description());
  return fmt::format("{}", fmt::join(names, " or "));
}

std::vector<SignInWay> SignIn::ways() const {
  const std::scoped_lock lock(mutex_);
  return report_;
}

Error nobody_signed_in(const std::vector<SignInWay>& report) {
  Error error;
  error.kind = ErrorKind::unauthenticated;
  error.message = "no credentials for Microsoft Graph are configured";
  std::string reasons;
  for (const SignInWay& way : report) {
    if (way.reason.empty()) continue;
    reasons += fmt::format("{}{}: {}", reasons.empty() ? "" : "; ", way.name, way.reason);
  }
  if (!reasons.empty()) error.message += fmt::format(" ({})", reasons);
  error.advice = ways_in_words();
  return error;
}

}  // namespace syncwright::graph_read
