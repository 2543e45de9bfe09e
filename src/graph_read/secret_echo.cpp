#include "syncwright/graph_read/secret_echo.h"

#include <algorithm>
#include <array>
#include <string>

#include "syncwright/core/encoding.h"
#include "syncwright/core/json.h"
#include "syncwright/core/secret.h"
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

std::string escaped(std::string_view value, bool ascii) {
  std::string text = Json(std::string(value)).dump(-1, ' ', ascii, Json::error_handler_t::replace);
  return text.substr(1, text.size() - 2);
}

bool repeats(const Error& error, std::string_view secret) {
  if (secret.size() < kShortest) return false;
  std::array<std::string, 5> spellings{std::string(secret), escaped(secret, false),
                                       escaped(secret, true), percent_encode(secret),
                                       plain_text(secret, secret.size() + kCutMark.size())};
  bool found = false;
  for (std::string& spelling : spellings) {
    for (const std::string* text :
         {&error.message, &error.code, &error.advice, &error.request_id}) {
      found = found || holds(*text, spelling);
    }
    wipe(spelling);
  }
  return found;
}

}  // namespace

Error without_secrets(Error error, const std::vector<std::string_view>& secrets) {
  const bool repeated =
      std::any_of(secrets.begin(), secrets.end(),
                  [&error](std::string_view secret) { return repeats(error, secret); });
  if (!repeated) return error;
  Error id;
  id.request_id = error.request_id;
  const bool is_in_id = std::any_of(secrets.begin(), secrets.end(),
                                    [&id](std::string_view secret) { return repeats(id, secret); });
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
