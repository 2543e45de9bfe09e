#pragma once

#include <doctest/doctest.h>

#include "syncwright/http/curl_transport.h"

namespace syncwright::http {

/// A transport of libcurl, which the machine of a test has.
inline std::unique_ptr<HttpTransport> curl_transport(const CurlOptions& options = {}) {
  auto made = make_curl_transport(options);
  REQUIRE_MESSAGE(made, made.error().message);
  return *std::move(made);
}

}  // namespace syncwright::http
