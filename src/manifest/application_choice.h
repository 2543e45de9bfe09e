#pragma once

#include <string>
#include <vector>

#include "syncwright/core/diagnostic.h"
#include "syncwright/model/desired.h"

namespace syncwright {

struct ApplicationChoice {
  std::vector<DesiredApplication> chosen;
  std::vector<DesiredApplication> left_out;
};

/// The applications that a run is limited to: those of `only` by name, and of these the ones whose
/// labels hold every one of `selectors` (K=V). What means no application at all is SW2007 and
/// SW2022, since it would look like a tenant without differences.
[[nodiscard]] ApplicationChoice choose(std::vector<DesiredApplication> applications,
                                       const std::vector<std::string>& only,
                                       const std::vector<std::string>& selectors,
                                       Diagnostics& diagnostics);

}  // namespace syncwright
