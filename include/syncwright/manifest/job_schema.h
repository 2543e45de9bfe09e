#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "syncwright/model/mapping_test.h"
#include "syncwright/schema/customization.h"

namespace syncwright::manifest {

/// What YAML asks for that stands under the `schema` of a job, read as in a manifest where no
/// variable has a value; nullopt where a manifest would be refused for it.
[[nodiscard]] std::optional<schema::Customization> read_job_schema(const std::string& yaml);

/// What a manifest says of the object mapping that a case of a MappingTest is about.
struct MeantMapping {
  /// Of object mappings that it may be; `request` has a meaning where it is 1. Entries that mean
  /// one mapping in other words (mean_one_mapping) count once.
  std::size_t number = 0;
  schema::ObjectMappingRequest request;  ///< of all those entries, later ones over earlier
};

[[nodiscard]] MeantMapping find_meant_mapping(const schema::Customization& customization,
                                              const model::MappingTestCase& test_case);

/// Whether the manifest sees to it that nothing flows to a target attribute of `mapping`, one of
/// `customization`: a test may expect null of it, though no attribute mapping is left to be run.
[[nodiscard]] bool leaves_out(const schema::Customization& customization,
                              const schema::ObjectMappingRequest& mapping,
                              const std::string& attribute);

}  // namespace syncwright::manifest
