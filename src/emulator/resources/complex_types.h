#pragma once

#include "emulator/resources/object_type.h"

/// The complex types that `application` and `servicePrincipal` are made of, as rows of the same
/// kind as the two types themselves (docs/graph.md#5.2.8).
namespace syncwright::emulator::complex_types {

extern const ComplexType add_in;
extern const ComplexType api_application;
extern const ComplexType app_role;
extern const ComplexType authentication_behaviors;
extern const ComplexType informational_url;
extern const ComplexType key_credential;
extern const ComplexType on_premises_publishing;
extern const ComplexType optional_claims;
extern const ComplexType parental_control_settings;
extern const ComplexType password_sso_settings;
extern const ComplexType permission_scope;
/// `publicClient` and `spa`
extern const ComplexType redirect_application;
extern const ComplexType request_signature_verification;
extern const ComplexType required_resource_access;
extern const ComplexType saml_sso_settings;
extern const ComplexType service_principal_lock;
extern const ComplexType web_application;
extern const ComplexType windows_application;

}  // namespace syncwright::emulator::complex_types
