#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "syncwright/core/clock.h"
#include "syncwright/core/environment.h"
#include "syncwright/core/error.h"
#include "syncwright/http/transport.h"

namespace syncwright::http {

/// The bounds of a curl transport.
struct CurlOptions {
  int max_connections = 32;
  Milliseconds connect_timeout{10'000};
  Milliseconds request_timeout{120'000};
  std::string user_agent = "syncwright";
  /// Who may vouch for a server: a PEM bundle and a folder of hashed names. With neither it is the
  /// system's; a bundle alone counts alone. Nothing turns the verification off.
  std::string ca_file;
  std::string ca_folder;
};

/// Fills in who may vouch for a server: `ca_file`, or where it is empty what OpenSSL's programs go
/// by, SSL_CERT_FILE and SSL_CERT_DIR. ErrorKind::invalid_input where a bundle cannot be read or
/// holds no certificate; it names the flag or the variable.
[[nodiscard]] Result<void> trust(CurlOptions& options, const std::filesystem::path& ca_file,
                                 const Environment& environment);

/// libcurl's multi interface behind blocking calls: one thread drives all transfers (keep-alive,
/// HTTP/2 where ALPN offers it), callers wait. Only http and https; bodies over
/// `max_response_bytes` end the transfer with ErrorKind::too_large; a stop request aborts it with
/// ErrorKind::cancelled. Proxies come from the usual environment variables, except for loopback and
/// link-local addresses.
/// A host or a proxy that no name server knows, and a proxy whose address is none, are
/// ErrorKind::unreachable: nobody was asked.
/// A server whose certificate is not to be trusted is ErrorKind::untrusted: nothing was sent to it.
/// The first transport loads libcurl: ErrorKind::io where this machine has none that fits.
[[nodiscard]] Result<std::unique_ptr<HttpTransport>> make_curl_transport(
    const CurlOptions& options);

}  // namespace syncwright::http
