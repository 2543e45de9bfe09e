#pragma once

#include <string>

#include "store.h"

namespace syncwright::emulator {

/// Soft deletion (API.md 5.2): the application takes its service principal along; jobs and secrets
/// of a service principal are lost [G], assignments go with it.
void remove_application(Store& store, const std::string& id, Instant now);
void remove_service_principal(Store& store, const std::string& id, Instant now);

/// For good: frees the application's uniqueName.
void purge_application(Store& store, const std::string& id);
void purge_service_principal(Store& store, const std::string& id);

}  // namespace syncwright::emulator
