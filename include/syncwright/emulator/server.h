#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>

#include "syncwright/core/error.h"
#include "syncwright/core/virtual_clock.h"
#include "syncwright/emulator/certificate.h"
#include "syncwright/emulator/tenant.h"
#include "syncwright/emulator/weather.h"
#include "syncwright/http/transport.h"

namespace syncwright::emulator {

/// Where the emulator listens, and who hears of it.
struct ServerOptions {
  std::string host = "127.0.0.1";
  int port = 0;                       ///< 0 picks one
  std::filesystem::path request_log;  ///< JSON lines; empty: none
  /// The tenant's, which clients of a loopback address may move (answer_clock); null: nobody may.
  VirtualClock* clock = nullptr;
  std::optional<ServerCertificate> certificate;  ///< none: HTTP in the clear
  WeatherOptions weather;                        ///< on that clock, else on the machine's
  std::function<void(const std::string& root_url)> on_listening;
};

/// Serves the tenant over HTTP/1.1 until `stop` is requested; returns an Error when the address
/// cannot be bound. Routes on the undecoded target; links in answers have the scheme and the host
/// that the caller used. On loopback it also answers below `/_emulator`, and over TLS at
/// `/metadata/endpoints` (docs/emulator.md). The request log holds method, path and query, status
/// and request-id of each request and of each item of a $batch, never a header or a body.
[[nodiscard]] Result<void> serve(Tenant& tenant, const ServerOptions& options,
                                 std::stop_token stop);

/// Where an emulator on loopback tells its time and lets it be moved on
/// (docs/emulator.md#its-clock).
inline constexpr const char* kClockPath = "/_emulator/clock";

/// The answer to a request at that path: GET tells the time, POST moves it on first.
[[nodiscard]] http::HttpResponse answer_clock(VirtualClock& clock,
                                              const http::HttpRequest& request);

/// Moves the time of the emulator at `root` on by `step`, which may be 0, and returns how far it is
/// ahead of the wall clock then. An Error where the answer is not an emulator's.
[[nodiscard]] Result<Milliseconds> advance_served_clock(http::HttpTransport& transport,
                                                        const std::string& root, Milliseconds step,
                                                        std::stop_token stop);

}  // namespace syncwright::emulator
