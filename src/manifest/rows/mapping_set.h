#pragma once

#include <optional>
#include <string>
#include <vector>

#include "manifest/decode/application_decoder.h"
#include "manifest/decode/field.h"
#include "syncwright/schema/customization.h"

namespace syncwright::manifest {

/// Attribute definitions and mappings that jobs include by name. A job's name for it is looked up
/// in the whole project.
struct MappingSet {
  std::string name;
  schema::Customization content;  ///< its mode has no meaning
  SourceRange where;
};

/// A document of kind MappingSet. nullopt where its name is missing or at fault.
[[nodiscard]] std::optional<MappingSet> as_mapping_set(const Field& document);

/// Lays `above` over `below`; `mode` is that of `above`. What has the same identity is replaced: an
/// attribute definition (directory, rule, object, name) and an attribute mapping (rule, source,
/// target, target attribute) whole, `enabled`, `flowTypes` and `scopingFilter` of an object mapping
/// each where `above` sets them. Entries that mean one object mapping in other words (one names the
/// rule) stay apart, and each attribute is in one of them; what only the live schema can tell to be
/// one is laid over each other by the overlay, in the same order.
void lay_over(schema::Customization& below, const schema::Customization& above);

/// Puts every included set beneath its job's own schema, in order. `sets` are sorted by name. An
/// unknown set is SW2024.
void resolve_includes(DecodedApplication& decoded, const std::vector<MappingSet>& sets,
                      Diagnostics& diagnostics);

/// Two sets of one name (SW2001); `sets` are sorted by it.
void report_equal_sets(const std::vector<MappingSet>& sets, Diagnostics& diagnostics);

/// nullptr where there is none.
[[nodiscard]] const MappingSet* find_set(const std::vector<MappingSet>& sets,
                                         const std::string& name);

}  // namespace syncwright::manifest
