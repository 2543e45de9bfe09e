#include "emulator/server/own_endpoints.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "syncwright/core/json.h"
#include "syncwright/emulator/server.h"
#include "syncwright/http/origin.h"

namespace syncwright::emulator {

namespace {

constexpr std::string_view own_root = "/_emulator";
constexpr const char* faults_path = "/_emulator/faults";
constexpr const char* requests_path = "/_emulator/requests";

struct OwnEndpoint {
  const char* path;
  const char* does;
};

constexpr std::array own_endpoints = {
    OwnEndpoint{kClockPath, "GET tells the time, POST {\"advanceMilliseconds\": N} moves it on"},
    OwnEndpoint{faults_path,
                "GET lists the faults in force, POST adds those of a SPEC, PUT replaces all by "
                "those, DELETE ends all"},
    OwnEndpoint{requests_path, "GET tells the last requests, DELETE forgets them"},
};

http::HttpResponse own_response(int status, const Json& body) {
  return {status, {{"Content-Type", "application/json"}}, canonical_json(body)};
}

http::HttpResponse own_refusal(int status, const char* code, const std::string& message) {
  return own_response(status, {{"error", {{"code", code}, {"message", message}}}});
}

http::HttpResponse wrong_method(std::string_view path) {
  const auto* const endpoint =
      std::find_if(own_endpoints.begin(), own_endpoints.end(),
                   [&](const OwnEndpoint& known) { return known.path == path; });
  return own_refusal(405, "MethodNotAllowed",
                     endpoint == own_endpoints.end() ? "GET lists what is there." : endpoint->does);
}

/// A name server may lead any name to this machine, and any page may send requests here: only who
/// names a loopback address, and comes from no other site, is on this machine of its own will.
bool comes_from_here(const http::HttpRequest& request) {
  const auto is_here = [](const std::string& url) {
    const std::optional<http::Origin> origin = http::parse_origin(url);
    return origin && http::is_loopback(origin->host);
  };
  const std::optional<std::string> host = request.headers.get("Host");
  const std::optional<std::string> site = request.headers.get("Origin");
  return host && is_here("http://" + *host) && (!site || is_here(*site));
}

http::HttpResponse list_endpoints(const http::HttpRequest& request, bool has_clock) {
  if (request.method != http::HttpMethod::get) return wrong_method(own_root);
  Json listed = Json::array();
  for (const OwnEndpoint& endpoint : own_endpoints) {
    if (has_clock || std::string_view(endpoint.path) != kClockPath) {
      listed.push_back({{"does", endpoint.does}, {"path", endpoint.path}});
    }
  }
  return own_response(200, {{"endpoints", std::move(listed)}});
}

http::HttpResponse list_faults(const FaultList& faults) {
  Json listed = Json::array();
  const std::vector<FaultCount> counts = faults.counts();
  for (const FaultCount& count : counts) {
    listed.push_back({{"fault", count.rule}, {"matched", count.matched}, {"struck", count.struck}});
  }
  return own_response(200, {{"faults", std::move(listed)}});
}

http::HttpResponse answer_faults(FaultList& faults, const http::HttpRequest& request, Instant now) {
  if (request.method == http::HttpMethod::del) {
    faults.clear();
  } else if (request.method == http::HttpMethod::post || request.method == http::HttpMethod::put) {
    Result<std::vector<FaultRule>> rules = parse_faults(request.body);
    Result<void> taken;
    if (!rules) {
      taken = fail(std::move(rules.error()));
    } else if (request.method == http::HttpMethod::post) {
      taken = faults.add(std::move(*rules), now);
    } else {
      taken = faults.replace(std::move(*rules), now);
    }
    if (!taken) {
      return own_refusal(400, "BadRequest",
                         fmt::format("{}; {}", taken.error().message, taken.error().advice));
    }
  } else if (request.method != http::HttpMethod::get) {
    return wrong_method(faults_path);
  }
  return list_faults(faults);
}

http::HttpResponse answer_requests(RequestLog& log, const http::HttpRequest& request) {
  if (request.method == http::HttpMethod::del) {
    log.forget();
  } else if (request.method != http::HttpMethod::get) {
    return wrong_method(requests_path);
  }
  return own_response(200, {{"requests", log.recent()}});
}

}  // namespace

bool OwnEndpoints::is_own(std::string_view target) {
  if (!target.starts_with(own_root)) return false;
  target.remove_prefix(own_root.size());
  return target.empty() || target.front() == '/' || target.front() == '?';
}

http::HttpResponse OwnEndpoints::answer(const http::HttpRequest& request, std::string_view target,
                                        std::string_view listens_on) const {
  const std::string_view path = target.substr(0, target.find('?'));
  if (http::is_loopback(listens_on)) {
    if (!comes_from_here(request)) {
      return own_refusal(403, "Forbidden",
                         "The emulator's own endpoints answer who calls it by a loopback address "
                         "or localhost, and no page of another site.");
    }
    if (path == kClockPath && clock_) return answer_clock(*clock_, request);
    if (path == faults_path) return answer_faults(weather_.faults(), request, time_.now());
    if (path == requests_path) return answer_requests(log_, request);
    if (path == own_root || path == "/_emulator/") {
      return list_endpoints(request, clock_ != nullptr);
    }
  }
  return own_refusal(404, "NotFound", fmt::format("There is no {}.", path));
}

}  // namespace syncwright::emulator
