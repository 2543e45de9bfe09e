#include "syncwright/core/json.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

// Digests of documents decide whether a plan is stale, so equal values must give equal bytes,
// whoever wrote them. Sorted keys come from the type itself. Numbers do not: a service that writes
// 3 today may write 3.0 tomorrow, and a plan would be refused as stale though nothing changed. Such
// numbers are printed as integers, as far as an int64 has them exactly.
//
// The text comes from outside. Parsing a deep one is harmless, but destroying it recurses and ends
// the program, so depth is counted on the text before anything is built.

namespace syncwright {

namespace {

/// Whether brackets nest deeper than `max_depth`. Strings are skipped as the parser skips them, so
/// up to the first fault of the text, where the parser stops, both see the same brackets.
bool too_deep(std::string_view text, int max_depth) {
  int depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char character = text[i];
    if (in_string) {
      if (character == '\\') ++i;
      if (character == '"') in_string = false;
    } else if (character == '"') {
      in_string = true;
    } else if (character == '[' || character == '{') {
      if (++depth > max_depth) return true;
    } else if (character == ']' || character == '}') {
      --depth;
    }
  }
  return false;
}

/// 3.0 equals 3, so both must print alike.
bool is_whole_float(const Json& value) {
  if (!value.is_number_float()) return false;
  constexpr double limit = 9223372036854775808.0;  // 2^63
  const double number = value.get<double>();
  return number > -limit && number < limit && std::trunc(number) == number;
}

bool has_whole_float(const Json& value) {
  if (!value.is_structured()) return is_whole_float(value);
  return std::any_of(value.begin(), value.end(), has_whole_float);
}

void make_whole_floats_integers(Json& value) {
  if (is_whole_float(value)) value = static_cast<std::int64_t>(value.get<double>());
  if (!value.is_structured()) return;
  for (Json& element : value) make_whole_floats_integers(element);
}

}  // namespace

std::string printed_json(const Json& value, int indent) {
  return value.dump(indent, ' ', false, Json::error_handler_t::replace);
}

Result<Json> parse_json(std::string_view text, const JsonLimits& limits) {
  if (text.size() > limits.max_bytes) {
    return fail(ErrorKind::too_large, fmt::format("JSON of {} bytes is over the bound of {} bytes",
                                                  text.size(), limits.max_bytes));
  }
  // Parsing does not recurse, but destroying and printing a deep value do.
  if (too_deep(text, limits.max_depth)) {
    return fail(ErrorKind::too_large,
                fmt::format("JSON is nested deeper than {} levels", limits.max_depth));
  }
  // The library takes a NUL for the end, and what follows it for nothing.
  if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos) {
    return fail(ErrorKind::malformed, fmt::format("not valid JSON at byte {}", nul + 1));
  }
  // The library's messages quote the text, which may hold a secret: only the offset is passed on.
  try {
    return Json::parse(text);
  } catch (const Json::parse_error& error) {
    return fail(ErrorKind::malformed, fmt::format("not valid JSON at byte {}", error.byte));
  } catch (const Json::exception&) {
    return fail(ErrorKind::malformed, "not valid JSON: a number is out of range");
  }
}

std::string canonical_json(const Json& value) {
  if (!has_whole_float(value)) return printed_json(value);
  Json copy = value;
  make_whole_floats_integers(copy);
  return printed_json(copy);
}

std::string digest(const Json& value) {
  return sha256(canonical_json(value));
}

std::string sha256(std::string_view bytes) {
  std::array<unsigned char, 32> hash{};
  EVP_Digest(bytes.data(), bytes.size(), hash.data(), nullptr, EVP_sha256(), nullptr);
  std::string text = "sha256:";
  for (const unsigned char byte : hash) fmt::format_to(std::back_inserter(text), "{:02x}", byte);
  return text;
}

std::string string_or(const Json& object, const char* key, std::string fallback) {
  const Json& member = member_or_null(object, key);
  return member.is_string() ? member.get<std::string>() : std::move(fallback);
}

bool bool_or(const Json& object, const char* key, bool fallback) {
  const Json& member = member_or_null(object, key);
  return member.is_boolean() ? member.get<bool>() : fallback;
}

std::int64_t int_or(const Json& object, const char* key, std::int64_t fallback) {
  const Json& member = member_or_null(object, key);
  if (!member.is_number_integer()) return fallback;
  constexpr std::uint64_t largest = std::numeric_limits<std::int64_t>::max();
  if (member.is_number_unsigned() && member.get<std::uint64_t>() > largest) return fallback;
  return member.get<std::int64_t>();
}

const Json& member_or_null(const Json& object, const char* key) {
  static const Json null;
  if (!object.is_object()) return null;
  const auto found = object.find(key);
  return found == object.end() ? null : *found;
}

}  // namespace syncwright
