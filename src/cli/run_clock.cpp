#include "cli/run_clock.h"

#include <fmt/format.h>

#include <string_view>
#include <utility>

#include "cli/connection.h"
#include "syncwright/emulator/server.h"
#include "syncwright/http/curl_transport.h"
#include "syncwright/http/origin.h"

namespace syncwright::cli {
namespace {

constexpr const char* kVariable = "SYNCWRIGHT_CLOCK";

tl::unexpected<Error> refuse_clock(std::string message) {
  return fail(ErrorKind::invalid_input, std::move(message),
              "it makes waiting for a test tenant take no time: run with --emulator, or name a "
              "served emulator with --endpoint or SYNCWRIGHT_ENDPOINT");
}

/// Whether the root is plain HTTP to this very machine, where an emulator may be served.
bool is_local_root(std::string_view root) {
  const auto origin = http::parse_origin(root);
  return origin && origin->scheme == "http" && http::is_loopback(origin->host);
}

}  // namespace

Result<std::unique_ptr<RunClock>> RunClock::make(const GlobalOptions& options,
                                                 const Environment& environment) {
  auto made = std::make_unique<RunClock>();
  const auto asked = environment.get(kVariable);
  if (!asked) return made;
  if (*asked != "virtual") {
    return refuse_clock(fmt::format("{} knows one value, `virtual`", kVariable));
  }
  if (options.use_emulator) {
    made->start_virtual(Milliseconds{0}, {});
    return made;
  }
  const std::string root = named_endpoint(options, environment).value_or("");
  const std::string only_there = fmt::format("{}=virtual is for the emulator alone", kVariable);
  if (!is_local_root(root)) return refuse_clock(only_there);
  auto to_emulator = http::make_curl_transport({});
  if (!to_emulator) return fail(to_emulator.error());
  made->to_emulator_ = *std::move(to_emulator);
  const auto move = [&emulator = *made->to_emulator_, root](Milliseconds step) {
    return emulator::advance_served_clock(emulator, root, step, {});
  };
  const auto ahead = move(Milliseconds{0});
  if (!ahead) return refuse_clock(only_there + ", and " + ahead.error().message);
  made->start_virtual(*ahead, [move](Milliseconds step) {
    const auto moved = move(step);
    return moved ? std::optional(*moved) : std::nullopt;
  });
  return made;
}

void RunClock::start_virtual(Milliseconds ahead, VirtualClock::MoveShared move_shared) {
  virtual_.emplace(wall_, ahead, std::move(move_shared));
  main_thread_.emplace(*virtual_);
}

Clock& RunClock::clock() {
  if (virtual_) return *virtual_;
  return wall_;
}

}  // namespace syncwright::cli
