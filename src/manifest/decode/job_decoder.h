#pragma once

#include <optional>
#include <vector>

#include "manifest/decode/decoded_application.h"
#include "manifest/decode/field.h"
#include "syncwright/model/desired.h"

namespace syncwright {

struct DecodedJobs {
  std::vector<DesiredJob> jobs;             ///< sorted by key
  std::vector<MappingSetInclude> includes;  ///< of one job in its order
};

/// `spec.jobs`. Two keys that mean one job are SW2010.
[[nodiscard]] std::optional<DecodedJobs> as_jobs(const Field& field);

}  // namespace syncwright
