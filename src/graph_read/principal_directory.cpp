#include "graph_read/principal_directory.h"

#include "syncwright/core/text.h"

namespace syncwright::graph_read {
namespace {

using LivePrincipals = std::vector<model::LivePrincipal>;

Result<LivePrincipals> at_most_one(Result<std::optional<model::LivePrincipal>> found) {
  if (!found) return fail(std::move(found).error());
  if (!*found) return LivePrincipals{};
  return LivePrincipals{std::move(**found)};
}

model::LivePrincipal principal_of(const GraphReader::ServicePrincipal& found) {
  return {found.reference.service_principal_id, found.reference.display_name, ""};
}

Result<LivePrincipals> service_principals(GraphReader& reader, const std::string& text, bool is_id,
                                          const std::stop_token& stop) {
  if (is_id) {
    auto found = reader.service_principal(text, stop);
    if (!found) return fail(std::move(found).error());
    if (!*found) return LivePrincipals{};
    return LivePrincipals{principal_of(**found)};
  }
  auto found = reader.list_service_principals_by_name(text, stop);
  if (!found) return fail(std::move(found).error());
  LivePrincipals principals;
  for (const auto& principal : *found) principals.push_back(principal_of(principal));
  return principals;
}

}  // namespace

Result<LivePrincipals> PrincipalDirectory::look_up(const model::DesiredMember& member,
                                                   const std::stop_token& stop) {
  const std::string& text = member.principal;
  const bool is_id = is_guid(text);
  switch (member.type) {
    case model::DesiredMember::Type::user:
      return is_id || text.find('@') != std::string::npos ? at_most_one(reader_.user(text, stop))
                                                          : reader_.users_by_name(text, stop);
    case model::DesiredMember::Type::group:
      return is_id ? at_most_one(reader_.group(text, stop)) : reader_.groups_by_name(text, stop);
    case model::DesiredMember::Type::service_principal:
      return service_principals(reader_, text, is_id, stop);
  }
  return LivePrincipals{};
}

Result<LivePrincipals> PrincipalDirectory::find(const model::DesiredMember& member,
                                                const std::stop_token& stop) {
  return known_.get({member.type, member.principal}, [&] { return look_up(member, stop); });
}

}  // namespace syncwright::graph_read
