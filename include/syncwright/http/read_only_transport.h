#pragma once

#include <memory>

#include "syncwright/http/transport.h"

namespace syncwright::http {

/// Refuses every method but GET with ErrorKind::guard before anything is sent. What plan, drift,
/// status and logs read Graph over; tokens go another way.
[[nodiscard]] std::unique_ptr<HttpTransport> make_read_only_transport(HttpTransport& next);

}  // namespace syncwright::http
