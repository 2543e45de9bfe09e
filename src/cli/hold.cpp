#include "cli/hold.h"

#include <algorithm>

#include "cli/tag_edit.h"

namespace syncwright::cli {

Result<void> set_hold(Session& session, Connection& connection,
                      const std::string& service_principal_id,
                      const std::optional<std::string>& reason) {
  TagEdit edit{{}, {std::string(kHoldTag)}};
  if (reason) {
    edit.add.push_back(std::string(kHoldTag) + ":" + *reason);
  }
  return edit_tags(session, connection, service_principal_id, edit);
}

bool is_hold_reason(const std::string& text) {
  constexpr std::size_t longest = 100;
  return !text.empty() && text.size() <= longest &&
         std::all_of(text.begin(), text.end(), [](unsigned char c) {
           return std::isalnum(c) != 0 ||
                  std::string_view(" ,._#/-").find(static_cast<char>(c)) != std::string_view::npos;
         });
}

}  // namespace syncwright::cli
