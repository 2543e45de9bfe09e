#include "graph_read/exported_members.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "syncwright/core/text.h"
#include "syncwright/graph_read/export_reader.h"

namespace syncwright {
namespace {

DesiredMember::Type type_of(const LiveAssignment& assignment) {
  if (assignment.principal_type == "Group") return DesiredMember::Type::group;
  return assignment.principal_type == "ServicePrincipal" ? DesiredMember::Type::service_principal
                                                         : DesiredMember::Type::user;
}

/// The name, if looking it up finds this principal and no other; plan looks it up the same way.
Result<bool> is_found_by(const std::string& name, DesiredMember::Type type, const std::string& id,
                         PrincipalDirectory& people, const std::stop_token& stop) {
  DesiredMember member;
  member.type = type;
  member.principal = name;
  const auto found = people.find(member, stop);
  if (!found) return fail(found.error());
  return found->size() == 1 && found->front().id == id;
}

/// UPN or display name where that means nobody else, else the id; empty where the principal is not
/// there any more.
Result<std::string> name_of(const LiveAssignment& assignment, PrincipalDirectory& people,
                            const std::stop_token& stop) {
  DesiredMember member;
  member.type = type_of(assignment);
  member.principal = assignment.principal_id;
  const auto found = people.find(member, stop);
  if (!found) return fail(found.error());
  if (found->size() != 1) return std::string();
  const bool is_user = member.type == DesiredMember::Type::user;
  const LivePrincipal& principal = found->front();
  const std::string& name = is_user ? principal.user_principal_name : principal.display_name;
  // An id for a name would be looked up as an id, a user's display name is not worth a look.
  if (name.empty() || is_guid(name) || (is_user && name.find('@') == std::string::npos)) {
    return assignment.principal_id;
  }
  const auto unique = is_found_by(name, member.type, assignment.principal_id, people, stop);
  if (!unique) return fail(unique.error());
  return *unique ? name : assignment.principal_id;
}

bool stops_the_export(const Error& error) {
  return error.kind == ErrorKind::unauthenticated || error.kind == ErrorKind::cancelled;
}

/// A reason for `unread_members`, unless the failure is the export's.
Result<void> give_up(ExportedApplication& application, const Error& error, const char* what) {
  if (stops_the_export(error)) return fail(error);
  application.members.clear();
  application.unread_members = fmt::format("{}: {}", what, error.message);
  return {};
}

}  // namespace

Result<void> read_members(GraphReader& reader, PrincipalDirectory& people,
                          ExportedApplication& application, const std::stop_token& stop) {
  const std::string& id = application.reference.service_principal_id;
  auto roles = reader.app_roles(id, stop);
  if (!roles) return give_up(application, roles.error(), "the roles cannot be read");
  application.app_roles = std::move(*roles);
  const auto assignments = reader.assignments(id, stop);
  if (!assignments) {
    return give_up(application, assignments.error(), "who is assigned cannot be read");
  }
  if (assignments->size() > kMaxExportedMembers) {
    application.unread_members = fmt::format(
        "{} are assigned, which is more than a manifest is meant to list: assign groups",
        assignments->size());
    return {};
  }
  std::size_t gone = 0;
  for (const LiveAssignment& assignment : *assignments) {
    auto name = name_of(assignment, people, stop);
    if (!name) return give_up(application, name.error(), "who is assigned cannot be told");
    if (name->empty()) {
      ++gone;
      continue;
    }
    application.members.push_back({type_of(assignment), std::move(*name), assignment.app_role_id});
  }
  if (gone > 0) {
    application.unread_members = fmt::format("{} of those who are assigned {} not in the directory",
                                             gone, gone == 1 ? "is" : "are");
  }
  std::sort(application.members.begin(), application.members.end(),
            [](const ExportedMember& left, const ExportedMember& right) {
              return std::tie(left.type, left.principal, left.app_role_id) <
                     std::tie(right.type, right.principal, right.app_role_id);
            });
  return {};
}

}  // namespace syncwright
