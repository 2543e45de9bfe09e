#include "graph_read/sign_in/token_answer.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "graph_read/sign_in/aadsts.h"
#include "syncwright/core/json.h"
#include "syncwright/graph_read/answer_text.h"
#include "syncwright/http/origin.h"

namespace syncwright::graph_read {
namespace {

constexpr std::int64_t kLongestLife = 86'400;
constexpr Milliseconds kToleratedSkew = std::chrono::minutes(2);

std::int64_t number_of(const Json& body, const char* key) {
  const Json& member = member_or_null(body, key);
  if (member.is_number()) return int_or(body, key, 0);
  std::int64_t number = 0;
  const std::string text = string_or(body, key);
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

Milliseconds life_of(const Json& body, Instant asked) {
  std::int64_t seconds = number_of(body, "expires_in");
  if (const std::int64_t end = number_of(body, "expires_on"); seconds == 0 && end != 0) {
    seconds = end - std::chrono::floor<std::chrono::seconds>(asked).time_since_epoch().count();
  }
  return std::chrono::seconds(std::clamp<std::int64_t>(seconds, 0, kLongestLife));
}

ErrorKind kind_of_refusal(int status) {
  if (status == 429) return ErrorKind::throttled;
  return status >= 500 ? ErrorKind::unavailable : ErrorKind::unauthenticated;
}

std::string first_line(const std::string& text) {
  return text.substr(0, text.find_first_of("\r\n"));
}

/// Of a refusal whose AADSTS number is missing or unknown.
std::string advice_for(const std::string& code) {
  if (code == "invalid_client") {
    return "check the client id, and the credential: a secret's value (not its id) and end, a "
           "certificate that is uploaded, a federated credential's issuer, subject and audience";
  }
  if (code == "invalid_grant") {
    return "the password grant works for cloud-only accounts without multi-factor authentication; "
           "use a client secret instead";
  }
  return {};
}

/// Where there is no JSON to read a reason from.
std::string reason_of(const http::HttpResponse& response) {
  if (response.status >= 300 && response.status < 400) {
    const auto origin = http::parse_origin(response.headers.get("Location").value_or(""));
    return fmt::format("the token endpoint redirects{}, which is never followed",
                       origin ? " to " + plain_text(origin->host, 200) : std::string());
  }
  return "the token endpoint gave no reason";
}

/// How far this machine's clock is from the answer's Date, where that is worth a word.
std::string skew_in_words(const http::HttpResponse& response, const Clock& clock) {
  const std::optional<Milliseconds> date =
      http::parse_retry_after(response.headers.get("Date").value_or(""), Instant{});
  if (!date || *date < std::chrono::hours(24)) return {};  // a bare number is no date
  const Milliseconds ahead = clock.now() - (Instant{} + *date);
  if (ahead < kToleratedSkew && ahead > -kToleratedSkew) return {};
  return fmt::format(" (this machine's clock is {} s {})",
                     std::abs(std::chrono::duration_cast<std::chrono::seconds>(ahead).count()),
                     ahead.count() > 0 ? "ahead" : "behind");
}

}  // namespace

bool is_header_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char character) {
    return character > ' ' && character < '\x7f';
  });
}

Result<http::HttpResponse> send_for_token(http::HttpTransport& transport,
                                          http::HttpRequest& request,
                                          const std::string& description, std::stop_token stop) {
  request.headers.set("Accept", "application/json");
  request.confidential = true;
  request.max_response_bytes = kMaxTokenAnswer;
  Result<http::HttpResponse> response = transport.send(request, std::move(stop));
  if (!response) return fail(within(response.error(), "no token by " + description));
  return response;
}

Result<GrantedToken> read_granted_token(http::HttpResponse& response, Instant asked,
                                        const std::string& description) {
  const Result<Json> body = parse_json(response.body, {kMaxTokenAnswer, 32});
  wipe(response.body);
  std::string text = body ? string_or(*body, "access_token") : std::string();
  if (!is_header_token(text)) {
    return fail(ErrorKind::unauthenticated,
                fmt::format("no token by {}: the answer of the token endpoint {}", description,
                            body ? "holds none" : "is no JSON"),
                "check AZURE_AUTHORITY_HOST, and any proxy in between");
  }
  return GrantedToken{Secret(std::move(text)), life_of(*body, asked)};
}

Error token_refusal(const http::HttpResponse& response, const Clock& clock,
                    const std::string& description, const std::vector<std::string_view>& secrets) {
  const Result<Json> body = parse_json(response.body, {kMaxTokenAnswer, 32});
  Error error;
  error.kind = kind_of_refusal(response.status);
  error.status = response.status;
  const auto shown = [&secrets](const std::string& text, std::size_t max_bytes,
                                const char* withheld = "") {
    const auto told = without_secrets(text, secrets);
    return plain_text(first_line(told.value_or(withheld)), max_bytes);
  };
  error.request_id = shown(response.headers.get("x-ms-request-id").value_or(""), 100);
  std::string reason;
  if (body) {
    error.code = shown(string_or(*body, "error"), 100);
    reason = shown(string_or(*body, "error_description"), 500, kWithheld);
    if (reason.empty()) reason = shown(string_or(*body, "message"), 500, kWithheld);
    error.advice = aadsts_advice(*body);
    if (error.advice.empty()) error.advice = advice_for(error.code);
    if (is_about_time(*body)) error.advice += skew_in_words(response, clock);
  }
  if (reason.empty()) reason = reason_of(response);
  error.message = fmt::format("no token by {}: {}", description, reason);
  return without_secrets(std::move(error), secrets);
}

}  // namespace syncwright::graph_read
