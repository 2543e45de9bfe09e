#pragma once

#include <vector>

#include "syncwright/core/packed_json.h"
#include "syncwright/core/shared_text.h"
#include "syncwright/schema/customization.h"
#include "syncwright/schema/synchronization_schema.h"

namespace syncwright::schema {

/// One difference. `path` names the part by identity, never by index:
///   RULE/SOURCE->TARGET/ATTRIBUTE         an attribute mapping
///   RULE/SOURCE->TARGET:enabled | :flowTypes | :scopingFilter
///   DIRECTORY/OBJECT.ATTRIBUTE            an attribute definition
/// and, since others edit a schema too, what no manifest asks for:
///   RULE/SOURCE->TARGET:inputFilterGroups | :categoryFilterGroups
///   RULE:containerFilter | :groupFilter | :sourceDirectoryName | :targetDirectoryName
///   RULE, RULE/SOURCE->TARGET, DIRECTORY, DIRECTORY/OBJECT     a part that came or went as a whole
/// "#2" behind a name is the second part of that name. A rule without a name goes by its id.
/// `before`/`after` are in the manifest's own words, null where the part does not exist:
///   mapping:    {"expression": "[mail]", "matchingPriority": 1, ...}, or {"constant": ...},
///   {"source": "none"};
///               members at their default (docs/graph.md#10.1) are left out
///   definition: {"type": "String", ...}; enabled: bool; flowTypes: [..]; scopingFilter: {"any":
///   [{"all": [..]}]} a whole part: the names of the parts inside, {"objectMappings":
///   ["User->User"]}
/// A live source that is none comes as {"sourceTree": ...}.
struct FieldChange {
  SharedText path;
  PackedJson before;
  PackedJson after;

  bool operator==(const FieldChange&) const = default;
};

/// What a PUT of `after` over `before` changes, canonically (docs/graph.md#12), in the order of the
/// document. Empty where the two mean the same. Parts whose bytes are equal are not even looked at.
[[nodiscard]] std::vector<FieldChange> diff(const SynchronizationSchema& before,
                                            const SynchronizationSchema& after);

/// What a customization asks of a schema that cannot be read yet (docs/contract.md#5, provisional):
/// a field for each request, in the manifest's order, `before` {"unknown": true}. Paths are those
/// of FieldChange as far as the manifest tells: "User/officeCode" where no rule and no target are
/// named.
[[nodiscard]] std::vector<FieldChange> requested_fields(const Customization& customization);

}  // namespace syncwright::schema
