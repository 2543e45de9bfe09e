#pragma once

#include <string>
#include <vector>

#include "syncwright/schema/customization.h"
#include "syncwright/schema/synchronization_schema.h"

namespace syncwright::schema {

/// What a manifest has to say of a job's schema, and what it cannot say.
struct ExtractedCustomization {
  Customization customization;       ///< mode merge; empty where `live` is the standard one
  std::vector<std::string> remarks;  ///< differences that no manifest key expresses, one line each
  bool needs_document = false;       ///< any of those: `schema: {file: ...}` has to carry them
};

/// The inverse of overlay, for export: the smallest customization which, laid over `standard` (the
/// template's schema), gives a document canonically equal to `live`; and which, laid over `live`,
/// changes nothing. In the order of the live document, attributes sorted by name.
[[nodiscard]] ExtractedCustomization customization_of(const SynchronizationSchema& standard,
                                                      const SynchronizationSchema& live);

}  // namespace syncwright::schema
