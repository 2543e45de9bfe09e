#pragma once

#include <memory>

#include "syncwright/http/transport.h"

namespace syncwright::http {

/// Refuses with ErrorKind::guard, before anything is sent, whatever is neither a GET nor a batch of
/// GETs. What plan, drift, status and logs read Graph over; tokens go another way.
[[nodiscard]] std::unique_ptr<HttpTransport> make_read_only_transport(HttpTransport& next);

}  // namespace syncwright::http
