#include "syncwright/core/redaction.h"

#include <algorithm>
#include <cstddef>
#include <unordered_set>
#include <utility>

#include "syncwright/core/ascii.h"
#include "syncwright/core/encoding.h"
#include "syncwright/core/json.h"
#include "syncwright/core/secret.h"
#include "syncwright/core/text.h"

// Servers repeat what they were sent: a refused credential comes back in an error message, whole,
// escaped or encoded once more, or cut off somewhere with an ellipsis. So texts of the tenant are
// searched before anything prints them (docs/architecture.md#decision-10), which has two ways to go
// wrong. A form that is not searched for leaks the secret. A form that is searched for although it
// is short marks ordinary words, and the mark itself then tells what the secret is: a password
// "idm" could be read from every text about identity management. Hence the least lengths below, and
// the rule that a short value counts only where it is the whole text.

namespace syncwright {

namespace {

/// As many bytes of a long value give it away.
constexpr std::size_t telling_part = 16;
constexpr std::size_t shortest_beginning = 4;
constexpr std::string_view ellipses[] = {"...", "\xe2\x80\xa6"};

bool is_base64_digit(char character) {
  return ascii::is_letter(character) || ascii::is_digit(character) ||
         std::string_view("+/-_").find(character) != std::string_view::npos;
}

bool continues_character(char character) {
  return (static_cast<unsigned char>(character) & 0xc0u) == 0x80u;
}

std::string_view without_padding(std::string_view text) {
  return text.substr(0, text.find_last_not_of('=') + 1);  // npos + 1: the whole is padding
}

/// Where a text that was cut ends; npos where none was.
std::size_t cut_of(std::string_view text) {
  for (const std::string_view ellipsis : ellipses) {
    if (text.ends_with(ellipsis)) return text.size() - ellipsis.size();
  }
  return std::string_view::npos;
}

}  // namespace

/// Hides whole characters, so that the rest is still UTF-8.
void Redaction::hide(std::size_t begin, std::size_t end) {
  while (begin > 0 && continues_character(text_[begin])) --begin;
  while (end < text_.size() && continues_character(text_[end])) ++end;
  std::fill(hidden_.begin() + static_cast<std::ptrdiff_t>(begin),
            hidden_.begin() + static_cast<std::ptrdiff_t>(end), true);
}

void Redaction::hide(const SecretSpellings& spellings) {
  for (const SecretSpelling& spelling : spellings.all()) {
    const std::string_view value = spelling.text;
    if (text_ == value || without_padding(text_) == value) hide(0, text_.size());
    if (value.size() < kShortestRedacted) continue;
    for (std::size_t at = text_.find(value); at != std::string_view::npos;
         at = text_.find(value, at + 1)) {
      std::size_t begin = at;
      std::size_t end = at + value.size();
      if (spelling.base64) {  // the digits beside it hold bits of it as well
        if (begin > 0 && is_base64_digit(text_[begin - 1])) --begin;
        if (end < text_.size() && is_base64_digit(text_[end])) ++end;
      }
      hide(begin, end);
    }
  }
}

void Redaction::hide_parts(const SecretSpellings& spellings) {
  std::unordered_set<std::string_view> parts;
  for (const SecretSpelling& spelling : spellings.all()) {
    const std::string_view value = spelling.text;
    for (std::size_t at = 0; at + telling_part <= value.size(); ++at) {
      parts.insert(value.substr(at, telling_part));
    }
  }
  for (std::size_t at = 0; at + telling_part <= text_.size(); ++at) {
    if (parts.contains(text_.substr(at, telling_part))) hide(at, at + telling_part);
  }
  const std::size_t cut = cut_of(text_);
  if (cut == std::string_view::npos) return;
  for (const SecretSpelling& spelling : spellings.all()) {
    std::string_view beginning = spelling.text;
    for (; beginning.size() >= shortest_beginning; beginning.remove_suffix(1)) {
      if (!text_.substr(0, cut).ends_with(beginning)) continue;
      hide(cut - beginning.size(), cut);
      break;
    }
  }
}

bool Redaction::found() const {
  return std::find(hidden_.begin(), hidden_.end(), true) != hidden_.end();
}

std::string Redaction::text() const {
  std::string redacted;
  for (std::size_t at = 0; at < text_.size(); ++at) {
    if (!hidden_[at]) {
      redacted += text_[at];
    } else if (at == 0 || !hidden_[at - 1]) {
      redacted += kSecretMark;
    }
  }
  return redacted;
}

std::string without_held_secrets(std::string_view text) {
  Redaction redaction(text);
  // Every request asks this of its address. An access token has a copy for each request in flight,
  // and all its spellings are at least as long as itself: longer than any address, mostly.
  std::unordered_set<std::string_view> asked;
  Secret::visit_living([&](std::string_view value) {
    if (value.size() > text.size() || !asked.insert(value).second) return;
    redaction.hide(SecretSpellings(value));
  });
  return redaction.text();
}

std::string without_plain_parts(std::string_view text, std::string_view value) {
  const auto is_part = [&](std::size_t at) {
    return at + telling_part <= text.size() &&
           value.find(text.substr(at, telling_part)) != std::string_view::npos;
  };
  std::string told;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t blank = text.substr(0, at + telling_part).rfind(' ');
    if (blank != std::string_view::npos && blank >= at) {  // no part reaches over it
      told += text.substr(at, blank + 1 - at);
      at = blank + 1;
    } else if (is_part(at)) {
      while (is_part(at)) ++at;
      at += telling_part - 1;
      told += kSecretMark;
    } else {
      told += text[at++];
    }
  }
  return told;
}

// A log has an id for every request, and to look for every secret in every id would grow with the
// square of a run.
std::string request_id_for_log(std::string_view header) {
  return is_guid(header) ? std::string(header) : without_held_secrets(header);
}

// A value travels in JSON bodies, in forms and in headers, and each writes it in its own way. Most
// are one-to-one and can be searched for as they are. base64 is not: it turns three bytes into four
// digits, so the digits of a password that stands behind `user:` depend on the length of the user's
// name and, at both ends, on its neighbours' bits. What can be searched for are the digits that the
// value alone decides, once for each of the three positions in which it may begin; the digits at
// the edges are the business of Redaction::hide. A position left out would print every third
// password that a server repeats out of a Basic header.

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
