#include "syncwright/core/redaction.h"

#include <algorithm>
#include <cstddef>
#include <unordered_set>

#include "core/held_secrets.h"
#include "syncwright/core/ascii.h"

// Servers repeat what they were sent: a refused credential comes back in an error message, whole,
// escaped or encoded once more, or cut off somewhere with an ellipsis. So texts of the tenant are
// searched before anything prints them (docs/architecture.md#decision-10), which has two ways to go
// wrong. A form that is not searched for leaks the secret. A form that is searched for although it
// is short marks ordinary words, and the mark itself then tells what the secret is: a password
// "idm" could be read from every text about identity management. Hence the least lengths below, and
// the rule that a short value counts only where it is the whole text.

namespace syncwright {

namespace {

/// So much of a long value gives it away.
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

/// Whole characters: what is left is still UTF-8.
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
  static_cast<void>(any_held_secret([&redaction](std::string_view value) {
    redaction.hide(SecretSpellings(value));
    return false;
  }));
  return redaction.text();
}

}  // namespace syncwright
