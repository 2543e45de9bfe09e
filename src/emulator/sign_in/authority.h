#pragma once

#include <filesystem>
#include <optional>

#include "emulator/exchange.h"
#include "emulator/sign_in/arc_agent.h"
#include "emulator/sign_in/assertion.h"
#include "emulator/sign_in/sign_in_request.h"

namespace syncwright::emulator {

/// Whoever hands out tokens beside Graph: the login service, the endpoints of managed identities
/// and an identity provider for workloads. It reads the state and writes none; what it remembers of
/// assertions and keys goes with the process. Not thread-safe: the tenant answers one request at a
/// time.
class Authority {
 public:
  explicit Authority(const std::filesystem::path& arc_key_folder) : arc_agent_(arc_key_folder) {}

  /// nullopt where the path is Graph's.
  [[nodiscard]] std::optional<Reply> answer(const SignInRequest& request);

 private:
  SeenAssertions seen_;
  ArcAgent arc_agent_;
};

}  // namespace syncwright::emulator
