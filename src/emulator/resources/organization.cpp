#include "emulator/odata/listing.h"
#include "emulator/resources/resources.h"

namespace syncwright::emulator {

Reply get_organization(const Exchange& exchange) {
  const Store& store = exchange.store;
  const Json domain = {{"name", store.default_domain},
                       {"capabilities", "Email, OfficeCommunicationsOnline"},
                       {"isDefault", true},
                       {"isInitial", true},
                       {"type", "Managed"}};
  const Json value = {{"id", exchange.tenant_id()},
                      {"displayName", store.tenant_name},
                      {"deletedDateTime", nullptr},
                      {"tenantType", "AAD"},
                      {"verifiedDomains", {domain}}};
  Listing listing;
  listing.context = "organization";
  listing.type = "organization";
  return list(exchange, listing, {&value});
}

}  // namespace syncwright::emulator
