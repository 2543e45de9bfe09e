#include "cli/request_trace.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "syncwright/http/origin.h"

namespace syncwright::cli {
namespace {

double seconds(Milliseconds duration) {
  return static_cast<double>(duration.count()) / 1000.0;
}

std::string retry_note(const http::HttpTrace& trace) {
  const std::string ending = trace.status == 0
                                 ? fmt::format("had no whole answer ({} after {:.1f} s)",
                                               trace.failure, seconds(trace.duration))
                                 : fmt::format("answered {}", trace.status);
  return fmt::format("{} {}: trying again in {:.1f} s", to_string(trace.method), ending,
                     seconds(trace.retry->delay));
}

std::string exchange_line(const http::HttpTrace& trace) {
  std::string line = fmt::format(
      "{} {}{} {} {} ms", to_string(trace.method), trace.url,
      trace.items.empty() ? "" : fmt::format(" ({})", trace.items),
      trace.status == 0 ? "no answer (" + trace.failure + ")" : std::to_string(trace.status),
      trace.duration.count());
  if (trace.retry) {
    line += fmt::format("; {}: trying again in {:.1f} s", trace.retry->why,
                        seconds(trace.retry->delay));
  }
  return line;
}

std::string or_none(const std::string& text) {
  return text.empty() ? "none" : text;
}

std::string exchange_details(const http::HttpTrace& trace) {
  return fmt::format(
      "; attempt {}, {}{} bytes sent, {} received, request-id {}, client-request-id {}",
      trace.attempt, trace.protocol.empty() ? "" : trace.protocol + ", ", trace.request_bytes,
      trace.response_bytes, or_none(trace.request_id), or_none(trace.client_request_id));
}

/// Where the path of an absolute URL begins.
std::size_t path_begin(const std::string& url) {
  const std::size_t scheme = url.find("://");
  const std::size_t slash = url.find('/', scheme == std::string::npos ? 0 : scheme + 3);
  return std::min(slash, url.size());
}

Json exchange_record(const http::HttpTrace& trace) {
  const auto origin = http::parse_origin(trace.url);
  Json record{{"method", to_string(trace.method)},
              {"host", origin ? origin->host : ""},
              {"path", trace.url.substr(path_begin(trace.url))},
              {"status", trace.status},
              {"requestId", trace.request_id},
              {"clientRequestId", trace.client_request_id},
              {"durationMilliseconds", trace.duration.count()},
              {"attempt", trace.attempt},
              {"requestBytes", trace.request_bytes},
              {"responseBytes", trace.response_bytes},
              {"protocol", trace.protocol}};
  if (!trace.items.empty()) record["items"] = trace.items;
  if (!trace.failure.empty()) record["failure"] = trace.failure;
  if (trace.retry) {
    record["retry"] = {{"why", trace.retry->why},
                       {"delayMilliseconds", trace.retry->delay.count()}};
  }
  return record;
}

}  // namespace

void tell_exchange(Console& console, int verbosity, const http::HttpTrace& trace) {
  if (verbosity > 0 && console.log_json()) {
    console.record("info", exchange_line(trace), exchange_record(trace));
  } else if (verbosity > 0) {
    console.note(exchange_line(trace) + (verbosity > 1 ? exchange_details(trace) : ""));
  } else if (trace.retry) {
    console.note(retry_note(trace));
  }
}

}  // namespace syncwright::cli
