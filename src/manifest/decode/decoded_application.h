#pragma once

#include <string>
#include <vector>

#include "syncwright/model/desired.h"

namespace syncwright {

/// A MappingSet that a job's schema includes. The set may stand in any file of the project.
struct MappingSetInclude {
  std::string job;  ///< key
  std::string set;
  SourceRange where;
};

/// An application together with what can only be settled once all files are read.
struct DecodedApplication {
  DesiredApplication application;
  std::vector<MappingSetInclude> includes;    ///< of one job in its order
  std::vector<SourceRange> previously_where;  ///< of `application.previously`, one by one
};

}  // namespace syncwright
