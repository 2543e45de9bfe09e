#include "syncwright/core/secret_spellings.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "syncwright/core/encoding.h"
#include "syncwright/core/json.h"
#include "syncwright/core/secret.h"

// A value travels in JSON bodies, in forms and in headers, and each writes it in its own way. Most
// are one-to-one and can be searched for as they are. base64 is not: it turns three bytes into four
// digits, so the digits of a password that stands behind `user:` depend on the length of the user's
// name and, at both ends, on its neighbours' bits. What can be searched for are the digits that the
// value alone decides, once for each of the three positions in which it may begin; the digits at
// the edges are the business of Redaction::hide. A position left out would print every third
// password that a server repeats out of a Basic header.

namespace syncwright {

namespace {

std::string json_escaped(std::string_view value, bool ascii) {
  std::string text = Json(std::string(value)).dump(-1, ' ', ascii, Json::error_handler_t::replace);
  return text.substr(1, text.size() - 2);
}

/// "%2F" as "%2f".
std::string with_small_digits(std::string encoded) {
  for (std::size_t at = encoded.find('%'); at != std::string::npos;
       at = encoded.find('%', at + 3)) {
    for (std::size_t digit = at + 1; digit < at + 3; ++digit) {
      if (encoded[digit] >= 'A' && encoded[digit] <= 'F') encoded[digit] += 'a' - 'A';
    }
  }
  return encoded;
}

std::string with_plus(const std::string& encoded) {
  std::string form;
  for (std::size_t at = 0; at < encoded.size(); ++at) {
    const bool is_blank = encoded.compare(at, 3, "%20") == 0;
    form += is_blank ? '+' : encoded[at];
    if (is_blank) at += 2;
  }
  return form;
}

std::string in_standard_alphabet(std::string base64url) {
  std::replace(base64url.begin(), base64url.end(), '-', '+');
  std::replace(base64url.begin(), base64url.end(), '_', '/');
  return base64url;
}

/// The digits of base64 that depend on `value` alone where `before` bytes of a group of three come
/// first, whatever follows.
std::string base64_within(std::string_view value, std::size_t before) {
  std::string bytes(before, '\0');
  bytes += value;
  std::string digits = base64url_encode(bytes);
  digits.resize(bytes.size() * 8 / 6);
  wipe(bytes);
  const std::size_t shared = (before * 8 + 5) / 6;
  return digits.size() <= shared ? std::string() : digits.substr(shared);
}

}  // namespace

SecretSpellings::SecretSpellings(std::string_view value) {
  const auto add = [this](std::string text, bool base64 = false) {
    const bool is_known =
        std::any_of(spellings_.begin(), spellings_.end(),
                    [&text](const SecretSpelling& known) { return known.text == text; });
    if (!text.empty() && !is_known) spellings_.push_back({std::move(text), base64});
  };
  add(std::string(value));
  add(json_escaped(value, false));
  add(json_escaped(value, true));
  add(json_escaped(json_escaped(value, false), false));
  const std::string encoded = percent_encode(value);
  add(encoded);
  add(with_small_digits(encoded));
  add(with_plus(encoded));
  add(with_plus(with_small_digits(encoded)));
  for (const std::string& digits : {base64url_encode(value), base64_within(value, 0),
                                    base64_within(value, 1), base64_within(value, 2)}) {
    add(digits, true);
    add(in_standard_alphabet(digits), true);
  }
}

SecretSpellings::~SecretSpellings() {
  for (SecretSpelling& spelling : spellings_) wipe(spelling.text);
}

}  // namespace syncwright
