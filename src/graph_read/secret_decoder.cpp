#include <algorithm>

#include "syncwright/graph_read/decoders.h"

namespace syncwright {

Result<std::vector<LiveSecret>> decode_secrets(const Json& json) {
  const Json& pairs = member_or_null(json, "value");
  if (!pairs.is_array()) {
    return fail(ErrorKind::malformed, "the answer has no collection `value` of secrets");
  }
  std::vector<LiveSecret> secrets;
  for (const Json& pair : pairs) {
    LiveSecret secret{string_or(pair, "key"), string_or(pair, "value")};
    if (secret.key.empty()) {
      return fail(ErrorKind::malformed, "the answer holds a secret without a key");
    }
    secrets.push_back(std::move(secret));
  }
  std::stable_sort(
      secrets.begin(), secrets.end(),
      [](const LiveSecret& left, const LiveSecret& right) { return left.key < right.key; });
  return secrets;
}

}  // namespace syncwright
