#include <algorithm>
#include <set>

#include "syncwright/graph_read/audits.h"
#include "syncwright/graph_read/graph_path.h"
#include "syncwright/graph_read/plain_text.h"

namespace syncwright {
namespace {

constexpr std::size_t kMaxEntries = 5000;

/// A user's principal name, else an application's display name.
void decode_initiator(const Json& initiated_by, LiveEdit& edit) {
  const Json& user = member_or_null(initiated_by, "user");
  if (user.is_object()) {
    edit.by = plain_text(string_or(user, "userPrincipalName", string_or(user, "displayName")));
    edit.by_id = plain_text(string_or(user, "id"));
    return;
  }
  const Json& app = member_or_null(initiated_by, "app");
  edit.by = plain_text(string_or(app, "displayName"));
  edit.by_id = plain_text(string_or(app, "appId", string_or(app, "servicePrincipalId")));
}

/// The first of the entry's targets that is asked for; empty where none is.
std::string target_of(const Json& entry, const std::set<std::string>& wanted) {
  const Json& targets = member_or_null(entry, "targetResources");
  if (!targets.is_array()) return {};
  for (const Json& target : targets) {
    std::string id = string_or(target, "id");
    if (wanted.contains(id)) return id;
  }
  return {};
}

}  // namespace

Result<std::vector<LiveEdit>> read_edits(GraphConnection& connection,
                                         const std::vector<std::string>& service_principal_ids,
                                         Instant since, std::size_t limit, std::stop_token stop) {
  const std::set<std::string> wanted(service_principal_ids.begin(), service_principal_ids.end());
  std::vector<LiveEdit> edits;
  if (wanted.empty()) return edits;
  const std::string filter =
      "loggedByService eq 'Account Provisioning' and activityDateTime ge " + format_rfc3339(since);
  const std::string path =
      with_query("/auditLogs/directoryAudits",
                 {{"$filter", filter}, {"$orderby", "activityDateTime desc"}, {"$top", "500"}});
  const Result<std::vector<Json>> items = connection.get_first(path, kMaxEntries, std::move(stop));
  if (!items) return fail(items.error());
  for (const Json& item : *items) {
    LiveEdit edit;
    edit.service_principal_id = target_of(item, wanted);
    const std::string result = string_or(item, "result", "success");
    if (edit.service_principal_id.empty() || result != "success") continue;
    edit.activity = plain_text(string_or(item, "activityDisplayName"));
    edit.at = plain_text(string_or(item, "activityDateTime"));
    decode_initiator(member_or_null(item, "initiatedBy"), edit);
    edits.push_back(std::move(edit));
  }
  std::stable_sort(edits.begin(), edits.end(), [](const LiveEdit& left, const LiveEdit& right) {
    return parse_rfc3339(left.at) > parse_rfc3339(right.at);
  });
  if (edits.size() > limit) edits.resize(limit);
  return edits;
}

}  // namespace syncwright
