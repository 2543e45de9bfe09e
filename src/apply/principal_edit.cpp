#include "syncwright/apply/principal_edit.h"

#include <algorithm>
#include <utility>

namespace syncwright::apply {

namespace {

using ServicePrincipal = graph_read::GraphReader::ServicePrincipal;

/// Foreign tags may come and go beside us: only ours are compared.
bool shows_edit(const ServicePrincipal& read, const model::TagEdit& edit,
                const std::optional<model::PrincipalTexts>& texts) {
  if (texts && !model::has_texts(read.reference, *texts)) return false;
  const auto is_there = [&](const std::string& tag) {
    return std::find(read.tags.begin(), read.tags.end(), tag) != read.tags.end();
  };
  const auto is_to_go = [&](const std::string& tag) {
    return std::any_of(edit.remove_prefixes.begin(), edit.remove_prefixes.end(),
                       [&](const std::string& prefix) { return tag.starts_with(prefix); }) &&
           std::find(edit.add.begin(), edit.add.end(), tag) == edit.add.end();
  };
  return std::all_of(edit.add.begin(), edit.add.end(), is_there) &&
         std::none_of(read.tags.begin(), read.tags.end(), is_to_go);
}

}  // namespace

Result<ServicePrincipal> read_principal(const WriteSession& session,
                                        graph_read::GraphReader& reader, const std::string& id) {
  return poll<ServicePrincipal>(session.policy(),
                                session.target("the service principal to be readable"),
                                [&] { return reader.service_principal(id, session.in_flight()); });
}

Result<Confirmed> edit_principal(WriteSession& session, graph_read::GraphReader& reader,
                                 graph_write::GraphWriter& writer, const PrincipalEdit& edit) {
  model::TagEdit wanted;
  std::vector<std::string> tags;
  TenantWrite write{"servicePrincipal.update",
                    session.target("the service principal to accept its tags"),
                    Resend::after_preparing};
  write.followed_by = {graph_read::GraphReader::service_principal_path(edit.id)};
  write.followed_by.insert(write.followed_by.end(), edit.followed_by.begin(),
                           edit.followed_by.end());
  write.prepare = [&]() -> Result<Next> {
    const auto now = read_principal(session, reader, edit.id);
    if (!now) return fail(now.error());
    auto decided = edit.edit(*now);
    if (!decided) return fail(decided.error());
    wanted = std::move(*decided);
    if (shows_edit(*now, wanted, edit.texts)) return Next::nothing;
    if (auto fresh = edit.check ? edit.check(*now) : Result<void>(); !fresh) {
      return fail(fresh.error());
    }
    tags = model::apply_edit(now->tags, wanted);
    return Next::send;
  };
  write.send = [&](std::stop_token stop) {
    return writer.update_service_principal(edit.id, tags, edit.texts, std::move(stop));
  };
  write.proof = proof_by(
      session, "the service principal to show its tags and name",
      [&] { return reader.service_principal(edit.id, session.in_flight()); },
      [&](const auto& now) { return now && shows_edit(*now, wanted, edit.texts); });
  return write_confirmed(session, write);
}

}  // namespace syncwright::apply
