#include "syncwright/graph_read/secret_echo.h"

#include <algorithm>
#include <string>

#include "syncwright/core/secret.h"
#include "syncwright/core/secret_spellings.h"
#include "syncwright/graph_read/plain_text.h"

namespace syncwright {
namespace {

constexpr std::size_t kShortest = 4;
/// So much of a long value gives it away: the rest of the text may have been cut.
constexpr std::size_t kTelling = 16;

bool holds(std::string_view text, std::string_view value) {
  if (value.size() < kShortest) return false;
  value = value.substr(0, kTelling);
  if (text.find(value) != std::string_view::npos) return true;
  if (!text.ends_with(kCutMark)) return false;
  text.remove_suffix(kCutMark.size());
  for (; value.size() >= kShortest; value.remove_suffix(1)) {
    if (text.ends_with(value)) return true;
  }
  return false;
}

bool repeats(const Error& error, std::string_view value) {
  const SecretSpellings spellings(value);
  return std::any_of(spellings.all().begin(), spellings.all().end(),
                     [&error](const std::string& spelling) {
                       return holds(error.message, spelling) || holds(error.code, spelling) ||
                              holds(error.advice, spelling) || holds(error.request_id, spelling);
                     });
}

bool repeats_secret(const Error& error, std::string_view secret) {
  if (secret.size() < kShortest) return false;
  if (repeats(error, secret)) return true;
  std::string plain = plain_text(secret, secret.size() + kCutMark.size());
  const bool repeated = plain != secret && repeats(error, plain);
  wipe(plain);
  return repeated;
}

}  // namespace

Error without_secrets(Error error, const std::vector<std::string_view>& secrets) {
  const bool repeated =
      std::any_of(secrets.begin(), secrets.end(),
                  [&error](std::string_view secret) { return repeats_secret(error, secret); });
  if (!repeated) return error;
  Error id;
  id.request_id = error.request_id;
  const bool is_in_id = std::any_of(secrets.begin(), secrets.end(), [&id](std::string_view secret) {
    return repeats_secret(id, secret);
  });
  Error bare;
  if (!is_in_id) bare.request_id = error.request_id;  // Graph's support asks for nothing else
  bare.kind = error.kind;
  bare.status = error.status;
  bare.retry_after = error.retry_after;
  bare.lacks_role = error.lacks_role;
  bare.message = "the answer repeated a secret; its text is withheld";
  return bare;
}

}  // namespace syncwright
