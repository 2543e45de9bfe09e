#include "emulator/sign_in/authority.h"

#include "emulator/sign_in/discovery.h"
#include "emulator/sign_in/managed_identity.h"
#include "emulator/sign_in/oidc_issuer.h"
#include "emulator/sign_in/token_endpoint.h"

namespace syncwright::emulator {

std::optional<Reply> Authority::answer(const SignInRequest& request) {
  const std::vector<std::string>& segments = request.target.segments;
  if (segments.empty()) return std::nullopt;
  if (is_token_path(segments)) return answer_token_request(request, seen_);
  if (segments.front() == "oidc") return answer_oidc(request);
  if (auto reply = answer_managed_identity(request, arc_agent_)) return reply;
  return answer_discovery(request);
}

}  // namespace syncwright::emulator
