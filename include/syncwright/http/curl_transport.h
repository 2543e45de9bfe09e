#pragma once

#include <memory>

#include "syncwright/core/clock.h"
#include "syncwright/http/transport.h"

namespace syncwright::http {

/// The bounds of a curl transport.
struct CurlOptions {
  int max_connections = 32;
  Milliseconds connect_timeout{10'000};
  Milliseconds request_timeout{120'000};
  std::string user_agent = "syncwright";
  std::string ca_file;  ///< a PEM bundle instead of the system's; empty = the system's
};

/// libcurl's multi interface behind blocking calls: one thread drives all transfers (keep-alive,
/// HTTP/2 where ALPN offers it), callers wait. Only http and https; bodies over
/// `max_response_bytes` end the transfer with ErrorKind::too_large; a stop request aborts it with
/// ErrorKind::cancelled. Proxies come from the usual environment variables, except for loopback and
/// link-local addresses.
[[nodiscard]] std::unique_ptr<HttpTransport> make_curl_transport(const CurlOptions& options);

}  // namespace syncwright::http
