#pragma once

#include <set>
#include <string>

#include "syncwright/core/json.h"
#include "syncwright/schema/customization.h"
#include "syncwright/schema/members.h"
#include "syncwright/schema/part_json.h"
#include "syncwright/schema/synchronization_schema.h"

namespace syncwright::schema {

// The canonical form of a schema's parts (docs/graph.md#12): defaults filled in
// (docs/graph.md#10.1), what the service sets by itself left out, null and [] alike where they
// mean the same. All functions are total: a member of an unexpected type is compared as it is.

/// The members of a new definition or mapping that no request sets, exportMissingReferences
/// included.
[[nodiscard]] const Json& definition_defaults();
[[nodiscard]] const Json& mapping_defaults();

/// Every member of `definition_defaults`, filled in and brought to one form.
[[nodiscard]] Json canonical_definition(const Json& definition);

/// source, matchingPriority, flowType, flowBehavior, defaultValue; `source` as it is in the
/// document.
[[nodiscard]] Json canonical_mapping(const Json& mapping);

/// Whether two attributeMappingSources mean the same: by the expressions that the trees mean, or,
/// where an unknown function's keys tell no positions, by the shape of the trees.
[[nodiscard]] bool same_source(const Json& left, const Json& right);
/// Whether a member of two canonical definitions or mappings means the same.
[[nodiscard]] bool same_member(const std::string& key, const Json& left, const Json& right);
[[nodiscard]] bool same_mapping(const Json& left, const Json& right);

/// The flags of the wire's text; null and an absent member mean Add, Update and Delete.
[[nodiscard]] std::set<std::string> flow_type_set(const Json& flow_types);
/// Add, Update, Delete in this order, then anything else.
[[nodiscard]] std::vector<std::string> flow_type_list(const std::set<std::string>& flow_types);
/// The wire's text of a set: "Add,Update,Delete"; "None" for the empty one.
[[nodiscard]] std::string flow_types_text(const std::set<std::string>& flow_types);

/// containerFilter or groupFilter: null where it includes nothing.
[[nodiscard]] Json canonical_inclusion(const Json& filter);

/// The manifest's words (schema_diff.h) for canonical parts: members at their default are left out.
[[nodiscard]] Json definition_words(const Json& canonical_definition);
[[nodiscard]] Json mapping_words(const Json& canonical_mapping);
/// A managed member of an object mapping: a boolean, a list of flow types, {"any": [..]} or null.
[[nodiscard]] Json member_words(const SynchronizationSchema& schema, const ObjectMapping& mapping,
                                const ManagedMember<ObjectMappingRequest, bool>& row);
[[nodiscard]] Json member_words(
    const SynchronizationSchema& schema, const ObjectMapping& mapping,
    const ManagedMember<ObjectMappingRequest, std::vector<std::string>>& row);
[[nodiscard]] Json member_words(
    const SynchronizationSchema& schema, const ObjectMapping& mapping,
    const ManagedMember<ObjectMappingRequest, ScopingFilterRequest>& row);
/// The wire's text of a boolean or a list of flow types.
[[nodiscard]] std::string wire_text(const Json& words);
/// {"expression": ..}, {"constant": ..} or {"source": "none"}; {"sourceTree": ..} for what is no
/// source.
[[nodiscard]] Json source_words(const Json& source);
[[nodiscard]] Json source_words(const MappingSource& source);

}  // namespace syncwright::schema
