#pragma once

#include <map>
#include <optional>
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
/// the customization defines.
struct KnownAttributes {
  std::map<std::string, KnownAttribute, std::less<>> by_name;
  /// The schema has the object, so that a name which is not here is unknown.
  bool complete = false;

  [[nodiscard]] const KnownAttribute* find(std::string_view name) const;
  [[nodiscard]] std::vector<std::string> names() const;
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
