#include "schema/lint/known_attributes.h"

#include <algorithm>
#include <utility>

#include "schema/part_lookup.h"
#include "syncwright/schema/part_json.h"

namespace syncwright::schema {
namespace {

enum class Side { source, target };

void add_schema(const SynchronizationSchema& schema, const std::string& directory_name,
                const std::string& object, KnownAttributes& known) {
  const DirectoryDefinition* directory = schema.find_directory(directory_name);
  if (directory == nullptr) return;
  known.schema = &schema;
  for (const ObjectDefinition& definition : directory->objects) {
    if (definition.name == object) known.objects.push_back(&definition);
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
      attributes.customized[definition.name] = std::nullopt;
      continue;
    }
    KnownAttribute attribute = attributes.find(definition.name).value_or(KnownAttribute{});
    if (definition.type) attribute.type = *definition.type;
    if (definition.multivalued) attribute.multivalued = definition.multivalued;
    attributes.customized[definition.name] = std::move(attribute);
  }
}

}  // namespace

bool KnownAttribute::is_multivalued() const {
  if (multivalued) return *multivalued;
  return bool_or(part_json(definition), "multivalued", false);
}

/// The last one of a name counts, as a member that repeats.
std::optional<KnownAttribute> KnownAttributes::find(std::string_view name) const {
  const auto own = customized.find(name);
  if (own != customized.end()) return own->second;
  for (auto object = objects.rbegin(); object != objects.rend(); ++object) {
    const auto& attributes = (*object)->attributes();
    const auto found =
        std::find_if(attributes.rbegin(), attributes.rend(),
                     [&](const AttributeDefinition& each) { return each.name == name; });
    if (found == attributes.rend()) continue;
    return KnownAttribute{found->type, std::nullopt, schema->slice(found->span)};
  }
  return std::nullopt;
}

std::set<std::string> KnownAttributes::names() const {
  std::set<std::string> names;
  for (const ObjectDefinition* object : objects) {
    for (const AttributeDefinition& attribute : object->attributes()) names.insert(attribute.name);
  }
  for (const auto& [name, attribute] : customized) {
    if (attribute) names.insert(name);
    if (!attribute) names.erase(name);
  }
  return names;
}

std::set<std::string> KnownAttributes::names_of_type(std::string_view type) const {
  std::set<std::string> names;
  for (const ObjectDefinition* object : objects) {
    for (const AttributeDefinition& attribute : object->attributes()) {
      if (attribute.type == type) names.insert(attribute.name);
    }
  }
  for (const auto& [name, attribute] : customized) {
    if (attribute && attribute->type == type) names.insert(name);
  }
  std::erase_if(names, [&](const std::string& name) {
    const auto known = find(name);
    return !known || known->type != type;
  });
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
