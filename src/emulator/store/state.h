#pragma once

#include <functional>
#include <string_view>

#include "emulator/store/store.h"
#include "syncwright/core/error.h"
#include "syncwright/core/json.h"
#include "syncwright/emulator/catalog.h"

namespace syncwright::emulator {

/// Fills an empty store with the catalog's directory: users, groups, no application.
void begin_store(const Catalog& catalog, Store& store);

/// The store as people read and write it: the text of {"formatVersion": 1, ...}, piece by piece,
/// since a state may be larger than memory likes. `saved_at` is the tenant's time.
void write_state(const Store& store, Instant saved_at,
                 const std::function<void(std::string_view)>& write);
/// Fills an empty store with such a state. ErrorKind::invalid_input says which part of it is wrong.
[[nodiscard]] Result<void> read_state(const Json& state, Store& store);
/// When the state, which `read_state` took, was saved; 1970 where it does not say.
[[nodiscard]] Instant saved_at(const Json& state);

}  // namespace syncwright::emulator
