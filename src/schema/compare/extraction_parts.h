#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "syncwright/schema/customization.h"
#include "syncwright/schema/synchronization_schema.h"

namespace syncwright {

/// The two halves of `customization_of`: the requests that make what `standard` has as `live` has
/// it, as far as a manifest can say it and an overlay of either document takes it.
[[nodiscard]] std::vector<AttributeDefinitionRequest> extract_definitions(
    const SynchronizationSchema& standard, const SynchronizationSchema& live);
[[nodiscard]] std::vector<ObjectMappingRequest> extract_mappings(
    const SynchronizationSchema& standard, const SynchronizationSchema& live);

/// Names that a list has twice: no request can tell which one it means.
template <class Part, class NameOf>
void add_repeated(const std::vector<Part>& parts, NameOf name_of, std::set<std::string>& repeated) {
  std::map<std::string, int> counts;
  for (const Part& part : parts) {
    if (++counts[name_of(part)] == 2) repeated.insert(name_of(part));
  }
}

}  // namespace syncwright
