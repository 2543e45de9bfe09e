#include <array>
#include <deque>
#include <utility>
#include <vector>

#include "listing.h"
#include "resources.h"

namespace syncwright::emulator {

namespace {

using enum Operation;

constexpr unsigned text = bits(eq, contains);

constexpr std::array<FilterRule, 20> filters{{
    {"id", text, 0},
    {"tenantId", text, 0},
    {"jobId", text, 0},
    {"changeId", text, 0},
    {"cycleId", text, 0},
    {"provisioningAction", text, 0},
    {"provisioningStatusInfo/status", text, 0},
    {"activityDateTime", bits(eq, ordering), 0},
    {"durationInMilliseconds", bits(eq, ordering), 0},
    {"sourceIdentity/id", text, 0},
    {"sourceIdentity/displayName", text, 0},
    {"sourceIdentity/identityType", text, 0},
    {"targetIdentity/id", text, 0},
    {"targetIdentity/displayName", text, 0},
    {"targetIdentity/identityType", text, 0},
    {"sourceSystem/displayName", text, 0},
    {"targetSystem/displayName", text, 0},
    {"initiatedBy/displayName", text, 0},
    {"servicePrincipal/id", bits(eq), 0},
    {"servicePrincipal/displayName", bits(eq), 0},
}};

std::string capitalized(std::string name) {
  if (!name.empty() && name.front() >= 'a')
    name.front() = static_cast<char>(name.front() - 'a' + 'A');
  return name;
}

/// Beta keeps the older names beside the current ones (API.md 7).
Json with_legacy_names(const Json& entry) {
  Json wire = entry;
  wire["action"] = capitalized(string_or(entry, "provisioningAction"));
  const Json& status = member_or_null(entry, "provisioningStatusInfo");
  const Json& error = member_or_null(status, "errorInformation");
  Json info = error.is_object() ? error : Json::object();
  info["@odata.type"] =
      error.is_object() ? "#microsoft.graph.statusDetails" : "#microsoft.graph.statusBase";
  info["status"] = member_or_null(status, "status");
  wire["statusInfo"] = std::move(info);
  return wire;
}

}  // namespace

Reply list_provisioning_log(const Exchange& exchange) {
  Listing listing;
  listing.context = "auditLogs/provisioning";
  listing.type = "provisioningObjectSummary";
  listing.filters = filters;
  listing.max_page = 500;
  listing.ignores_case = false;
  listing.sort_key = "activityDateTime";
  listing.sorts_freely = true;
  std::deque<Json> copies;
  std::vector<const Json*> items;
  // Newest first, as the portal shows them.
  for (auto entry = exchange.store.log.rbegin(); entry != exchange.store.log.rend(); ++entry) {
    items.push_back(exchange.call.is_beta() ? &copies.emplace_back(with_legacy_names(*entry))
                                            : &*entry);
  }
  return list(exchange, listing, std::move(items));
}

}  // namespace syncwright::emulator
