#include "cli/hold.h"

#include <algorithm>
#include <chrono>

#include "syncwright/graph_write/graph_writer.h"
#include "syncwright/model/ownership.h"

namespace syncwright::cli {
namespace {

/// A replica may show the tags of before for seconds (API.md 6).
constexpr std::chrono::seconds kReplicaLag{30};
constexpr std::chrono::milliseconds kPause{500};

TagEdit edit_of(const std::optional<std::string>& reason) {
  TagEdit edit{{}, {std::string(kHoldTag)}};
  if (reason) {
    edit.add.push_back(std::string(kHoldTag) + ":" + *reason);
  }
  return edit;
}

Result<std::vector<std::string>> read_tags(Session& session, Connection& connection,
                                           const std::string& id) {
  auto principal = connection.reader().service_principal(id, session.stop);
  if (!principal) {
    return fail(principal.error());
  }
  if (!*principal) {
    return fail(ErrorKind::not_found, fmt::format("service principal {} is gone", id));
  }
  return std::move((*principal)->tags);
}

bool holds(const std::vector<std::string>& tags, const std::optional<std::string>& reason) {
  const auto tag = tag_value(tags, kHoldTag);
  return reason ? tag == ":" + *reason : !tag.has_value();
}

Result<void> confirm(Session& session, Connection& connection, const std::string& id,
                     const std::optional<std::string>& reason) {
  const Instant deadline = session.clock.now() + kReplicaLag;
  while (true) {
    const auto tags = read_tags(session, connection, id);
    if (!tags) {
      return fail(tags.error());
    }
    if (holds(*tags, reason)) {
      return {};
    }
    if (session.clock.now() >= deadline || !session.clock.wait(kPause, session.stop)) {
      return fail(ErrorKind::stored_differently, "the tag was written and does not show");
    }
  }
}

}  // namespace

Result<void> set_hold(Session& session, Connection& connection,
                      const std::string& service_principal_id,
                      const std::optional<std::string>& reason) {
  auto tags = read_tags(session, connection, service_principal_id);
  if (!tags) {
    return fail(tags.error());
  }
  if (holds(*tags, reason)) {
    return {};
  }
  GraphWriter writer(connection.graph());
  auto written = writer.update_service_principal(service_principal_id,
                                                 apply_edit(std::move(*tags), edit_of(reason)),
                                                 std::nullopt, session.stop);
  if (!written) {
    return fail(written.error());
  }
  return confirm(session, connection, service_principal_id, reason);
}

bool is_held(const std::vector<std::string>& tags) {
  return tag_value(tags, kHoldTag).has_value();
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
