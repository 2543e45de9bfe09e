#include "cli/run_clock.h"

#include <string_view>
#include <utility>

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
  constexpr std::string_view scheme = "http://";
  if (!root.starts_with(scheme)) return false;
  root.remove_prefix(scheme.size());
  root = root.substr(0, root.find('/'));
  const std::size_t colon = root.rfind(':');
  const bool has_port = colon != std::string_view::npos && !root.ends_with(']');
  return is_loopback(has_port ? root.substr(0, colon) : root);
}

std::string endpoint_of(const GlobalOptions& options, const Environment& environment) {
  std::string root = !options.endpoint.empty()
                         ? options.endpoint
                         : environment.get("SYNCWRIGHT_ENDPOINT").value_or("");
  while (root.ends_with('/')) root.pop_back();
  return root;
}

}  // namespace

Result<std::unique_ptr<RunClock>> RunClock::make(const GlobalOptions& options,
                                                 const Environment& environment) {
  auto made = std::make_unique<RunClock>();
  const auto asked = environment.get(kVariable);
  if (!asked) return made;
  if (*asked != "virtual") {
    return refuse_clock(std::string(kVariable) + " knows one value, `virtual`");
  }
  if (options.use_emulator) {
    made->start_virtual(Milliseconds{0}, {});
    return made;
  }
  const std::string root = endpoint_of(options, environment);
  const std::string only_there = std::string(kVariable) + "=virtual is for the emulator alone";
  if (!is_local_root(root)) return refuse_clock(only_there);
  made->to_emulator_ = make_curl_transport({});
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
