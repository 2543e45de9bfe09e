#include "schema/lint/known_attributes.h"

#include "schema/part_lookup.h"
#include "syncwright/schema/part_json.h"

namespace syncwright::schema {
namespace {

enum class Side { source, target };

/// Names of objects may repeat within a directory (docs/graph.md#13.29): their attributes are
/// joined.
void add_schema(const SynchronizationSchema& schema, const std::string& directory_name,
                const std::string& object, KnownAttributes& known) {
  const DirectoryDefinition* directory = schema.find_directory(directory_name);
  if (directory == nullptr) return;
  for (const ObjectDefinition& definition : directory->objects) {
    if (definition.name != object) continue;
    known.complete = true;
    for (const AttributeDefinition& attribute : definition.attributes) {
      known.by_name[attribute.name] = {attribute.type, std::nullopt, schema.slice(attribute.span)};
    }
  }
}

/// Where the definitions of one side may be said to lie.
struct DefinitionPlace {
  Side side;
  std::string directory;  ///< name; empty: not known
  std::string object;     ///< name; empty: not known
};

bool lies_in(const AttributeDefinitionRequest& definition, const DefinitionPlace& place,
             const ObjectMappingRequest& mapping, const KnownSchema* known) {
  const bool is_target = place.side == Side::target;
  if (definition.object.empty()) return is_target && definition.target_of == mapping.object;
  if (!place.object.empty() && definition.object != place.object) return false;
  if (definition.directory == "source" || definition.directory == "target") {
    return (definition.directory == "target") == is_target;
  }
  // A directory by its name: only a schema says on which side of the rule it is.
  if (known == nullptr || place.directory.empty()) return true;
  const DirectoryDefinition* named = known->schema.find_directory(definition.directory);
  return named != nullptr && named == known->schema.find_directory(place.directory);
}

void add_definitions(const Customization& customization, const ObjectMappingRequest& mapping,
                     const DefinitionPlace& place, const KnownSchema* known,
                     KnownAttributes& attributes) {
  for (const AttributeDefinitionRequest& definition : customization.attributes) {
    if (!lies_in(definition, place, mapping, known)) continue;
    if (definition.absent) {
      attributes.by_name.erase(definition.name);
      continue;
    }
    KnownAttribute& attribute = attributes.by_name[definition.name];
    if (definition.type) attribute.type = *definition.type;
    if (definition.multivalued) attribute.multivalued = definition.multivalued;
  }
}

}  // namespace

bool KnownAttribute::is_multivalued() const {
  if (multivalued) return *multivalued;
  return bool_or(part_json(definition), "multivalued", false);
}

const KnownAttribute* KnownAttributes::find(std::string_view name) const {
  const auto found = by_name.find(name);
  return found == by_name.end() ? nullptr : &found->second;
}

std::vector<std::string> KnownAttributes::names() const {
  std::vector<std::string> names;
  names.reserve(by_name.size());
  for (const auto& [name, attribute] : by_name) names.push_back(name);
  return names;
}

MappingSurroundings surroundings_of(const Customization& customization,
                                    const ObjectMappingRequest& mapping, const KnownSchema* known) {
  MappingSurroundings result;
  DefinitionPlace source{Side::source, "", mapping.object};
  DefinitionPlace target{Side::target, "", mapping.target};
  if (known != nullptr) {
    result.exact = known->exact;
    result.document = known->document;
    if (const auto place = find_object_mapping(known->schema, mapping)) {
      const SynchronizationRule& rule = known->schema.rules()[place->rule];
      result.live = &rule.object_mappings[place->mapping];
      source.directory = rule.source_directory_name;
      target.directory = rule.target_directory_name;
      target.object = result.live->target_object_name;
      add_schema(known->schema, source.directory, source.object, result.source);
      add_schema(known->schema, target.directory, target.object, result.target);
    }
  }
  add_definitions(customization, mapping, source, known, result.source);
  add_definitions(customization, mapping, target, known, result.target);
  return result;
}

}  // namespace syncwright::schema
