#include "syncwright/plan/credentials_advice.h"

#include <fmt/format.h>

namespace syncwright {

std::string credentials_advice(const DesiredApplication& desired, const LiveJob& live) {
  if (!live.credentials_refused()) return {};
  if (!desired.credentials) {
    return "the target refuses the credentials, and the manifest has none: save them where they "
           "were entered, or add `credentials`";
  }
  const SourceRange& where = desired.credentials->where;
  const std::string place =
      where.line > 0 ? fmt::format(" ({}:{})", where.file, where.line) : std::string();
  const char* step = desired.credentials->revision ? "change" : "add";
  return fmt::format(
      "the target refuses the credentials: once their secrets are right, {} "
      "`credentials.revision`{}, and apply saves them again",
      step, place);
}

}  // namespace syncwright
