#pragma once

#include <optional>

#include "emulator/exchange.h"
#include "emulator/sign_in/assertion.h"
#include "emulator/sign_in/sign_in_request.h"

namespace syncwright::emulator {

/// Whoever hands out tokens beside Graph: the login service, the endpoints of managed identities
/// and an identity provider for workloads. It reads the state and writes none; what it remembers of
/// assertions goes with the process. Not thread-safe: the tenant answers one request at a time.
class Authority {
 public:
  /// nullopt where the path is Graph's.
  [[nodiscard]] std::optional<Reply> answer(const SignInRequest& request);

 private:
  SeenAssertions seen_;
};

}  // namespace syncwright::emulator
