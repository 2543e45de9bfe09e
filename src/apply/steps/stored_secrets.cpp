#include "apply/steps/stored_secrets.h"

#include <algorithm>

#include "syncwright/core/ascii.h"
#include "syncwright/core/json.h"

namespace syncwright {

namespace {

bool is_boolean(const std::string& lower) {
  return lower == "true" || lower == "false";
}

bool means_the_same(const std::string& sent, const std::string& stored) {
  if (sent == stored) return true;
  const std::string lower = ascii::lower(sent);
  if (is_boolean(lower)) return lower == ascii::lower(stored);
  const auto sent_json = parse_json(sent);
  const auto stored_json = parse_json(stored);
  return sent_json && stored_json && sent_json->is_object() && *sent_json == *stored_json;
}

const LiveSecret* find(const std::vector<LiveSecret>& stored, const std::string& key) {
  const auto found = std::find_if(stored.begin(), stored.end(),
                                  [&](const LiveSecret& secret) { return secret.key == key; });
  return found == stored.end() || found->value.empty() ? nullptr : &*found;
}

}  // namespace

StoredSecrets compare_stored(const SecretsTarget& sent, const std::vector<LiveSecret>& stored) {
  StoredSecrets result;
  for (const auto& [key, value] : sent.clear) {
    const LiveSecret* found = find(stored, key);
    // "" removes, and a removed key may stay listed (docs/graph.md#13.6).
    if (value.empty()) continue;
    if (found == nullptr) {
      result.missing.push_back(key);
    } else if (!found->masked() && !means_the_same(value, found->value)) {
      result.different.push_back(key);
    }
  }
  for (const CredentialValue& reference : sent.references) {
    if (find(stored, reference.key) == nullptr) result.missing.push_back(reference.key);
  }
  return result;
}

}  // namespace syncwright
