#pragma once

#include <stop_token>
#include <string>

#include "syncwright/core/error.h"
#include "syncwright/core/virtual_clock.h"
#include "syncwright/http/transport.h"

namespace syncwright::emulator {

/// Where an emulator on loopback tells its time and lets it be moved on
/// (docs/emulator.md#its-clock).
inline constexpr const char* kClockPath = "/_emulator/clock";

/// The answer to a request at that path: GET tells the time, POST moves it on first.
[[nodiscard]] HttpResponse answer_clock(VirtualClock& clock, const HttpRequest& request);

/// Moves the time of the emulator at `root` on by `step`, which may be 0; tells how far it is ahead
/// of the wall clock then. An Error where whoever answers there is no emulator.
[[nodiscard]] Result<Milliseconds> advance_served_clock(HttpTransport& transport,
                                                        const std::string& root, Milliseconds step,
                                                        std::stop_token stop);

}  // namespace syncwright::emulator
