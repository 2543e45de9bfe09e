#include "graph_read/token_exchange.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "syncwright/core/encoding.h"
#include "syncwright/core/json.h"
#include "syncwright/graph_read/answer_text.h"

namespace syncwright::graph_read {
namespace {

constexpr Milliseconds kMargin = std::chrono::minutes(5);
constexpr std::int64_t kLongestLife = 86'400;
constexpr std::size_t kMaxAnswer = 1u << 20u;

std::string form_of(const TokenGrant& grant) {
  std::string form;
  for (const auto& [name, value] : grant.fields) {
    form += percent_encode(name) + "=" + percent_encode(value) + "&";
  }
  std::string secret = percent_encode(grant.secret.reveal());
  // Growing the string would leave an unwiped copy of it behind.
  form.reserve(form.size() + grant.secret_field.size() + secret.size() + 1);
  form += grant.secret_field + "=";
  form += secret;
  wipe(secret);
  return form;
}

/// The v1 endpoint spells numbers as strings (docs/graph.md#13.49).
std::int64_t seconds_of(const Json& body, const char* key) {
  const Json& member = member_or_null(body, key);
  std::int64_t seconds = 0;
  if (member.is_number()) {
    seconds = int_or(body, key, 0);
  } else {
    const std::string text = string_or(body, key);
    std::from_chars(text.data(), text.data() + text.size(), seconds);
  }
  return std::clamp<std::int64_t>(seconds, 0, kLongestLife);
}

ErrorKind kind_of(int status) {
  if (status >= 300 && status < 400) return ErrorKind::redirected;
  if (status == 429) return ErrorKind::throttled;
  return status >= 500 ? ErrorKind::unavailable : ErrorKind::unauthenticated;
}

std::string first_line(const std::string& text) {
  return text.substr(0, text.find_first_of("\r\n"));
}

std::string advice_for(const std::string& code) {
  if (code == "invalid_client") {
    return "check the client id and the client secret (its value, not its id; it may have expired)";
  }
  if (code == "invalid_grant") {
    return "the password grant works for cloud-only accounts without multi-factor authentication; "
           "use a client secret instead";
  }
  return {};
}

Error token_error(const TokenGrant& grant, const http::HttpResponse& response) {
  const Result<Json> body = parse_json(response.body, {kMaxAnswer, 32});
  Error error;
  error.kind = kind_of(response.status);
  error.status = response.status;
  const auto shown = [&grant](const std::string& text, std::size_t max_bytes,
                              const char* withheld = "") {
    const auto told = without_secrets(text, {grant.secret.reveal()});
    return plain_text(first_line(told.value_or(withheld)), max_bytes);
  };
  error.request_id = shown(response.headers.get("x-ms-request-id").value_or(""), 100);
  std::string reason;
  if (body) {
    error.code = shown(string_or(*body, "error"), 100);
    reason = shown(string_or(*body, "error_description"), 500, kWithheld);
    error.advice = advice_for(error.code);
  }
  if (reason.empty()) reason = "the token endpoint gave no reason";
  error.message = fmt::format("no token by {}: {}", grant.description, reason);
  return error;
}

}  // namespace

bool is_header_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char character) {
    return character > ' ' && character < '\x7f';
  });
}

TokenExchange::TokenExchange(TokenGrant grant, http::HttpTransport& transport, Clock& clock)
    : grant_(std::move(grant)), transport_(transport), clock_(clock) {}

Result<Secret> TokenExchange::token(std::stop_token stop) {
  const std::scoped_lock lock(mutex_);
  if (!cached_ || clock_.now() >= cached_->refresh_at) {
    Result<Cached> exchanged = exchange(std::move(stop));
    if (!exchanged) return fail(std::move(exchanged).error());
    cached_ = std::move(*exchanged);
  }
  return cached_->token.clone();
}

bool TokenExchange::renew() {
  const std::scoped_lock lock(mutex_);
  cached_.reset();
  return true;
}

Result<TokenExchange::Cached> TokenExchange::exchange(std::stop_token stop) const {
  http::HttpRequest request;
  request.method = http::HttpMethod::post;
  request.url = grant_.url;
  request.headers = {{"Accept", "application/json"},
                     {"Content-Type", "application/x-www-form-urlencoded"}};
  request.body = form_of(grant_);
  request.confidential = true;
  request.max_response_bytes = kMaxAnswer;
  const Instant asked = clock_.now();
  Result<http::HttpResponse> response = transport_.send(request, std::move(stop));
  wipe(request.body);
  if (!response) {
    return fail(without_secrets(within(response.error(), "no token by " + grant_.description),
                                {grant_.secret.reveal()}));
  }
  if (response->status != 200) {
    return fail(without_secrets(token_error(grant_, *response), {grant_.secret.reveal()}));
  }

  const Result<Json> body = parse_json(response->body, {kMaxAnswer, 32});
  wipe(response->body);
  std::string text = body ? string_or(*body, "access_token") : std::string();
  if (!is_header_token(text)) {
    return fail(ErrorKind::malformed, "no token by " + grant_.description +
                                          ": the answer of the token endpoint holds none");
  }
  Cached cached{Secret(std::move(text)), asked};
  const Milliseconds life = std::chrono::seconds(seconds_of(*body, "expires_in"));
  cached.refresh_at = asked + life - std::min(kMargin, life / 2);
  return cached;
}

}  // namespace syncwright::graph_read
