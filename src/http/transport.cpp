#include "syncwright/http/transport.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

#include "syncwright/core/ascii.h"

namespace syncwright::http {

const char* to_string(HttpMethod method) {
  switch (method) {
    case HttpMethod::get:
      return "GET";
    case HttpMethod::post:
      return "POST";
    case HttpMethod::put:
      return "PUT";
    case HttpMethod::patch:
      return "PATCH";
    case HttpMethod::del:
      return "DELETE";
  }
  return "GET";
}

void HttpHeaders::set(std::string name, std::string value) {
  std::erase_if(fields_,
                [&](const auto& field) { return ascii::equal_ignoring_case(field.first, name); });
  add(std::move(name), std::move(value));
}

void HttpHeaders::add(std::string name, std::string value) {
  fields_.emplace_back(std::move(name), std::move(value));
}

std::optional<std::string> HttpHeaders::get(std::string_view name) const {
  for (const auto& [field, value] : fields_) {
    if (ascii::equal_ignoring_case(field, name)) return value;
  }
  return std::nullopt;
}

namespace {

constexpr std::int64_t longest_seconds = 1'000'000ll * 24 * 3600;

bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char character) { return character >= '0' && character <= '9'; });
}

std::optional<Milliseconds> parse_seconds(std::string_view text) {
  const std::size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  const std::string_view fraction =
      point == std::string_view::npos ? std::string_view("0") : text.substr(point + 1);
  if (whole.empty() || fraction.empty() || !all_digits(whole) || !all_digits(fraction)) {
    return std::nullopt;
  }
  std::int64_t seconds = 0;
  for (const char digit : whole) {
    seconds = std::min(longest_seconds, seconds * 10 + (digit - '0'));
  }
  std::int64_t milliseconds = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    milliseconds = milliseconds * 10 + (i < fraction.size() ? fraction[i] - '0' : 0);
  }
  const bool more = fraction.size() > 3 && fraction.find_first_not_of('0', 3) < fraction.size();
  return Milliseconds{seconds * 1000 + milliseconds + (more ? 1 : 0)};
}

/// "Sun, 06 Nov 1994 08:49:37 GMT", the one form that RFC 9110 lets a server send.
std::optional<Instant> parse_http_date(std::string_view text) {
  constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  if (text.size() != 29 || text.substr(3, 2) != ", " || text[7] != ' ' || text[11] != ' ' ||
      text[16] != ' ' || text.substr(25) != " GMT") {
    return std::nullopt;
  }
  const auto month = std::find(months.begin(), months.end(), text.substr(8, 3));
  if (month == months.end()) return std::nullopt;
  return parse_rfc3339(fmt::format("{}-{:02}-{}T{}Z", text.substr(12, 4),
                                   month - months.begin() + 1, text.substr(5, 2),
                                   text.substr(17, 8)));
}

}  // namespace

std::optional<Milliseconds> parse_retry_after(std::string_view value, Instant now) {
  const std::string_view text = ascii::trim(value);
  if (const auto delay = parse_seconds(text)) return delay;
  const std::optional<Instant> date = parse_http_date(text);
  if (!date) return std::nullopt;
  return std::max(Milliseconds{0}, *date - now);
}

std::optional<Milliseconds> retry_after_of(const HttpHeaders& headers) {
  const std::optional<std::string> value = headers.get("Retry-After");
  if (!value) return std::nullopt;
  const std::optional<Instant> sent = parse_http_date(headers.get("Date").value_or(""));
  return parse_retry_after(*value, sent.value_or(Instant::max()));
}

}  // namespace syncwright::http
