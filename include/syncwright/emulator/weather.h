#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "syncwright/core/clock.h"
#include "syncwright/emulator/faults.h"
#include "syncwright/emulator/tenant.h"
#include "syncwright/emulator/throttle.h"
#include "syncwright/http/transport.h"

namespace syncwright::emulator {

/// What disturbs the way to a tenant; what --throttle and --faults set.
struct WeatherOptions {
  std::uint64_t requests_per_second = 0;  ///< over that, 429; 0: no limit
  std::vector<FaultRule> faults{};
};

/// What the connection does to an answer on its way out.
struct WireFault {
  bool breaks = false;                      ///< no byte of it leaves
  std::optional<std::uint64_t> body_bytes;  ///< ends behind so many of its body
  std::uint64_t bytes_per_second = 0;       ///< of its body; 0: as fast as it goes
};

/// An answer, and what becomes of it.
struct WeatheredAnswer {
  http::HttpResponse response;  ///< where nothing was done and nothing is answered, the status is 0
  WireFault wire;
  std::string fault;  ///< the rule that struck; empty: none did
};

/// A tenant behind a throttle and faults, on the tenant's clock. Requests for tokens are not
/// throttled, and of a $batch each item is for itself. Thread-safe; a tenant has one weather at a
/// time, and outlives it.
class Weather {
 public:
  Weather(Tenant& tenant, Clock& clock, WeatherOptions options = {});
  Weather(const Weather&) = delete;
  Weather& operator=(const Weather&) = delete;
  ~Weather();

  /// A stall ends early when `stop` is requested.
  [[nodiscard]] WeatheredAnswer answer(const http::HttpRequest& request,
                                       const std::stop_token& stop);
  [[nodiscard]] FaultList& faults() { return faults_; }

 private:
  [[nodiscard]] Throttle::Verdict throttle(const http::HttpRequest& request);
  [[nodiscard]] http::HttpResponse throttled(const http::HttpRequest& request, Milliseconds wait);
  WeatheredAnswer strike(const FaultRule& rule, const http::HttpRequest& request,
                         const std::stop_token& stop);

  Tenant& tenant_;
  Clock& clock_;
  std::optional<Throttle> throttle_;
  FaultList faults_;
};

/// The same as a transport with no socket: a connection that breaks is ErrorKind::transport.
class WeatherTransport final : public http::HttpTransport {
 public:
  WeatherTransport(Weather& weather, Clock& clock) : weather_(weather), clock_(clock) {}
  [[nodiscard]] Result<http::HttpResponse> send(const http::HttpRequest& request,
                                                std::stop_token stop) override;

 private:
  Weather& weather_;
  Clock& clock_;
};

}  // namespace syncwright::emulator
