#pragma once

#include <optional>
#include <vector>

#include "manifest/decode/application_decoder.h"
#include "manifest/decode/field.h"
#include "manifest/interpolation.h"

namespace syncwright::manifest {

/// What a set makes: one application for each row.
struct ApplicationSet {
  std::vector<DecodedApplication> applications;  ///< in the order of the rows
  std::optional<SourceRange> empty;              ///< of `from` or `forEach`, where no row is there
};

/// A document of kind ApplicationSet, its references not yet replaced: those of `spec.template` and
/// `spec.overrides` differ from row to row.
///
/// A fault that every row has alike is reported once; one of some rows names the row, unless it
/// points into it anyway.
[[nodiscard]] std::optional<ApplicationSet> as_application_set(YamlNode& document,
                                                               const Variables& variables,
                                                               ManifestSource& source);

}  // namespace syncwright::manifest
