#pragma once

#include <optional>
#include <string>
#include <vector>

#include "manifest/decode/field.h"
#include "manifest/decode/keys.h"
#include "syncwright/model/desired.h"
#include "syncwright/schema/customization.h"

namespace syncwright::manifest {

/// A job's `schema`.
struct DecodedSchema {
  struct Include {
    std::string set;
    SourceRange where;
  };

  schema::Customization customization;    ///< of this job alone
  std::vector<Include> includes;          ///< MappingSets beneath it, in order
  std::optional<model::BaseSchema> base;  ///< beneath them all
};

[[nodiscard]] std::optional<DecodedSchema> as_job_schema(const Field& field);

/// `attributes` and `mappings` of a job's schema or of a MappingSet. Two entries of one identity
/// are SW2011.
void read_customization(Keys& keys, const Field& field, schema::Customization& customization);

}  // namespace syncwright::manifest
