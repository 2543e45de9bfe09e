#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "syncwright/schema/mapping_lint.h"

namespace syncwright::schema {

struct KnownAttribute {
  std::string type;
  std::optional<bool> multivalued;  ///< as the customization says
  std::string_view definition;      ///< the schema's, JSON; empty where the schema has none

  /// Parses `definition` on each call: few rules ask.
  [[nodiscard]] bool is_multivalued() const;
};

/// The attributes of one side of an object mapping: those of the schema, and over them those that
/// the customization defines. Points into both. A schema defines thousands and a mapping names a
/// few: they are looked up where they stand.
struct KnownAttributes {
  const SynchronizationSchema* schema = nullptr;
  /// The object, as the schema has it: names of objects may repeat within a directory
  /// (docs/graph.md#13.29), and their attributes are joined.
  std::vector<const ObjectDefinition*> objects;
  /// nullopt: the customization removes it.
  std::map<std::string, std::optional<KnownAttribute>, std::less<>> customized;

  /// The schema has the object, so that a name which is not here is unknown.
  [[nodiscard]] bool is_complete() const { return !objects.empty(); }
  [[nodiscard]] std::optional<KnownAttribute> find(std::string_view name) const;
  [[nodiscard]] std::set<std::string> names() const;
  [[nodiscard]] std::set<std::string> names_of_type(std::string_view type) const;
};

/// Both sides of an object mapping, and what the schema maps already.
struct MappingSurroundings {
  KnownAttributes source;
  KnownAttributes target;
  const ObjectMapping* live = nullptr;  ///< into `known`; nullptr: not known, or not one alone
  bool exact = false;                   ///< KnownSchema::exact
  std::string document;                 ///< KnownSchema::document
};

[[nodiscard]] MappingSurroundings surroundings_of(const Customization& customization,
                                                  const ObjectMappingRequest& mapping,
                                                  const KnownSchema* known);

}  // namespace syncwright::schema
