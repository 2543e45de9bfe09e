#pragma once

#include <functional>
#include <memory>
#include <string>

#include "syncwright/http/transport.h"

namespace syncwright::http {

/// Refuses every method but GET with ErrorKind::guard before anything is sent; a POST passes only
/// to a URL that `is_token_endpoint` accepts. What plan, drift, status and logs run over.
[[nodiscard]] std::unique_ptr<HttpTransport> make_read_only_transport(
    HttpTransport& next, std::function<bool(const std::string& url)> is_token_endpoint);

}  // namespace syncwright::http
