#include "syncwright/graph_read/answer_text.h"

#include <algorithm>
#include <cstdint>

#include "syncwright/core/redaction.h"
#include "syncwright/core/secret.h"
#include "syncwright/core/text.h"

namespace syncwright::graph_read {

namespace {

/// C0, DEL, C1, the separators of lines and the marks that reorder what a terminal shows.
bool becomes_blank(std::uint32_t code) {
  return code <= 0x20 || (code >= 0x7f && code <= 0xa0) || (code >= 0x200e && code <= 0x200f) ||
         (code >= 0x2028 && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
}

}  // namespace

std::string plain_text(std::string_view text, std::size_t max_bytes) {
  std::string plain;
  bool blank = false;
  while (!text.empty()) {
    const CodePoint character = decode_utf8(text);
    const std::string_view bytes = text.substr(0, character.length);
    text.remove_prefix(character.length);
    if (!character.valid) continue;
    if (becomes_blank(character.value)) {
      blank = !plain.empty();
      continue;
    }
    if (plain.size() + (blank ? 1 : 0) + bytes.size() + kCutMark.size() > max_bytes) {
      return plain.append(kCutMark);
    }
    if (blank) plain += ' ';
    blank = false;
    plain.append(bytes);
  }
  return plain;
}

std::string plain_member(const Json& object, const char* key, std::size_t max_bytes) {
  return plain_text(string_or(object, key), max_bytes);
}

namespace {

constexpr std::size_t kShortest = 4;
constexpr std::string_view kExplained = "; (secret) is a value that the answer repeated";

bool holds(std::string_view text, std::string_view value) {
  if (value.size() < kShortest) return false;
  if (text.find(value) != std::string_view::npos) return true;
  if (!text.ends_with(kCutMark)) return false;
  text.remove_suffix(kCutMark.size());
  for (; value.size() >= kShortest; value.remove_suffix(1)) {
    if (text.ends_with(value)) return true;
  }
  return false;
}

bool repeats_short(std::string_view text, std::string_view secret) {
  const SecretSpellings spellings(secret);
  return std::any_of(spellings.all().begin(), spellings.all().end(),
                     [text](const SecretSpelling& spelling) { return holds(text, spelling.text); });
}

/// False where the text has to be withheld.
bool hide(Redaction& redaction, std::string_view text, std::string_view secret) {
  if (secret.size() < kShortestRedacted) {
    return secret.size() < kShortest || !repeats_short(text, secret);
  }
  const SecretSpellings spellings(secret);
  redaction.hide(spellings);
  redaction.hide_parts(spellings);
  return true;
}

bool is_marked(const std::string& text) {
  return text.find(kSecretMark) != std::string::npos;
}

}  // namespace

std::optional<std::string> without_secrets(std::string_view text,
                                           const std::vector<std::string_view>& secrets) {
  Redaction redaction(text);
  for (const std::string_view secret : secrets) {
    std::string plain = plain_text(secret, secret.size() + kCutMark.size());
    const bool hidden =
        hide(redaction, text, secret) && (plain == secret || hide(redaction, text, plain));
    wipe(plain);
    if (!hidden) return std::nullopt;
  }
  return redaction.text();
}

Error without_secrets(Error error, const std::vector<std::string_view>& secrets) {
  error.message = without_secrets(error.message, secrets).value_or(kWithheld);
  for (std::string* text : {&error.code, &error.advice, &error.request_id}) {
    *text = without_secrets(*text, secrets).value_or("");
  }
  const bool marked = is_marked(error.message) || is_marked(error.code) ||
                      is_marked(error.advice) || is_marked(error.request_id);
  if (marked && !error.message.ends_with(kExplained)) error.message += kExplained;
  return error;
}

}  // namespace syncwright::graph_read
