#include <algorithm>
#include <array>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "emulator/cycles/provisioning_event.h"
#include "emulator/graph_error.h"
#include "emulator/odata/listing.h"
#include "emulator/resources/resources.h"

namespace syncwright::emulator {

namespace {

using enum FilterOperation;

constexpr unsigned as_text = bits(eq, contains);

constexpr std::array<FilterRule, 16> audit_filters{{
    {"id", bits(eq), 0},
    {"category", bits(eq), 0},
    {"correlationId", bits(eq), 0},
    {"result", bits(eq), 0},
    {"loggedByService", bits(eq), 0},
    {"activityDisplayName", bits(eq, starts_with), 0},
    {"activityDateTime", bits(eq, ordering), 0},
    {"initiatedBy/user/id", bits(eq), 0},
    {"initiatedBy/user/displayName", bits(eq), 0},
    {"initiatedBy/user/userPrincipalName", bits(eq, starts_with), 0},
    {"initiatedBy/app/appId", bits(eq), 0},
    {"initiatedBy/app/displayName", bits(eq), 0},
    {"initiatedBy/app/servicePrincipalId", bits(eq), 0},
    {"targetResources/id", bits(any), 0},
    {"targetResources/displayName", bits(any, starts_with), 0},
    {"targetResources/type", bits(any), 0},
}};

constexpr std::array<FilterRule, 21> log_filters{{
    {"id", as_text, 0},
    {"tenantId", as_text, 0},
    {"jobId", as_text, 0},
    {"changeId", as_text, 0},
    {"cycleId", as_text, 0},
    {"provisioningAction", as_text, 0},
    {"provisioningStatusInfo/status", as_text, 0},
    {"statusInfo/status", as_text, 0, "provisioningStatusInfo/status"},
    {"activityDateTime", bits(eq, ordering), 0},
    {"durationInMilliseconds", bits(eq, ordering), 0},
    {"sourceIdentity/id", as_text, 0},
    {"sourceIdentity/displayName", as_text, 0},
    {"sourceIdentity/identityType", as_text, 0},
    {"targetIdentity/id", as_text, 0},
    {"targetIdentity/displayName", as_text, 0},
    {"targetIdentity/identityType", as_text, 0},
    {"sourceSystem/displayName", as_text, 0},
    {"targetSystem/displayName", as_text, 0},
    {"initiatedBy/displayName", as_text, 0},
    {"servicePrincipal/id", as_text, 0},
    {"servicePrincipal/displayName", as_text, 0},
}};

constexpr std::array<SortRule, 1> log_sorts{{{"activityDateTime"}}};

/// Beta keeps the older names beside the current ones (docs/graph.md#7).
Json with_legacy_names(const Json& entry) {
  Json wire = entry;
  wire["action"] = capitalize(string_or(entry, "provisioningAction"));
  const Json& status = member_or_null(entry, "provisioningStatusInfo");
  const Json& error = member_or_null(status, "errorInformation");
  Json info = error.is_object() ? error : Json::object();
  info["@odata.type"] =
      error.is_object() ? "#microsoft.graph.statusDetails" : "#microsoft.graph.statusBase";
  info["status"] = member_or_null(status, "status");
  wire["statusInfo"] = std::move(info);
  return wire;
}

Listing log_listing(const char* context, std::string_view type, std::span<const FilterRule> rules) {
  Listing listing;
  listing.context = context;
  listing.type = type;
  listing.filters = rules;
  listing.max_page = 500;
  listing.ignores_case = false;
  listing.sorts = log_sorts;
  listing.sorts_freely = true;
  listing.counts = false;
  return listing;
}

Listing audit_listing() {
  return log_listing("auditLogs/directoryAudits", "directoryAudit", audit_filters);
}

}  // namespace

Reply list_provisioning_log(const Exchange& exchange) {
  const Listing listing =
      log_listing("auditLogs/provisioning", "provisioningObjectSummary", log_filters);
  std::deque<Json> copies;
  std::vector<const Json*> items;
  // Newest first, as the portal shows them.
  const std::deque<Json> entries = exchange.store.log.newest_first();
  for (const Json& entry : entries) {
    items.push_back(exchange.call.is_beta() ? &copies.emplace_back(with_legacy_names(entry))
                                            : &entry);
  }
  return list(exchange, listing, std::move(items));
}

Reply list_directory_audits(const Exchange& exchange) {
  std::vector<const Json*> items;
  const std::deque<Json> entries = exchange.store.audits.newest_first();
  for (const Json& entry : entries) items.push_back(&entry);
  return list(exchange, audit_listing(), std::move(items));
}

Reply get_directory_audit(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  const std::deque<Json> audits = exchange.store.audits.newest_first();
  const auto found = std::find_if(audits.begin(), audits.end(),
                                  [&](const Json& entry) { return string_or(entry, "id") == id; });
  return found == audits.end() ? resource_not_found(id) : entity(exchange, audit_listing(), *found);
}

}  // namespace syncwright::emulator
