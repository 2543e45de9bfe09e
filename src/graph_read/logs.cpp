#include "syncwright/graph_read/logs.h"

#include <fmt/format.h>

#include <algorithm>

#include "syncwright/graph_read/answer_text.h"
#include "syncwright/graph_read/graph_path.h"

namespace syncwright::graph_read {
namespace {

constexpr std::size_t kMaxPage = 500;

std::string either(const std::string& first, const std::string& second) {
  return first.empty() ? second : first;
}

/// v1.0 answers "stagedDelete", older samples "StagedDelete" (docs/graph.md#13.38).
std::string lower_camel(std::string word) {
  if (!word.empty() && word[0] >= 'A' && word[0] <= 'Z') {
    word[0] = static_cast<char>(word[0] - 'A' + 'a');
  }
  return word;
}

std::string identity_of(const Json& entry, const char* key) {
  const Json& identity = member_or_null(entry, key);
  return either(plain_member(identity, "displayName"), plain_member(identity, "id"));
}

/// Some old samples hold an array of one (docs/graph.md#13.38).
const Json& service_principal_of(const Json& entry) {
  const Json& principal = member_or_null(entry, "servicePrincipal");
  return principal.is_array() && !principal.empty() ? principal.front() : principal;
}

/// v1.0 has provisioningStatusInfo with errorInformation in it, the guide's beta statusInfo with
/// the same members beside the status.
void decode_status(const Json& entry, ProvisioningLogEntry& decoded) {
  const Json& current = member_or_null(entry, "provisioningStatusInfo");
  const Json& status = current.is_object() ? current : member_or_null(entry, "statusInfo");
  const Json& nested = member_or_null(status, "errorInformation");
  const Json& error = nested.is_object() ? nested : status;
  decoded.status = lower_camel(plain_member(status, "status"));
  decoded.error_code = plain_member(error, "errorCode");
  decoded.reason = plain_member(error, "reason");
  decoded.recommended_action = plain_member(error, "recommendedAction");
}

ProvisioningLogEntry decode_entry(const Json& entry) {
  ProvisioningLogEntry decoded;
  decoded.id = plain_member(entry, "id");
  decoded.time = plain_member(entry, "activityDateTime");
  decoded.action =
      lower_camel(either(plain_member(entry, "provisioningAction"), plain_member(entry, "action")));
  decode_status(entry, decoded);
  decoded.source = identity_of(entry, "sourceIdentity");
  decoded.target = identity_of(entry, "targetIdentity");
  decoded.source_id = plain_member(member_or_null(entry, "sourceIdentity"), "id");
  decoded.job_id = plain_member(entry, "jobId");
  decoded.service_principal_id = plain_member(service_principal_of(entry), "id");
  const Json& modified = member_or_null(entry, "modifiedProperties");
  if (modified.is_array()) {
    for (const Json& property : modified) {
      decoded.modified.emplace_back(plain_member(property, "displayName"),
                                    plain_member(property, "newValue"));
    }
  }
  return decoded;
}

/// [G] Filter values are case-sensitive, and which spelling the status has is not told
/// (docs/graph.md#13.37).
std::string failed_filter() {
  return "(provisioningStatusInfo/status eq 'failure' or provisioningStatusInfo/status eq "
         "'Failure')";
}

std::string filter_of(const LogQuery& query) {
  std::vector<std::string> parts;
  if (!query.service_principal_id.empty()) {
    parts.push_back("servicePrincipal/id eq " + odata_string(query.service_principal_id));
  }
  if (query.since) parts.push_back("activityDateTime gt " + format_rfc3339(*query.since));
  if (query.failed_only) parts.push_back(failed_filter());
  return fmt::format("{}", fmt::join(parts, " and "));
}

}  // namespace

Result<std::vector<ProvisioningLogEntry>> read_provisioning_logs(GraphConnection& connection,
                                                                 const LogQuery& query,
                                                                 std::stop_token stop) {
  const std::string filter = filter_of(query);
  const std::string top = std::to_string(std::min(std::max<std::size_t>(query.limit, 1), kMaxPage));
  const std::string path = "/auditLogs/provisioning";
  const Result<std::vector<Json>> items = connection.get_first(
      filter.empty()
          ? with_query(path, {{"$orderby", "activityDateTime desc"}, {"$top", top}})
          : with_query(path,
                       {{"$filter", filter}, {"$orderby", "activityDateTime desc"}, {"$top", top}}),
      query.limit, std::move(stop));
  if (!items) return fail(items.error());
  std::vector<ProvisioningLogEntry> entries;
  for (const Json& item : *items) entries.push_back(decode_entry(item));
  std::stable_sort(entries.begin(), entries.end(),
                   [](const ProvisioningLogEntry& left, const ProvisioningLogEntry& right) {
                     return parse_rfc3339(left.time) > parse_rfc3339(right.time);
                   });
  return entries;
}

}  // namespace syncwright::graph_read
