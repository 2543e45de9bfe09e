#pragma once

#include "syncwright/core/json.h"

namespace syncwright::emulator {

// An application that never had a credential signs in with any: a test need not register one. With
// its last credential gone it signs in no more, so the state has to remember that it had one.

/// Whether a member of `keyCredentials` proves who a client is; the others sign what the service
/// issues.
[[nodiscard]] bool proves_client(const Json& key_credential);

/// Whether that application or service principal has passwords or certificates that sign it in.
[[nodiscard]] bool has_own_credentials(const Json& object);

/// Marks it for good; no request is shown the mark.
void mark_credentials(Json& object);
[[nodiscard]] bool had_credentials(const Json& object);

}  // namespace syncwright::emulator
