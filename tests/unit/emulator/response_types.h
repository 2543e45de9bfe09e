#pragma once

#include <string>

#include "syncwright/core/json.h"

namespace syncwright::emulator {

/// What in a Graph answer is not as the metadata of its version declares it: an unknown property,
/// another type, null where none may be, a word that its enum lacks. The answer's `@odata.context`
/// says what it holds. One line each; empty where the reference material is not beside the project,
/// and for types that it does not describe.
[[nodiscard]] std::string type_faults(const Json& body);

}  // namespace syncwright::emulator
