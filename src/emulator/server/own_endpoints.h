#pragma once

#include <string>
#include <string_view>

#include "emulator/server/request_log.h"
#include "syncwright/core/virtual_clock.h"
#include "syncwright/emulator/weather.h"
#include "syncwright/http/transport.h"

namespace syncwright::emulator {

/// `/_emulator` and what lies below it: what no Graph has (docs/emulator.md#its-own-endpoints).
/// They answer nobody but this machine, by a loopback name, and no page of another site in its
/// browser.
class OwnEndpoints {
 public:
  /// `clock`: the tenant's, where clients may move it; else null.
  OwnEndpoints(VirtualClock* clock, Weather& weather, RequestLog& log, const Clock& time)
      : clock_(clock), weather_(weather), log_(log), time_(time) {}

  /// Whether the path and query are of these.
  [[nodiscard]] static bool is_own(std::string_view target);
  /// `listens_on`: the address of the server.
  [[nodiscard]] http::HttpResponse answer(const http::HttpRequest& request, std::string_view target,
                                          std::string_view listens_on) const;

 private:
  VirtualClock* clock_;
  Weather& weather_;
  RequestLog& log_;
  const Clock& time_;
};

}  // namespace syncwright::emulator
