#pragma once

#include <optional>

#include "emulator/resources/object_type.h"

/// Values of an application's or service principal's properties, to the depth that the rows of
/// their types go (object_type.h): what a body may give, what is kept of it, what is shown.
namespace syncwright::emulator {

/// Whether the property takes the value: 400 Request_BadRequest with the first member that is
/// unknown or of the wrong kind.
[[nodiscard]] std::optional<Reply> refuse_value(const ObjectType& type,
                                                const ObjectProperty& property, const Json& given,
                                                const Call& call);

/// The refusal of a member that the type does not have, at any depth.
[[nodiscard]] Reply unknown_member(const std::string& name, const Json& given);

/// The value under v1.0's names and without annotations, which say nothing that the type does not.
/// `type` may be null: any value.
[[nodiscard]] Json stored_value(const ComplexType* type, const Json& given, const Call& call);

/// The same way back. `is_selected`: the call asks for one object, and for the property by name.
[[nodiscard]] Json shown_value(const ComplexType* type, const Json& held, const Call& call,
                               bool is_selected);

/// "@odata.type" and its like.
[[nodiscard]] bool is_annotation(const std::string& name);

}  // namespace syncwright::emulator
