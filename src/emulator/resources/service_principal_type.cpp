#include <array>

#include "emulator/resources/complex_types.h"
#include "emulator/resources/object_type.h"

namespace syncwright::emulator {

/// A namespace of their own, as short names serve the rows well and everybody else badly.
namespace service_principal_rows {

namespace {

using enum PropertyType;
using A = Access;
using V = InVersions;
using S = Shown;

constexpr std::string_view info = R"({
    "logoUrl": null, "marketingUrl": null, "privacyStatementUrl": null, "supportUrl": null,
    "termsOfServiceUrl": null})";
constexpr std::string_view publisher =
    R"({"addedDateTime": null, "displayName": null, "verifiedPublisherId": null})";

/// "servicePrincipal resource type" of the reference, in both versions (docs/graph.md#5.2.1).
constexpr std::array<ObjectProperty, 43> properties{{
    {.name = "id", .access = A::read_only},
    {.name = "accountEnabled", .type = boolean, .initial = "true"},
    {.name = "addIns", .type = objects, .members = &complex_types::add_in},
    {.name = "alternativeNames", .type = texts},
    {.name = "appDescription", .access = A::read_only},
    {.name = "appDisplayName", .access = A::read_only},
    {.name = "appId", .access = A::at_creation},
    {.name = "appOwnerOrganizationId", .access = A::read_only},
    {.name = "appRoleAssignmentRequired", .type = boolean, .initial = "false"},
    {.name = "appRoles", .type = objects, .members = &complex_types::app_role},
    {.name = "applicationTemplateId", .access = A::read_only},
    {.name = "createdByAppId", .access = A::read_only},
    {.name = "customSecurityAttributes",
     .type = object,
     .access = A::read_only,
     .shown = S::when_selected},
    {.name = "deletedDateTime", .access = A::read_only},
    {.name = "description", .max_length = 1024},
    {.name = "disabledByMicrosoftStatus", .access = A::read_only},
    {.name = "displayName", .type = required_text, .max_length = 256},
    {.name = "errorUrl", .versions = V::beta},
    {.name = "homepage"},
    {.name = "info",
     .type = object,
     .access = A::read_only,
     .initial = info,
     .members = &complex_types::informational_url},
    {.name = "isDisabled", .type = optional_boolean},
    {.name = "keyCredentials", .type = objects, .members = &complex_types::key_credential},
    {.name = "loginUrl"},
    {.name = "logoutUrl"},
    {.name = "notes", .max_length = 1024},
    {.name = "notificationEmailAddresses", .type = texts},
    {.name = "oauth2PermissionScopes",
     .type = objects,
     .beta_name = "publishedPermissionScopes",
     .members = &complex_types::permission_scope},
    {.name = "passwordCredentials", .type = objects, .access = A::read_only},
    {.name = "passwordSingleSignOnSettings",
     .type = object,
     .versions = V::beta,
     .members = &complex_types::password_sso_settings},
    {.name = "preferredSingleSignOnMode", .words = "password saml notSupported oidc"},
    {.name = "preferredTokenSigningKeyEndDateTime", .access = A::read_only, .versions = V::beta},
    {.name = "preferredTokenSigningKeyThumbprint"},
    {.name = "publisherName", .access = A::read_only, .versions = V::beta},
    {.name = "replyUrls", .type = texts},
    {.name = "resourceSpecificApplicationPermissions",
     .type = objects,
     .access = A::read_only,
     .versions = V::v1},
    {.name = "samlMetadataUrl", .versions = V::beta},
    {.name = "samlSingleSignOnSettings",
     .type = object,
     .members = &complex_types::saml_sso_settings},
    {.name = "servicePrincipalNames", .type = texts},
    {.name = "servicePrincipalType", .access = A::read_only, .initial = R"("Application")"},
    {.name = "signInAudience", .access = A::read_only, .initial = R"("AzureADMyOrg")"},
    {.name = "tags", .type = texts},
    {.name = "tokenEncryptionKeyId", .type = guid},
    {.name = "verifiedPublisher", .type = object, .access = A::read_only, .initial = publisher},
}};

}  // namespace

}  // namespace service_principal_rows

const ObjectType& service_principal_type() {
  static constexpr ObjectType type{"ServicePrincipal", "#microsoft.graph.servicePrincipal",
                                   service_principal_rows::properties};
  return type;
}

}  // namespace syncwright::emulator
