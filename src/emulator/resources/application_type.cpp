#include <array>

#include "emulator/resources/complex_types.h"
#include "emulator/resources/object_type.h"

namespace syncwright::emulator {

/// A namespace of their own, as short names serve the rows well and everybody else badly.
namespace application_rows {

namespace {

using enum PropertyType;
using A = Access;
using V = InVersions;
using S = Shown;

constexpr std::string_view api = R"({
    "acceptMappedClaims": null, "knownClientApplications": [], "oauth2PermissionScopes": [],
    "preAuthorizedApplications": [], "requestedAccessTokenVersion": null})";
constexpr std::string_view info = R"({
    "logoUrl": null, "marketingUrl": null, "privacyStatementUrl": null, "supportUrl": null,
    "termsOfServiceUrl": null})";
constexpr std::string_view parental_controls =
    R"({"countriesBlockedForMinors": [], "legalAgeGroupRule": "Allow"})";
constexpr std::string_view redirects = R"({"redirectUris": []})";
constexpr std::string_view publisher =
    R"({"addedDateTime": null, "displayName": null, "verifiedPublisherId": null})";
constexpr std::string_view unrestricted =
    R"({"@odata.type": "#microsoft.graph.unrestrictedAudience"})";
constexpr std::string_view web = R"({
    "homePageUrl": null, "logoutUrl": null, "redirectUris": [], "redirectUriSettings": [],
    "implicitGrantSettings": {"enableAccessTokenIssuance": false, "enableIdTokenIssuance": false}})";
constexpr std::string_view audiences =
    "AzureADMyOrg AzureADMultipleOrgs AzureADandPersonalMicrosoftAccount PersonalMicrosoftAccount";

/// "application resource type" of the reference, in both versions (docs/graph.md#5.2.1).
constexpr std::array<ObjectProperty, 46> properties{{
    {.name = "id", .access = A::read_only},
    {.name = "addIns", .type = objects, .members = &complex_types::add_in},
    {.name = "api", .type = object, .initial = api, .members = &complex_types::api_application},
    {.name = "appId", .access = A::read_only},
    {.name = "appRoles", .type = objects, .members = &complex_types::app_role},
    {.name = "applicationTemplateId", .access = A::read_only},
    {.name = "authenticationBehaviors",
     .type = object,
     .shown = S::when_selected,
     .members = &complex_types::authentication_behaviors},
    {.name = "certification", .type = object, .access = A::read_only},
    {.name = "createdByAppId", .access = A::read_only},
    {.name = "createdDateTime", .access = A::read_only},
    {.name = "defaultRedirectUri"},
    {.name = "deletedDateTime", .access = A::read_only},
    {.name = "description", .max_length = 1024},
    {.name = "disabledByMicrosoftStatus", .access = A::read_only},
    {.name = "displayName", .type = required_text, .max_length = 256},
    {.name = "groupMembershipClaims"},
    {.name = "identifierUris", .type = texts},
    {.name = "info", .type = object, .initial = info, .members = &complex_types::informational_url},
    {.name = "isDeviceOnlyAuthSupported", .type = optional_boolean},
    {.name = "isDisabled", .type = optional_boolean},
    {.name = "isFallbackPublicClient", .type = optional_boolean},
    {.name = "keyCredentials", .type = objects, .members = &complex_types::key_credential},
    {.name = "managerApplications", .type = texts, .shown = S::when_selected},
    {.name = "nativeAuthenticationApisEnabled", .words = "none all"},
    {.name = "notes", .max_length = 1024},
    {.name = "oauth2RequirePostResponse",
     .type = boolean,
     .initial = "false",
     .shown = S::when_selected},
    {.name = "onPremisesPublishing",
     .type = object,
     .versions = V::beta,
     .shown = S::when_selected,
     .members = &complex_types::on_premises_publishing},
    {.name = "optionalClaims", .type = object, .members = &complex_types::optional_claims},
    {.name = "parentalControlSettings",
     .type = object,
     .initial = parental_controls,
     .members = &complex_types::parental_control_settings},
    {.name = "passwordCredentials", .type = objects, .access = A::read_only},
    {.name = "publicClient",
     .type = object,
     .initial = redirects,
     .members = &complex_types::redirect_application},
    {.name = "publisherDomain", .access = A::read_only},
    {.name = "requestSignatureVerification",
     .type = object,
     .members = &complex_types::request_signature_verification},
    {.name = "requiredResourceAccess",
     .type = objects,
     .max_length = 50,
     .members = &complex_types::required_resource_access},
    {.name = "samlMetadataUrl"},
    {.name = "serviceManagementReference"},
    {.name = "servicePrincipalLockConfiguration",
     .type = object,
     .members = &complex_types::service_principal_lock},
    {.name = "signInAudience",
     .type = required_text,
     .initial = R"("AzureADMyOrg")",
     .words = audiences},
    {.name = "signInAudienceRestrictions",
     .type = object,
     .initial = unrestricted,
     .versions = V::beta,
     .shown = S::when_selected},
    {.name = "spa",
     .type = object,
     .initial = redirects,
     .members = &complex_types::redirect_application},
    {.name = "tags", .type = texts},
    {.name = "tokenEncryptionKeyId", .type = guid},
    {.name = "uniqueName", .max_length = 256},
    {.name = "verifiedPublisher", .type = object, .access = A::read_only, .initial = publisher},
    {.name = "web", .type = object, .initial = web, .members = &complex_types::web_application},
    {.name = "windows",
     .type = object,
     .versions = V::beta,
     .members = &complex_types::windows_application},
}};

}  // namespace

}  // namespace application_rows

const ObjectType& application_type() {
  static constexpr ObjectType type{"Application", "#microsoft.graph.application",
                                   application_rows::properties};
  return type;
}

}  // namespace syncwright::emulator
