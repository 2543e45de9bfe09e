#pragma once

#include <optional>
#include <string>
#include <vector>

#include "manifest/decode/field.h"
#include "syncwright/model/desired.h"

namespace syncwright::manifest {

/// A MappingSet that a job's schema includes. The set may stand in any file of the project.
struct MappingSetInclude {
  std::string job;  ///< key
  std::string set;
  SourceRange where;
};

/// An application together with what can only be settled once all files are read.
struct DecodedApplication {
  model::DesiredApplication application;
  std::vector<MappingSetInclude> includes;    ///< of one job in its order
  std::vector<SourceRange> previously_where;  ///< of `application.previously`, one by one
};

/// A document of kind Application: what could be read, to be used only where the file's diagnostics
/// hold no error. Its name is empty where it is missing or at fault; everything else is read and
/// can be checked all the same.
[[nodiscard]] std::optional<DecodedApplication> as_application(const Field& document);

/// The same of a set's template, filled with a row: metadata and spec alone. nullopt where it is no
/// mapping.
[[nodiscard]] std::optional<DecodedApplication> as_generated_application(const Field& filled);

}  // namespace syncwright::manifest
