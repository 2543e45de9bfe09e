#include "cli/tag_edit.h"

#include <algorithm>
#include <chrono>

#include "syncwright/graph_write/graph_writer.h"

namespace syncwright::cli {
namespace {

/// A replica may show the tags of before for seconds (docs/graph.md#6).
constexpr std::chrono::seconds kReplicaLag{30};
constexpr std::chrono::milliseconds kPause{500};
constexpr std::chrono::minutes kLongestAsked{5};
constexpr int kMostEdits = 6;

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

/// Whether the answer may be another one in a moment.
bool may_pass(const Error& error) {
  return error.kind == ErrorKind::throttled || error.kind == ErrorKind::unavailable ||
         error.kind == ErrorKind::transport || error.kind == ErrorKind::timeout ||
         error.kind == ErrorKind::malformed;
}

}  // namespace

Result<void> edit_tags(Session& session, Connection& connection,
                       const std::string& service_principal_id, const EditOf& edit_of) {
  GraphWriter writer(connection.graph());
  Milliseconds pause = kPause;
  for (int sends = 1;; ++sends) {
    // Nothing stands between this read and the PATCH that is made of it: it is read again before it
    // is sent again.
    auto tags = read_tags(session, connection, service_principal_id);
    if (!tags) {
      return fail(tags.error());
    }
    const TagEdit edit = edit_of(*tags);
    if (shows(*tags, edit)) {
      return {};
    }
    const auto written = writer.update_service_principal(
        service_principal_id, apply_edit(std::move(*tags), edit), std::nullopt, session.stop);
    if (written) {
      return confirm(session, connection, service_principal_id, edit);
    }
    const Error& error = written.error();
    if (sends == kMostEdits || !may_pass(error) || error.retry_after > kLongestAsked ||
        !session.clock.wait(std::max(pause, error.retry_after), session.stop)) {
      return fail(error);
    }
    pause *= 2;
  }
}

Result<void> edit_tags(Session& session, Connection& connection,
                       const std::string& service_principal_id, const TagEdit& edit) {
  return edit_tags(session, connection, service_principal_id,
                   [&edit](const std::vector<std::string>&) { return edit; });
}

}  // namespace syncwright::cli
