#pragma once

#include <string>

#include "emulator/exchange.h"
#include "emulator/odata/request_target.h"
#include "emulator/store/store.h"
#include "syncwright/core/clock.h"
#include "syncwright/http/transport.h"

namespace syncwright::emulator {

/// A request at one of the endpoints that hand out tokens or describe them. Lives for one request.
struct SignInRequest {
  const Store& store;
  const http::HttpRequest& http;
  const RequestTarget& target;
  Instant now;
};

/// The tenant that the path names. Every id is one. The state's own tenant has names as well, and
/// answers where no tenant is meant; any other name is a tenant whose id is the same in every run.
[[nodiscard]] std::string named_tenant(const Store& store, const std::string& name);

}  // namespace syncwright::emulator
