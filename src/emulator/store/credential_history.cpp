#include "emulator/store/credential_history.h"

#include <algorithm>

#include "syncwright/core/ascii.h"

namespace syncwright::emulator {

namespace {

constexpr const char* had_credentials_member = "hadCredentials";

}  // namespace

bool proves_client(const Json& key_credential) {
  return ascii::equal_ignoring_case(string_or(key_credential, "usage"), "Verify");
}

bool has_own_credentials(const Json& object) {
  // A list that is null has no members.
  const Json& keys = member_or_null(object, "keyCredentials");
  return !member_or_null(object, "passwordCredentials").empty() ||
         std::any_of(keys.begin(), keys.end(), proves_client);
}

void mark_credentials(Json& object) {
  object[had_credentials_member] = true;
}

bool had_credentials(const Json& object) {
  return bool_or(object, had_credentials_member, false);
}

}  // namespace syncwright::emulator
