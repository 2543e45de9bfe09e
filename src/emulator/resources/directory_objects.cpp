#include "emulator/resources/directory_objects.h"

#include <utility>

namespace syncwright::emulator {

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

}  // namespace syncwright::emulator
