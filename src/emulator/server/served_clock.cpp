#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "syncwright/core/json.h"
#include "syncwright/emulator/server.h"

namespace syncwright::emulator {

namespace {

constexpr const char* kAdvance = "advanceMilliseconds";
constexpr const char* kAhead = "aheadMilliseconds";
constexpr Milliseconds kLongestStep = std::chrono::hours{24} * 366;
/// The years that a state can hold: nothing that is added to it overflows.
constexpr Milliseconds kFarthest = std::chrono::hours{24} * 366 * 10'000;
constexpr std::size_t kMostBytes = 1'024;

/// The member as a time from nothing up to `most`.
std::optional<Milliseconds> read_duration(const std::string& text, const char* member,
                                          Milliseconds most) {
  const Result<Json> body = parse_json(text, {.max_bytes = kMostBytes, .max_depth = 2});
  if (!body || !body->is_object()) return std::nullopt;
  const auto found = body->find(member);
  if (found == body->end() || !found->is_number_unsigned()) return std::nullopt;
  const auto count = found->get<std::uint64_t>();
  if (count > static_cast<std::uint64_t>(most.count())) return std::nullopt;
  return Milliseconds{static_cast<Milliseconds::rep>(count)};
}

http::HttpResponse clock_response(int status, const Json& body) {
  return {status, {{"Content-Type", "application/json"}}, canonical_json(body)};
}

http::HttpResponse clock_refusal(int status, const char* message) {
  return clock_response(status, {{"error", {{"code", "BadRequest"}, {"message", message}}}});
}

}  // namespace

http::HttpResponse answer_clock(VirtualClock& clock, const http::HttpRequest& request) {
  Milliseconds step{0};
  if (request.method == http::HttpMethod::post) {
    const auto asked = read_duration(request.body, kAdvance, kLongestStep);
    if (!asked) return clock_refusal(400, R"(Write {"advanceMilliseconds": N}, at most a year.)");
    step = *asked;
  } else if (request.method != http::HttpMethod::get) {
    return clock_refusal(405, "The clock is read with GET and moved on with POST.");
  }
  const Milliseconds ahead = clock.advance(step);
  return clock_response(200, {{kAhead, ahead.count()}, {"now", format_rfc3339(clock.now())}});
}

Result<Milliseconds> advance_served_clock(http::HttpTransport& transport, const std::string& root,
                                          Milliseconds step, std::stop_token stop) {
  http::HttpRequest request;
  request.method = http::HttpMethod::post;
  request.url = root + kClockPath;
  request.headers.set("Content-Type", "application/json");
  request.body = canonical_json({{kAdvance, step.count()}});
  request.repeatable = http::Repeatable::no;
  request.max_response_bytes = kMostBytes;
  const Result<http::HttpResponse> response = transport.send(request, std::move(stop));
  if (!response) return fail(response.error());
  const auto ahead =
      response->status == 200 ? read_duration(response->body, kAhead, kFarthest) : std::nullopt;
  if (!ahead) return fail(ErrorKind::malformed, root + " does not answer as an emulator's clock");
  return *ahead;
}

}  // namespace syncwright::emulator
