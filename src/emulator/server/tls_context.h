#pragma once

#include "emulator/server/openssl_handles.h"
#include "syncwright/core/error.h"
#include "syncwright/emulator/certificate.h"

namespace syncwright::emulator {

/// What each connection's TLS is made of: 1.2 or newer, HTTP/1.1. ErrorKind::invalid_input where
/// the PEM holds no certificate or no key, or the two do not belong together.
[[nodiscard]] Result<TlsContextHandle> make_tls_context(const ServerCertificate& certificate);

}  // namespace syncwright::emulator
