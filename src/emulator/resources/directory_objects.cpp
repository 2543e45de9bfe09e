#include "emulator/resources/directory_objects.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "emulator/graph_error.h"

namespace syncwright::emulator {

namespace {

bool is_text(const Json& value, std::size_t max_length) {
  return value.is_string() &&
         (max_length == 0 || value.get_ref<const std::string&>().size() <= max_length);
}

bool all_of_array(const Json& value, bool (*test)(const Json&)) {
  return value.is_array() && std::all_of(value.begin(), value.end(), test);
}

bool fits(const Json& value, const WritableProperty& property) {
  switch (property.type) {
    case PropertyType::boolean:
      return value.is_boolean();
    case PropertyType::text:
      return value.is_null() || is_text(value, property.max_length);
    case PropertyType::required_text:
      return is_text(value, property.max_length) && !value.get_ref<const std::string&>().empty();
    case PropertyType::texts:
      return all_of_array(value, [](const Json& item) { return item.is_string(); });
    case PropertyType::object:
      return value.is_null() || value.is_object();
    case PropertyType::objects:
      return all_of_array(value, [](const Json& item) { return item.is_object(); });
  }
  return false;
}

}  // namespace

Json application_shape() {
  const Json list = Json::array();
  return {{"id", nullptr},
          {"addIns", list},
          {"api",
           {{"acceptMappedClaims", nullptr},
            {"knownClientApplications", list},
            {"oauth2PermissionScopes", list},
            {"preAuthorizedApplications", list},
            {"requestedAccessTokenVersion", nullptr}}},
          {"appId", nullptr},
          {"appRoles", list},
          {"applicationTemplateId", nullptr},
          {"createdDateTime", nullptr},
          {"deletedDateTime", nullptr},
          {"description", nullptr},
          {"displayName", nullptr},
          {"groupMembershipClaims", nullptr},
          {"identifierUris", list},
          {"isFallbackPublicClient", nullptr},
          {"keyCredentials", list},
          {"notes", nullptr},
          {"optionalClaims", nullptr},
          {"passwordCredentials", list},
          {"publisherDomain", nullptr},
          {"requiredResourceAccess", list},
          {"serviceManagementReference", nullptr},
          {"signInAudience", "AzureADMyOrg"},
          {"tags", list},
          {"tokenEncryptionKeyId", nullptr},
          {"uniqueName", nullptr},
          {"web", {{"homePageUrl", nullptr}, {"logoutUrl", nullptr}, {"redirectUris", list}}}};
}

Json service_principal_shape() {
  const Json list = Json::array();
  return {{"id", nullptr},
          {"accountEnabled", true},
          {"addIns", list},
          {"alternativeNames", list},
          {"appDescription", nullptr},
          {"appDisplayName", nullptr},
          {"appId", nullptr},
          {"appOwnerOrganizationId", nullptr},
          {"appRoleAssignmentRequired", true},
          {"appRoles", list},
          {"applicationTemplateId", nullptr},
          {"deletedDateTime", nullptr},
          {"description", nullptr},
          {"disabledByMicrosoftStatus", nullptr},
          {"displayName", nullptr},
          {"homepage", nullptr},
          {"keyCredentials", list},
          {"loginUrl", nullptr},
          {"logoutUrl", nullptr},
          {"notes", nullptr},
          {"notificationEmailAddresses", list},
          {"oauth2PermissionScopes", list},
          {"passwordCredentials", list},
          {"preferredSingleSignOnMode", nullptr},
          {"replyUrls", list},
          {"resourceSpecificApplicationPermissions", list},
          {"samlSingleSignOnSettings", nullptr},
          {"servicePrincipalNames", list},
          {"servicePrincipalType", "Application"},
          {"signInAudience", "AzureADMyOrg"},
          {"tags", list},
          {"tokenEncryptionKeyId", nullptr}};
}

Json service_principal_on_wire(const Json& value, const Call& call) {
  Json wire = value;
  if (!call.is_beta()) return wire;
  wire["publishedPermissionScopes"] = std::move(wire["oauth2PermissionScopes"]);
  wire.erase("oauth2PermissionScopes");
  wire.erase("resourceSpecificApplicationPermissions");
  wire["errorUrl"] = nullptr;
  wire["publisherName"] = nullptr;
  wire["samlMetadataUrl"] = nullptr;
  wire["passwordSingleSignOnSettings"] = nullptr;
  return wire;
}

std::optional<Reply> apply_patch(const Json& body, std::span<const WritableProperty> writable,
                                 std::string_view resource, Json& value) {
  if (!body.is_object() || body.empty())
    return bad_request("The request body must hold an object.");
  Json changed = value;
  for (auto item = body.begin(); item != body.end(); ++item) {
    const std::string& name = item.key();
    if (name.find('@') != std::string::npos) continue;  // annotations mean nothing here
    const auto property =
        std::find_if(writable.begin(), writable.end(),
                     [&](const WritableProperty& candidate) { return candidate.name == name; });
    if (property == writable.end()) {
      return bad_request(value.contains(name)
                             ? fmt::format("Property '{}' is read-only and cannot be set.", name)
                             : fmt::format("Invalid property '{}'.", name));
    }
    if (!fits(*item, *property)) {
      return bad_request(fmt::format("Invalid value specified for property '{}' of resource '{}'.",
                                     name, resource));
    }
    if (item->is_object() && changed[name].is_object()) {
      changed[name].update(*item);
    } else {
      changed[name] = *item;
    }
  }
  value = std::move(changed);
  return std::nullopt;
}

}  // namespace syncwright::emulator
