#include <fmt/format.h>

#include <array>
#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "emulator/graph_error.h"
#include "emulator/odata/listing.h"
#include "emulator/resources/application_instance.h"
#include "emulator/resources/object_type.h"
#include "emulator/resources/owners.h"
#include "emulator/resources/resources.h"
#include "syncwright/core/random.h"

namespace syncwright::emulator {

namespace {

using enum FilterOperation;

constexpr std::array<FilterRule, 5> application_template_filters{{
    {"id", bits(eq, in), 0},
    {"displayName", bits(eq, in, contains, starts_with), 0},
    {"publisher", bits(eq, contains), 0},
    {"categories", bits(any, contains), 0},
    {"supportedProvisioningTypes", bits(any), 0},
}};

/// [G] docs/graph.md#5.1 names the option and none of the properties.
constexpr std::array<SortRule, 3> assumed_template_sorts{
    {{"displayName"}, {"publisher"}, {"lastModifiedDateTime"}}};

Listing application_templates_listing() {
  Listing listing;
  listing.context = "applicationTemplates";
  listing.type = "applicationTemplate";
  listing.filters = application_template_filters;
  listing.pages_by_skip = true;
  listing.sorts = assumed_template_sorts;
  listing.sorts_freely = true;
  return listing;
}

/// The wire shape: what a catalog file leaves out is null or empty (docs/graph.md#10.2).
Json shape(const GalleryEntry& entry) {
  Json value = {{"id", nullptr},
                {"categories", Json::array()},
                {"deprecationDate", nullptr},
                {"description", nullptr},
                {"displayName", nullptr},
                {"endpoints", Json::array()},
                {"homePageUrl", nullptr},
                {"isEntraIntegrated", true},
                {"lastModifiedDateTime", nullptr},
                {"logoUrl", nullptr},
                {"publisher", nullptr},
                {"riskFactors", nullptr},
                {"riskScore", nullptr},
                {"supportedProvisioningTypes", Json::array()},
                {"supportedSingleSignOnModes", Json::array()}};
  value.update(entry.application_template);
  return value;
}

std::vector<const Json*> shapes(const Exchange& exchange, std::deque<Json>& values) {
  std::vector<const Json*> items;
  items.reserve(exchange.catalog.gallery.size());
  for (const GalleryEntry& entry : exchange.catalog.gallery) {
    items.push_back(&values.emplace_back(shape(entry)));
  }
  return items;
}

constexpr std::size_t max_name_length = 256;

Json default_roles() {
  const auto role = [](const char* name) {
    return Json{{"id", named_uuid(fmt::format("default app role {}", name))},
                {"allowedMemberTypes", {"User"}},
                {"description", name},
                {"displayName", name},
                {"isEnabled", true},
                {"origin", "Application"},
                {"value", nullptr}};
  };
  return Json::array({role("User"), role("msiam_access")});
}

Json new_application(const Exchange& exchange, const GalleryEntry& entry, const std::string& name) {
  Json value = new_object(application_type());
  value["id"] = random_uuid();
  value["appId"] = random_uuid();
  value["applicationTemplateId"] = entry.application_template["id"];
  value["createdByAppId"] = exchange.call.caller.app_id;
  value["createdDateTime"] = format_rfc3339(exchange.call.now);
  value["displayName"] = name;
  const std::string reference = string_or(exchange.call.body, "serviceManagementReference");
  if (!reference.empty()) value["serviceManagementReference"] = reference;
  value["web"]["homePageUrl"] = member_or_null(entry.application_template, "homePageUrl");
  return value;
}

Json new_service_principal(const Exchange& exchange, const GalleryEntry& entry,
                           const Json& application) {
  Json value = instance_of(exchange, application);
  value["appRoleAssignmentRequired"] = true;
  value["appRoles"] = entry.app_roles.empty() ? default_roles() : entry.app_roles;
  value["tags"] = {"WindowsAzureActiveDirectoryIntegratedApp"};
  constexpr const char* non_gallery = "8adf8e6e-67b2-4cf2-a259-e3dc5476c621";
  if (application["applicationTemplateId"] == non_gallery) {
    value["tags"].push_back("WindowsAzureActiveDirectoryCustomSingleSignOnApplication");
  }
  return value;
}

}  // namespace

Reply list_application_templates(const Exchange& exchange) {
  std::deque<Json> values;
  return list(exchange, application_templates_listing(), shapes(exchange, values));
}

Reply count_application_templates(const Exchange& exchange) {
  std::deque<Json> values;
  return count(exchange, application_templates_listing(), shapes(exchange, values));
}

Reply get_application_template(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  const GalleryEntry* entry = exchange.catalog.find(id);
  return entry ? entity(exchange, application_templates_listing(), shape(*entry))
               : resource_not_found(id);
}

Reply instantiate_application_template(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  const GalleryEntry* entry = exchange.catalog.find(id);
  if (!entry) return resource_not_found(id);
  const std::string name = string_or(exchange.call.body, "displayName");
  if (name.empty() || name.size() > max_name_length) {
    return bad_request(
        "Invalid value specified for property 'displayName' of resource 'Application'.");
  }
  Json application = new_application(exchange, *entry, name);
  Json service_principal = new_service_principal(exchange, *entry, application);
  for (Json* object : {&application, &service_principal}) {
    if (auto refusal = give_owners(exchange, *object)) return *refusal;
  }
  Store& store = exchange.store;
  store.applications.add(application, exchange.call.now);
  store.service_principals.add(service_principal, exchange.call.now);
  Reply reply;
  reply.status = 201;
  reply.context = "microsoft.graph.applicationServicePrincipal";
  reply.body = {
      {"application", on_wire(application_type(), application, exchange.call)},
      {"servicePrincipal", on_wire(service_principal_type(), service_principal, exchange.call)}};
  if (exchange.call.is_beta()) {
    // The guide and old beta samples name the ids so (docs/graph.md#5.1).
    reply.body["application"]["objectId"] = application["id"];
    reply.body["servicePrincipal"]["objectId"] = service_principal["id"];
  }
  return reply;
}

}  // namespace syncwright::emulator
