#include "syncwright/graph_read/audits.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <string_view>

#include "syncwright/core/ascii.h"
#include "syncwright/graph_read/answer_text.h"
#include "syncwright/graph_read/graph_path.h"
#include "syncwright/model/ownership.h"

namespace syncwright::graph_read {
namespace {

constexpr std::size_t kMaxEntries = 5000;
constexpr std::size_t kMaxModifications = 20;
constexpr std::size_t kMaxValue = 100;

/// A user's principal name, else an application's display name.
void decode_initiator(const Json& initiated_by, model::LiveEdit& edit) {
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

/// The first of the entry's targets that is asked for; null where none is.
const Json& target_of(const Json& entry, const std::set<std::string>& wanted) {
  static const Json none;
  const Json& targets = member_or_null(entry, "targetResources");
  if (!targets.is_array()) return none;
  const auto target = std::find_if(targets.begin(), targets.end(), [&wanted](const Json& each) {
    return wanted.contains(string_or(each, "id"));
  });
  return target == targets.end() ? none : *target;
}

/// The tag of the last apply as a log value shows it among others; empty where it is not there.
std::string applied_tag_in(const std::string& value) {
  const std::size_t at = value.find(model::kAppliedTag);
  if (at == std::string::npos) return {};
  constexpr const char* kDigits = "0123456789abcdef";
  return value.substr(at, value.find_first_not_of(kDigits, at + model::kAppliedTag.size()) - at);
}

/// [G] Whether the service masks what it logs of credentials is not recorded: none of that is kept.
bool assumed_secret(const std::string& activity, const std::string& property) {
  static constexpr std::string_view words[] = {"credential", "secret", "password", "token", "key"};
  const auto is_in = [](const std::string& text) {
    return std::any_of(std::begin(words), std::end(words), [&text](std::string_view word) {
      return text.find(word) != std::string::npos;
    });
  };
  return is_in(ascii::lower(activity)) || is_in(ascii::lower(property));
}

model::LiveModification decode_modification(const Json& property, const std::string& activity) {
  model::LiveModification modification;
  modification.property = plain_member(property, "displayName", kMaxValue);
  if (assumed_secret(activity, modification.property)) return modification;
  modification.before = plain_member(property, "oldValue", kMaxValue);
  modification.after = plain_member(property, "newValue", kMaxValue);
  return modification;
}

void decode_properties(const Json& target, model::LiveEdit& edit) {
  const Json& properties = member_or_null(target, "modifiedProperties");
  if (!properties.is_array()) return;
  for (const Json& property : properties) {
    edit.properties.push_back(ascii::lower(plain_text(string_or(property, "displayName"))));
    if (edit.modified.size() < kMaxModifications) {
      edit.modified.push_back(decode_modification(property, edit.activity));
    }
    const std::string written = applied_tag_in(string_or(property, "newValue"));
    const bool is_new = written != applied_tag_in(string_or(property, "oldValue"));
    edit.applied = edit.applied || (!written.empty() && is_new);
  }
}

model::LiveEdit decode_edit(const Json& entry, const std::set<std::string>& wanted) {
  model::LiveEdit edit;
  const Json& target = target_of(entry, wanted);
  edit.service_principal_id = string_or(target, "id");
  edit.activity = plain_text(string_or(entry, "activityDisplayName"));
  decode_properties(target, edit);
  edit.at = plain_text(string_or(entry, "activityDateTime"));
  decode_initiator(member_or_null(entry, "initiatedBy"), edit);
  return edit;
}

/// Appends what the log has of `ids` under the filter.
Result<void> read_kind(GraphConnection& connection, const std::string& kind,
                       const std::vector<std::string>& ids, Instant since, EditLog& log,
                       std::stop_token stop) {
  const std::set<std::string> wanted(ids.begin(), ids.end());
  if (wanted.empty()) return {};
  const std::string path =
      with_query("/auditLogs/directoryAudits",
                 {{"$filter", kind + " and activityDateTime ge " + format_rfc3339(since)},
                  {"$orderby", "activityDateTime desc"},
                  {"$top", "500"}});
  const Result<std::vector<Json>> items = connection.get_first(path, kMaxEntries, std::move(stop));
  if (!items) return fail(items.error());
  log.cut = log.cut || items->size() == kMaxEntries;
  for (const Json& item : *items) {
    model::LiveEdit edit = decode_edit(item, wanted);
    const bool succeeded = string_or(item, "result", "success") == "success";
    if (succeeded && !edit.service_principal_id.empty()) log.edits.push_back(std::move(edit));
  }
  return {};
}

/// The service logs every object of a cycle there as well.
constexpr const char* kProvisioning =
    "loggedByService eq 'Account Provisioning' and (startswith(activityDisplayName,'Update ') or "
    "startswith(activityDisplayName,'Enable/') or startswith(activityDisplayName,'Disable/') or "
    "startswith(activityDisplayName,'Add provisioning') or "
    "startswith(activityDisplayName,'Delete provisioning'))";
/// A tenant's directory logs much else besides.
constexpr const char* kDirectory =
    "loggedByService eq 'Core Directory' and (activityDisplayName eq 'Update service principal' or "
    "startswith(activityDisplayName,'Add app role assignment') or "
    "startswith(activityDisplayName,'Remove app role assignment'))";

}  // namespace

Result<EditLog> read_edits(GraphConnection& connection, const EditQuery& query,
                           const std::stop_token& stop) {
  EditLog log;
  auto read = read_kind(connection, kProvisioning, query.provisioning, query.since, log, stop);
  if (read) read = read_kind(connection, kDirectory, query.directory, query.since, log, stop);
  if (!read) return fail(read.error());
  std::vector<model::LiveEdit>& edits = log.edits;
  std::stable_sort(edits.begin(), edits.end(),
                   [](const model::LiveEdit& left, const model::LiveEdit& right) {
                     return parse_rfc3339(left.at) > parse_rfc3339(right.at);
                   });
  if (edits.size() > query.limit) {
    edits.resize(query.limit);
    log.cut = true;
  }
  return log;
}

}  // namespace syncwright::graph_read
