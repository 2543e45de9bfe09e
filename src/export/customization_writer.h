#pragma once

#include "export/yaml_writer.h"
#include "syncwright/schema/customization.h"

namespace syncwright::exporting {

/// The `attributes` and `mappings` of a job's `schema`, in the order of the docs; an empty mapping
/// where nothing is asked for. Positions, `mode` and `target_of` are not written: extracted
/// customizations have none (schema/customization_of.h). What looks like a reference to a variable
/// is not escaped yet (escape_references).
[[nodiscard]] YamlOutput write_customization(const schema::Customization& customization);

/// Whether a manifest reads from the written form what was meant, without a fault: live schemas
/// may hold what no manifest accepts, such as an empty list.
[[nodiscard]] bool reads_back(const YamlOutput& written,
                              const schema::Customization& customization);

/// Doubles the dollar of every text and key that would be read as `${var.NAME}` or
/// `${each.COLUMN}`.
void escape_references(YamlOutput& value);

}  // namespace syncwright::exporting
