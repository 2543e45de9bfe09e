#pragma once

#include <cstdint>
#include <functional>
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

/// What became of an item of a $batch.
struct WeatheredItem {
  http::HttpMethod method = http::HttpMethod::get;
  std::string target;             ///< path and query, as if it had come alone
  http::HttpResponse response{};  ///< without its body
  std::string fault{};            ///< the rule that struck it; empty: none did
};

/// An answer, and what becomes of it.
struct WeatheredAnswer {
  /// Its status is 0 where there is none: nothing was done, or a $batch broke off.
  http::HttpResponse response{};
  WireFault wire{};
  std::string fault{};                 ///< the rule that struck the request; empty: none did
  std::vector<WeatheredItem> items{};  ///< of a $batch, in the order in which they were answered
};

/// A tenant behind a throttle and faults, on the tenant's clock. Requests for tokens are not
/// throttled, nor is a $batch: its items are, each for itself. A fault may strike a $batch or an
/// item of it; one that breaks an item's connection breaks that of the batch, and ends it there.
/// The tenant answers others while an item stalls. Thread-safe; a tenant outlives its weather.
class Weather {
 public:
  Weather(Tenant& tenant, Clock& clock, WeatherOptions options = {});

  /// A stall ends early when `stop` is requested.
  [[nodiscard]] WeatheredAnswer answer(const http::HttpRequest& request,
                                       const std::stop_token& stop);
  [[nodiscard]] FaultList& faults() { return faults_; }

 private:
  [[nodiscard]] Throttle::Verdict throttle(const http::HttpRequest& request);
  [[nodiscard]] http::HttpResponse throttled(const http::HttpRequest& request, Milliseconds wait);
  /// A request, or an item of a $batch, that `carry_out` answers in fair weather.
  WeatheredAnswer answer_one(const http::HttpRequest& request,
                             const std::function<http::HttpResponse()>& carry_out,
                             const std::stop_token& stop);
  WeatheredAnswer strike(const FaultRule& rule, const http::HttpRequest& request,
                         const std::function<http::HttpResponse()>& carry_out,
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
