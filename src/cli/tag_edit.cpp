#include "cli/tag_edit.h"

#include <algorithm>
#include <chrono>

#include "syncwright/graph_write/graph_writer.h"

namespace syncwright::cli {
namespace {

/// A replica may show the tags of before for seconds (API.md 6).
constexpr std::chrono::seconds kReplicaLag{30};
constexpr std::chrono::milliseconds kPause{500};

using Tags = std::vector<std::string>;

Result<Tags> read_tags(Session& session, Connection& connection, const std::string& id) {
  auto principal = connection.reader().service_principal(id, session.stop);
  if (!principal) {
    return fail(principal.error());
  }
  if (!*principal) {
    return fail(ErrorKind::not_found, fmt::format("service principal {} is gone", id));
  }
  return std::move((*principal)->tags);
}

/// Whether the edit has nothing to change: the order of tags means nothing.
bool shows(const Tags& tags, const TagEdit& edit) {
  Tags wanted = apply_edit(tags, edit);
  return std::is_permutation(tags.begin(), tags.end(), wanted.begin(), wanted.end());
}

Result<void> confirm(Session& session, Connection& connection, const std::string& id,
                     const TagEdit& edit) {
  const Instant deadline = session.clock.now() + kReplicaLag;
  while (true) {
    const auto tags = read_tags(session, connection, id);
    if (!tags) {
      return fail(tags.error());
    }
    if (shows(*tags, edit)) {
      return {};
    }
    if (session.clock.now() >= deadline || !session.clock.wait(kPause, session.stop)) {
      return fail(ErrorKind::stored_differently, "the tag was written and does not show",
                  "run the command again: a tag that is there is not written twice");
    }
  }
}

}  // namespace

Result<void> edit_tags(Session& session, Connection& connection,
                       const std::string& service_principal_id, const TagEdit& edit) {
  auto tags = read_tags(session, connection, service_principal_id);
  if (!tags) {
    return fail(tags.error());
  }
  if (shows(*tags, edit)) {
    return {};
  }
  GraphWriter writer(connection.graph());
  auto written = writer.update_service_principal(
      service_principal_id, apply_edit(std::move(*tags), edit), std::nullopt, session.stop);
  if (!written) {
    return fail(written.error());
  }
  return confirm(session, connection, service_principal_id, edit);
}

}  // namespace syncwright::cli
