#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "emulator/exchange.h"
#include "emulator/resources/directory_objects.h"

/// The types `application` and `servicePrincipal` as data (docs/graph.md#5.2.1): one row a
/// property, from which a new object, what POST and PATCH take, and what GET and `$select` show
/// derive. What a complex value may hold is rows of the same kind (complex_types.h), checked at
/// every depth.
///
/// An object is stored under the names of v1.0, with every property of either version. What else it
/// holds (`owners`, `extensionProperties`) is of the emulator and never on the wire.
namespace syncwright::emulator {

/// Who sets a property.
enum class Access : std::uint8_t { read_only, at_creation, writable };

/// Which version has a property.
enum class InVersions : std::uint8_t { both, v1, beta };

/// Whether a GET shows a property that `$select` does not name.
enum class Shown : std::uint8_t { by_default, when_selected };

struct ComplexType;

struct ObjectProperty {
  std::string_view name;  ///< in v1.0
  PropertyType type = PropertyType::text;
  Access access = Access::writable;
  std::string_view initial{};  ///< JSON; empty: null, of a collection the empty one
  std::size_t max_length = 0;  ///< of a text in characters, of a collection in items; 0: none
  InVersions versions = InVersions::both;
  Shown shown = Shown::by_default;
  std::string_view beta_name{};  ///< empty: the same
  std::string_view words{};      ///< the only texts it may be, with blanks between; empty: any
  const ComplexType* members = nullptr;  ///< of an object, or each of a list; nullptr: any
  bool may_be_null = false;              ///< of a list inside a complex value
};

/// What a complex value consists of (complex_types.h). A member that only `$select` shows is null
/// elsewhere: it takes the object alone, and `$select` of the property that holds the value.
struct ComplexType {
  std::span<const ObjectProperty> properties;
};

struct ObjectType {
  std::string_view name;        ///< "Application": what errors call it
  std::string_view odata_type;  ///< "#microsoft.graph.application"
  std::span<const ObjectProperty> properties;
};

[[nodiscard]] const ObjectType& application_type();
[[nodiscard]] const ObjectType& service_principal_type();

/// Whether the version of the call has the property, and what it calls it.
[[nodiscard]] bool is_in_version(const ObjectProperty& property, const Call& call);
[[nodiscard]] std::string_view name_in_version(const ObjectProperty& property, const Call& call);
/// The row of that name in the version of the call; nullptr where it has none.
[[nodiscard]] const ObjectProperty* property_named(std::span<const ObjectProperty> properties,
                                                   const Call& call, std::string_view name);

/// An object with every property at its default.
[[nodiscard]] Json new_object(const ObjectType& type);

/// What the call is shown of a stored object: the properties of its version under its names,
/// without those that only `$select` shows and the call's does not name. What a stored object lacks
/// (an older state does) is shown at its default.
[[nodiscard]] Json on_wire(const ObjectType& type, const Json& object, const Call& call);

/// Lays the body of a POST or PATCH over `object`, or says which property, or member of one, is
/// unknown, not to be set or of the wrong type: 400 Request_BadRequest. Nothing changes then. The
/// members of a complex value that the body gives are laid over those that are there, at any depth;
/// a list and null take the place of what is there (docs/graph.md#5.2.2).
enum class Writing : std::uint8_t { creation, update };
[[nodiscard]] std::optional<Reply> apply_body(const ObjectType& type, const Call& call,
                                              Writing writing, Json& object);

}  // namespace syncwright::emulator
