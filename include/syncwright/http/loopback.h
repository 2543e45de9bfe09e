#pragma once

#include <string_view>

namespace syncwright {

/// Whether a URL's host is this very machine whatever a name server says: `localhost`, `[::1]` (or
/// `::1`), or a literal address of 127.0.0.0/8 as four decimal numbers. A name that only looks like
/// one ("127.evil.example") and other spellings of an address are none. Hosts are compared without
/// case and without a port.
[[nodiscard]] bool is_loopback(std::string_view host);

}  // namespace syncwright
