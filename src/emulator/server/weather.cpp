#include "syncwright/emulator/weather.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "emulator/batch.h"
#include "emulator/exchange.h"
#include "emulator/graph_error.h"
#include "emulator/odata/request_target.h"
#include "emulator/sign_in/token_endpoint.h"

namespace syncwright::emulator {

namespace {

constexpr int percent_worth_a_warning = 80;  // docs/graph.md#4
constexpr std::string_view garbage_body = "\xff\xfe<\x01not JSON\x02{\"value\":[{]\"\xc3";

/// Path and query, undecoded.
std::string_view target_of(std::string_view url) {
  const std::size_t scheme = url.find("://");
  const std::size_t slash = url.find('/', scheme == std::string_view::npos ? 0 : scheme + 3);
  return slash == std::string_view::npos ? "/" : url.substr(slash);
}

std::string_view path_of(std::string_view url) {
  const std::string_view target = target_of(url);
  return target.substr(0, target.find('?'));
}

/// Of two faults of one kind the worse one stays.
void add_fault(WireFault& wire, const WireFault& more) {
  wire.breaks = wire.breaks || more.breaks;
  if (more.body_bytes) {
    wire.body_bytes = std::min(wire.body_bytes.value_or(*more.body_bytes), *more.body_bytes);
  }
  const bool is_slower =
      wire.bytes_per_second == 0 || more.bytes_per_second < wire.bytes_per_second;
  if (more.bytes_per_second > 0 && is_slower) wire.bytes_per_second = more.bytes_per_second;
}

/// Nothing is answered.
void take_back(http::HttpResponse& response) {
  response.status = 0;
  response.body.clear();
}

/// Graph's codes of docs/graph.md#3 for what a gateway in its way answers.
std::string_view code_of(int status) {
  switch (status) {
    case 401:
      return "InvalidAuthenticationToken";
    case 403:
      return "Authorization_RequestDenied";
    case 404:
      return "Request_ResourceNotFound";
    case 409:
      return "Conflict";
    case 429:
      return "TooManyRequests";
    case 500:
      return "InternalServerError";
    case 503:
      return "ServiceUnavailable";
    default:
      return "UnknownError";
  }
}

/// An error as Graph dresses it; a 429 with the nested one of docs/graph.md#4.
http::HttpResponse disturbance(const http::HttpRequest& request, int status, Instant now) {
  Call call;
  call.method = request.method;
  call.version = "v1.0";
  call.headers = request.headers;
  call.now = now;
  const bool is_throttled = status == 429;
  Reply reply = graph_error(status, std::string(code_of(status)),
                            is_throttled ? "Too many requests." : "This emulator makes weather.");
  if (is_throttled) {
    reply.body["error"]["innerError"] = {
        {"code", "429"}, {"message", "Please retry after"}, {"status", "429"}};
  }
  return answer(call, std::move(reply));
}

/// Seconds with a fraction, as Graph sends them (docs/graph.md#13.48).
std::string in_seconds(Milliseconds wait) {
  return fmt::format("{}.{:03}", wait.count() / 1'000, wait.count() % 1'000);
}

}  // namespace

Weather::Weather(Tenant& tenant, Clock& clock, WeatherOptions options)
    : tenant_(tenant), clock_(clock) {
  if (options.requests_per_second > 0) {
    throttle_.emplace(options.requests_per_second, clock.now());
  }
  // More than the list takes is refused by whoever reads a SPEC; here the first ones count.
  if (options.faults.size() > FaultList::kMostRules) options.faults.resize(FaultList::kMostRules);
  (void)faults_.add(std::move(options.faults), clock.now());
}

Throttle::Verdict Weather::throttle(const http::HttpRequest& request) {
  if (!throttle_) return {};
  const std::vector<std::string> segments = RequestTarget::parse(request.url).segments;
  const bool is_free = is_token_path(segments) || is_batch_path(segments);
  return is_free ? Throttle::Verdict{} : throttle_->take(clock_.now());
}

http::HttpResponse Weather::throttled(const http::HttpRequest& request, Milliseconds wait) {
  http::HttpResponse response = disturbance(request, 429, clock_.now());
  response.headers.set("Retry-After", in_seconds(wait));
  return response;
}

WeatheredAnswer Weather::answer(const http::HttpRequest& request, const std::stop_token& stop) {
  std::vector<WeatheredItem> items;
  WireFault wire_of_items;
  const auto around_item = [&](const BatchedRequest& item) -> std::optional<http::HttpResponse> {
    WeatheredAnswer answered = item.is_refused ? WeatheredAnswer{.response = item.answer()}
                                               : answer_one(item.request, item.answer, stop);
    const http::HttpResponse& response = answered.response;
    items.push_back({.method = item.request.method,
                     .target = std::string(target_of(item.request.url)),
                     .response = {response.status, response.headers, {}},
                     .fault = std::move(answered.fault)});
    add_fault(wire_of_items, answered.wire);
    if (answered.wire.breaks) return std::nullopt;
    return std::move(answered.response);
  };
  WeatheredAnswer answered =
      answer_one(request, [&] { return tenant_.handle(request, around_item); }, stop);
  add_fault(answered.wire, wire_of_items);
  if (wire_of_items.breaks) take_back(answered.response);
  answered.items = std::move(items);
  return answered;
}

WeatheredAnswer Weather::answer_one(const http::HttpRequest& request,
                                    const std::function<http::HttpResponse()>& carry_out,
                                    const std::stop_token& stop) {
  const Throttle::Verdict verdict = throttle(request);
  if (verdict.wait > Milliseconds{0}) return {.response = throttled(request, verdict.wait)};
  const std::optional<FaultRule> rule =
      faults_.strike(request.method, path_of(request.url), clock_.now());
  WeatheredAnswer answered =
      rule ? strike(*rule, request, carry_out, stop) : WeatheredAnswer{.response = carry_out()};
  if (verdict.percent_used >= percent_worth_a_warning) {
    answered.response.headers.set("x-ms-throttle-limit-percentage",
                                  fmt::format("{:.2f}", verdict.percent_used / 100.0));
  }
  return answered;
}

WeatheredAnswer Weather::strike(const FaultRule& rule, const http::HttpRequest& request,
                                const std::function<http::HttpResponse()>& carry_out,
                                const std::stop_token& stop) {
  WeatheredAnswer answered;
  answered.fault = rule.text;
  const bool is_refusal = rule.effect == FaultEffect::status && !rule.processed;
  if (is_refusal || rule.effect == FaultEffect::reset_before) {
    answered.response = disturbance(request, 503, clock_.now());
  } else {
    answered.response = carry_out();
  }
  http::HttpResponse& response = answered.response;
  switch (rule.effect) {
    case FaultEffect::status:
      response = disturbance(request, static_cast<int>(rule.amount), clock_.now());
      if (rule.retry_after > 0) {
        response.headers.set("Retry-After", std::to_string(rule.retry_after));
      }
      break;
    case FaultEffect::reset_before:
      take_back(response);
      answered.wire.breaks = true;
      break;
    case FaultEffect::reset_after:
      answered.wire.breaks = true;
      break;
    case FaultEffect::truncate:
      answered.wire.body_bytes = rule.amount;
      break;
    case FaultEffect::stall:
      clock_.wait(Milliseconds{static_cast<Milliseconds::rep>(rule.amount)}, stop);
      break;
    case FaultEffect::slow_body:
      answered.wire.bytes_per_second = rule.amount;
      break;
    case FaultEffect::garbage:
      response.status = 200;
      response.headers.set("Content-Type", "application/json");
      response.body = garbage_body;
      break;
    case FaultEffect::duplicate:
      response = carry_out();
      break;
  }
  return answered;
}

Result<http::HttpResponse> WeatherTransport::send(const http::HttpRequest& request,
                                                  std::stop_token stop) {
  if (stop.stop_requested()) return fail(ErrorKind::cancelled, "the request was cancelled");
  WeatheredAnswer answered = weather_.answer(request, stop);
  http::HttpResponse& response = answered.response;
  const WireFault& wire = answered.wire;
  if (wire.breaks) return fail(ErrorKind::transport, "the connection was reset");
  if (wire.body_bytes && *wire.body_bytes < response.body.size()) {
    return fail(ErrorKind::transport, "the connection ended within the answer");
  }
  if (wire.bytes_per_second > 0) {
    const std::uint64_t wait = response.body.size() * 1'000U / wire.bytes_per_second;
    clock_.wait(Milliseconds{static_cast<Milliseconds::rep>(wait)}, stop);
  }
  if (stop.stop_requested()) return fail(ErrorKind::cancelled, "the request was cancelled");
  if (response.body.size() > request.max_response_bytes) {
    return fail(ErrorKind::too_large,
                fmt::format("the answer has {} bytes, more than the {} allowed",
                            response.body.size(), request.max_response_bytes));
  }
  return std::move(response);
}

}  // namespace syncwright::emulator
