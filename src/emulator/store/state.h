#pragma once

#include <memory>
#include <string>

#include "emulator/store/store.h"
#include "syncwright/core/error.h"
#include "syncwright/core/json.h"
#include "syncwright/emulator/catalog.h"

namespace syncwright::emulator {

/// The tenant of the catalog's directory: users, groups, no application.
[[nodiscard]] Store new_store(const Catalog& catalog);

/// The store as the state file keeps it: the text of {"formatVersion": 1, ...}; `saved_at` is the
/// tenant's time.
[[nodiscard]] std::string state_text(const Store& store, Instant saved_at);
/// ErrorKind::invalid_input says which part of the state is wrong.
[[nodiscard]] Result<Store> store_from_state(const Json& state);
/// When the state, which `store_from_state` took, was saved; 1970 where it does not say.
[[nodiscard]] Instant saved_at(const Json& state);

}  // namespace syncwright::emulator
