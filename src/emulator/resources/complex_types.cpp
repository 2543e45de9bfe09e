#include "emulator/resources/complex_types.h"

#include <array>

namespace syncwright::emulator::complex_types {

/// A namespace of their own, as short names serve the rows well and everybody else badly.
namespace {

using enum PropertyType;
using V = InVersions;
using S = Shown;
using Row = ObjectProperty;

// A list that Graph's metadata lets be null says `may_be_null`. A member without `members` whose
// type is an object is open, or of one of several types.

constexpr auto key_value_rows = std::to_array<Row>({{.name = "key"}, {.name = "value"}});
constexpr ComplexType key_value{key_value_rows};

constexpr auto add_in_rows =
    std::to_array<Row>({{.name = "id", .type = guid},
                        {.name = "properties", .type = objects, .members = &key_value},
                        {.name = "type", .type = required_text}});

constexpr auto permission_scope_rows = std::to_array<Row>({{.name = "adminConsentDescription"},
                                                           {.name = "adminConsentDisplayName"},
                                                           {.name = "id", .type = guid},
                                                           {.name = "isEnabled", .type = boolean},
                                                           {.name = "origin"},
                                                           {.name = "type", .words = "Admin User"},
                                                           {.name = "userConsentDescription"},
                                                           {.name = "userConsentDisplayName"},
                                                           {.name = "value"}});

constexpr auto pre_authorized_rows = std::to_array<Row>({{.name = "appId"},
                                                         {.name = "delegatedPermissionIds",
                                                          .type = texts,
                                                          .beta_name = "permissionIds",
                                                          .may_be_null = true}});
constexpr ComplexType pre_authorized_application{pre_authorized_rows};

constexpr auto api_rows = std::to_array<Row>(
    {{.name = "acceptMappedClaims", .type = optional_boolean},
     {.name = "knownClientApplications", .type = texts, .may_be_null = true},
     {.name = "oauth2PermissionScopes", .type = objects, .members = &permission_scope},
     {.name = "preAuthorizedApplications",
      .type = objects,
      .members = &pre_authorized_application,
      .may_be_null = true},
     {.name = "requestedAccessTokenVersion", .type = integer}});

constexpr auto app_role_rows =
    std::to_array<Row>({{.name = "allowedMemberTypes", .type = texts, .words = "User Application"},
                        {.name = "description"},
                        {.name = "displayName"},
                        {.name = "id", .type = guid},
                        {.name = "isEnabled", .type = boolean},
                        {.name = "origin"},
                        {.name = "value"}});

constexpr auto authentication_behaviors_rows =
    std::to_array<Row>({{.name = "blockAzureADGraphAccess", .type = optional_boolean},
                        {.name = "removeUnverifiedEmailClaim", .type = optional_boolean},
                        {.name = "requireClientServicePrincipal", .type = optional_boolean}});

constexpr auto informational_url_rows = std::to_array<Row>({{.name = "logoUrl"},
                                                            {.name = "marketingUrl"},
                                                            {.name = "privacyStatementUrl"},
                                                            {.name = "supportUrl"},
                                                            {.name = "termsOfServiceUrl"}});

// The words of `type` and `usage` are key_credentials.cpp's, whose refusals name them.
constexpr auto key_credential_rows = std::to_array<Row>({{.name = "customKeyIdentifier"},
                                                         {.name = "displayName"},
                                                         {.name = "endDateTime", .type = moment},
                                                         {.name = "key", .shown = S::when_selected},
                                                         {.name = "keyId", .type = guid},
                                                         {.name = "startDateTime", .type = moment},
                                                         {.name = "type"},
                                                         {.name = "usage"}});

constexpr auto password_credential_rows =
    std::to_array<Row>({{.name = "customKeyIdentifier"},
                        {.name = "displayName"},
                        {.name = "endDateTime", .type = moment},
                        {.name = "hint"},
                        {.name = "keyId", .type = guid},
                        {.name = "secretText"},
                        {.name = "startDateTime", .type = moment}});
constexpr ComplexType password_credential{password_credential_rows};

constexpr auto cors_configuration_rows =
    std::to_array<Row>({{.name = "allowedHeaders", .type = texts, .may_be_null = true},
                        {.name = "allowedMethods", .type = texts, .may_be_null = true},
                        {.name = "allowedOrigins", .type = texts, .may_be_null = true},
                        {.name = "maxAgeInSeconds", .type = integer},
                        {.name = "resource"}});
constexpr ComplexType cors_configuration{cors_configuration_rows};

constexpr auto application_segment_rows = std::to_array<Row>({{.name = "alternateUrl"},
                                                              {.name = "corsConfigurations",
                                                               .type = objects,
                                                               .members = &cors_configuration,
                                                               .may_be_null = true},
                                                              {.name = "externalUrl"},
                                                              {.name = "internalUrl"}});
constexpr ComplexType on_premises_application_segment{application_segment_rows};

constexpr auto kerberos_rows = std::to_array<Row>(
    {{.name = "kerberosServicePrincipalName"}, {.name = "kerberosSignOnMappingAttributeType"}});
constexpr ComplexType kerberos_sign_on_settings{kerberos_rows};

constexpr auto publishing_sign_on_rows = std::to_array<Row>(
    {{.name = "kerberosSignOnSettings", .type = object, .members = &kerberos_sign_on_settings},
     {.name = "singleSignOnMode"}});
constexpr ComplexType on_premises_publishing_sign_on{publishing_sign_on_rows};

constexpr auto domain_certificate_rows = std::to_array<Row>({{.name = "expiryDate", .type = moment},
                                                             {.name = "issueDate", .type = moment},
                                                             {.name = "issuerName"},
                                                             {.name = "subjectName"},
                                                             {.name = "thumbprint"}});
constexpr ComplexType domain_certificates_metadata{domain_certificate_rows};

constexpr auto on_premises_publishing_rows = std::to_array<Row>({
    {.name = "alternateUrl"},
    {.name = "applicationServerTimeout"},
    {.name = "applicationType"},
    {.name = "externalAuthenticationType", .words = "passthru aadPreAuthentication"},
    {.name = "externalUrl"},
    {.name = "internalUrl"},
    {.name = "isAccessibleViaZTNAClient", .type = optional_boolean},
    {.name = "isBackendCertificateValidationEnabled", .type = optional_boolean},
    {.name = "isContinuousAccessEvaluationEnabled", .type = optional_boolean},
    {.name = "isDnsResolutionEnabled", .type = optional_boolean},
    {.name = "isHttpOnlyCookieEnabled", .type = optional_boolean},
    {.name = "isOnPremPublishingEnabled", .type = optional_boolean},
    {.name = "isPersistentCookieEnabled", .type = optional_boolean},
    {.name = "isSecureCookieEnabled", .type = optional_boolean},
    {.name = "isStateSessionEnabled", .type = optional_boolean},
    {.name = "isTranslateHostHeaderEnabled", .type = optional_boolean},
    {.name = "isTranslateLinksInBodyEnabled", .type = optional_boolean},
    {.name = "onPremisesApplicationSegments",
     .type = objects,
     .members = &on_premises_application_segment,
     .may_be_null = true},
    {.name = "segmentsConfiguration", .type = object},
    {.name = "singleSignOnSettings", .type = object, .members = &on_premises_publishing_sign_on},
    {.name = "useAlternateUrlForTranslationAndRedirect", .type = optional_boolean},
    {.name = "verifiedCustomDomainCertificatesMetadata",
     .type = object,
     .members = &domain_certificates_metadata},
    {.name = "verifiedCustomDomainKeyCredential", .type = object, .members = &key_credential},
    {.name = "verifiedCustomDomainPasswordCredential",
     .type = object,
     .members = &password_credential},
    {.name = "wafAllowedHeaders", .type = object},
    {.name = "wafIpRanges", .type = objects, .may_be_null = true},
    {.name = "wafProvider"},
});

constexpr auto optional_claim_rows =
    std::to_array<Row>({{.name = "additionalProperties", .type = texts, .may_be_null = true},
                        {.name = "essential", .type = boolean},
                        {.name = "name", .type = required_text},
                        {.name = "source"}});
constexpr ComplexType optional_claim{optional_claim_rows};

constexpr auto optional_claims_rows = std::to_array<Row>(
    {{.name = "accessToken", .type = objects, .members = &optional_claim, .may_be_null = true},
     {.name = "idToken", .type = objects, .members = &optional_claim, .may_be_null = true},
     {.name = "saml2Token", .type = objects, .members = &optional_claim, .may_be_null = true}});

constexpr auto parental_control_rows =
    std::to_array<Row>({{.name = "countriesBlockedForMinors", .type = texts, .may_be_null = true},
                        {.name = "legalAgeGroupRule",
                         .words = "Allow RequireConsentForPrivacyServices RequireConsentForMinors "
                                  "RequireConsentForKids BlockMinors"}});

constexpr auto password_sso_field_rows = std::to_array<Row>(
    {{.name = "customizedLabel"}, {.name = "defaultLabel"}, {.name = "fieldId"}, {.name = "type"}});
constexpr ComplexType password_sso_field{password_sso_field_rows};

constexpr auto password_sso_rows = std::to_array<Row>(
    {{.name = "fields", .type = objects, .members = &password_sso_field, .may_be_null = true}});

constexpr auto redirect_application_rows =
    std::to_array<Row>({{.name = "redirectUris", .type = texts}});

constexpr auto request_signature_rows =
    std::to_array<Row>({{.name = "allowedWeakAlgorithms", .words = "rsaSha1"},
                        {.name = "isSignedRequestRequired", .type = boolean}});

constexpr auto resource_access_rows =
    std::to_array<Row>({{.name = "id", .type = guid}, {.name = "type", .words = "Scope Role"}});
constexpr ComplexType resource_access{resource_access_rows};

constexpr auto required_resource_access_rows =
    std::to_array<Row>({{.name = "resourceAccess", .type = objects, .members = &resource_access},
                        {.name = "resourceAppId", .type = required_text}});

constexpr auto saml_sso_rows = std::to_array<Row>({{.name = "relayState"}});

constexpr auto service_principal_lock_rows =
    std::to_array<Row>({{.name = "allProperties", .type = optional_boolean},
                        {.name = "credentialsWithUsageSign", .type = optional_boolean},
                        {.name = "credentialsWithUsageVerify", .type = optional_boolean},
                        {.name = "isEnabled", .type = boolean},
                        {.name = "tokenEncryptionKeyId", .type = optional_boolean}});

constexpr auto implicit_grant_rows =
    std::to_array<Row>({{.name = "enableAccessTokenIssuance", .type = optional_boolean},
                        {.name = "enableIdTokenIssuance", .type = optional_boolean}});
constexpr ComplexType implicit_grant_settings{implicit_grant_rows};

constexpr auto redirect_uri_settings_rows =
    std::to_array<Row>({{.name = "index", .type = integer}, {.name = "uri"}});
constexpr ComplexType redirect_uri_settings{redirect_uri_settings_rows};

constexpr auto web_application_rows = std::to_array<Row>(
    {{.name = "homePageUrl"},
     {.name = "implicitGrantSettings", .type = object, .members = &implicit_grant_settings},
     {.name = "logoutUrl"},
     {.name = "oauth2AllowImplicitFlow", .type = optional_boolean, .versions = V::beta},
     {.name = "redirectUris", .type = texts},
     {.name = "redirectUriSettings", .type = objects, .members = &redirect_uri_settings}});

constexpr auto windows_application_rows =
    std::to_array<Row>({{.name = "packageSid"}, {.name = "redirectUris", .type = texts}});

}  // namespace

constexpr ComplexType add_in{add_in_rows};
constexpr ComplexType api_application{api_rows};
constexpr ComplexType app_role{app_role_rows};
constexpr ComplexType authentication_behaviors{authentication_behaviors_rows};
constexpr ComplexType informational_url{informational_url_rows};
constexpr ComplexType key_credential{key_credential_rows};
constexpr ComplexType on_premises_publishing{on_premises_publishing_rows};
constexpr ComplexType optional_claims{optional_claims_rows};
constexpr ComplexType parental_control_settings{parental_control_rows};
constexpr ComplexType password_sso_settings{password_sso_rows};
constexpr ComplexType permission_scope{permission_scope_rows};
constexpr ComplexType redirect_application{redirect_application_rows};
constexpr ComplexType request_signature_verification{request_signature_rows};
constexpr ComplexType required_resource_access{required_resource_access_rows};
constexpr ComplexType saml_sso_settings{saml_sso_rows};
constexpr ComplexType service_principal_lock{service_principal_lock_rows};
constexpr ComplexType web_application{web_application_rows};
constexpr ComplexType windows_application{windows_application_rows};

}  // namespace syncwright::emulator::complex_types
