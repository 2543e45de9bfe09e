#pragma once

#include <string>
#include <vector>

#include "syncwright/schema/synchronization_schema.h"

namespace syncwright {

/// What was changed of rules and object mappings that nothing is compared by (their names, a rule's
/// priority and whether it can be edited): no key says it, no plan tells it, and a new job does not
/// have it. One remark for each rule and mapping; empty where nothing was.
[[nodiscard]] std::vector<std::string> rule_remarks(const SynchronizationSchema& standard,
                                                    const SynchronizationSchema& live);

}  // namespace syncwright
