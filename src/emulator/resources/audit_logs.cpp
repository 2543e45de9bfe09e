#include <array>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "emulator/cycles/provisioning_event.h"
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
    {"targetResources/displayName", bits(any), 0},
    {"targetResources/type", bits(any), 0},
}};

constexpr std::array<FilterRule, 20> log_filters{{
    {"id", as_text, 0},
    {"tenantId", as_text, 0},
    {"jobId", as_text, 0},
    {"changeId", as_text, 0},
    {"cycleId", as_text, 0},
    {"provisioningAction", as_text, 0},
    {"provisioningStatusInfo/status", as_text, 0},
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
    {"servicePrincipal/id", bits(eq), 0},
    {"servicePrincipal/displayName", bits(eq), 0},
}};

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
  listing.sort_key = "activityDateTime";
  listing.sorts_freely = true;
  return listing;
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
  return list(exchange, log_listing("auditLogs/directoryAudits", "directoryAudit", audit_filters),
              std::move(items));
}

}  // namespace syncwright::emulator
