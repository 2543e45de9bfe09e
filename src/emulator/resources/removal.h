#pragma once

#include <string>

#include "emulator/store/store.h"

namespace syncwright::emulator {

/// Soft deletion (docs/graph.md#5.2): the application takes its service principal along; jobs and
/// secrets of a service principal are lost [G], assignments go with it.
void remove_application(Store& store, const std::string& id, Instant now);
void remove_service_principal(Store& store, const std::string& id, Instant now);

/// For good: frees the application's uniqueName.
void purge_application(Store& store, const std::string& id);
void purge_service_principal(Store& store, const std::string& id);
/// The same of a user or a group: no group, assignment or manager names it any longer.
void purge_user(Store& store, const std::string& id, Instant now);
void purge_group(Store& store, const std::string& id, Instant now);

}  // namespace syncwright::emulator
