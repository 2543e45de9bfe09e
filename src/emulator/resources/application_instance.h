#pragma once

#include <optional>
#include <string>

#include "emulator/exchange.h"

/// A service principal is what a tenant has of an application: it takes some of its properties from
/// there (docs/graph.md#5.2.3).
namespace syncwright::emulator {

/// The tenant that Microsoft's own applications are registered in (docs/graph.md#5.2.6).
inline constexpr const char* microsoft_services_tenant = "f8cdef31-a31e-4b4a-93e4-5f571e91255a";

/// A service principal with what it takes from the application, and an id; not stored yet.
[[nodiscard]] Json instance_of(const Exchange& exchange, const Json& application);

/// Writes what changed in an application to its service principals.
void follow_application(const Exchange& exchange, const Json& before, const Json& after);

/// An application of Microsoft's that any tenant may have a service principal of, in the shape of
/// an application; nullopt where the emulator knows none of that appId. It knows Microsoft Graph,
/// with the roles that its operations ask for (permission.h).
[[nodiscard]] std::optional<Json> first_party_application(const std::string& app_id);

/// Microsoft's own service principals are in every tenant from the beginning. Here one is there as
/// soon as a request looks for it by `appId`, as a key or in `$filter`, and for good from then on:
/// a tenant that nobody asks for them stays empty until something is made in it.
void admit_first_party(const Exchange& exchange);

}  // namespace syncwright::emulator
