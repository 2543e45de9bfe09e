#include "schema/part_members.h"

#include <memory>
#include <string_view>
#include <utility>

namespace syncwright::schema {

namespace {

bool read(PartReader& reader, ondemand::value value, AttributeDefinition& definition) {
  return reader.object(value, definition.span, [&](std::string_view key, ondemand::value member) {
    if (key == "name") return reader.string(member, "name", definition.name);
    if (key == "type") {
      if (!reader.string(member, "type", definition.type)) return false;
      if (definition.type.empty()) definition.type = "String";
    }
    return true;
  });
}

bool read(PartReader& reader, ondemand::value value, ObjectDefinition& object) {
  return reader.object(value, object.span, [&](std::string_view key, ondemand::value member) {
    if (key == "name") return reader.string(member, "name", object.name);
    if (key == "attributes") {
      AttributeDefinitions attributes;
      const bool is_read = reader.array(
          member, "attributes", object.attributes_span, attributes,
          [&](ondemand::value element, auto& part) { return read(reader, element, part); });
      object.attribute_list = std::make_shared<const AttributeDefinitions>(std::move(attributes));
      return is_read;
    }
    return true;
  });
}

bool read(PartReader& reader, ondemand::value value, AttributeMapping& mapping) {
  return reader.object(value, mapping.span, [&](std::string_view key, ondemand::value member) {
    if (key == "targetAttributeName") {
      return reader.string(member, "targetAttributeName", mapping.target_attribute_name);
    }
    if (key == "matchingPriority") {
      return reader.integer(member, "matchingPriority", mapping.matching_priority);
    }
    if (key == "source") {
      return reader.stretch(member, "source", ondemand::json_type::object, mapping.source_span);
    }
    return true;
  });
}

}  // namespace

bool read(PartReader& reader, ondemand::value value, DirectoryDefinition& directory) {
  return reader.object(value, directory.span, [&](std::string_view key, ondemand::value member) {
    if (key == "id") return reader.string(member, "id", directory.id);
    if (key == "name") return reader.string(member, "name", directory.name);
    if (key == "readOnly") return reader.boolean(member, "readOnly", false, directory.read_only);
    if (key == "objects") {
      TextSpan span;
      return reader.array(
          member, "objects", span, directory.objects,
          [&](ondemand::value element, auto& part) { return read(reader, element, part); });
    }
    return true;
  });
}

bool read(PartReader& reader, ondemand::value value, ObjectMapping& mapping) {
  return reader.object(value, mapping.span, [&](std::string_view key, ondemand::value member) {
    if (key == "name") return reader.string(member, "name", mapping.name);
    if (key == "sourceObjectName") {
      return reader.string(member, "sourceObjectName", mapping.source_object_name);
    }
    if (key == "targetObjectName") {
      return reader.string(member, "targetObjectName", mapping.target_object_name);
    }
    if (key == "enabled") return reader.boolean(member, "enabled", true, mapping.enabled);
    if (key == "scope") {
      return reader.stretch(member, "scope", ondemand::json_type::object, mapping.scope_span);
    }
    if (key == "flowTypes") {
      return reader.stretch(member, "flowTypes", ondemand::json_type::string,
                            mapping.flow_types_span);
    }
    if (key == "attributeMappings") {
      return reader.array(
          member, "attributeMappings", mapping.attribute_mappings_span, mapping.attribute_mappings,
          [&](ondemand::value element, auto& part) { return read(reader, element, part); });
    }
    return true;
  });
}

bool read(PartReader& reader, ondemand::value value, SynchronizationRule& rule) {
  return reader.object(value, rule.span, [&](std::string_view key, ondemand::value member) {
    if (key == "id") return reader.string(member, "id", rule.id);
    if (key == "name") return reader.string(member, "name", rule.name);
    if (key == "sourceDirectoryName") {
      return reader.string(member, "sourceDirectoryName", rule.source_directory_name);
    }
    if (key == "targetDirectoryName") {
      return reader.string(member, "targetDirectoryName", rule.target_directory_name);
    }
    if (key == "editable") return reader.boolean(member, "editable", true, rule.editable);
    if (key == "objectMappings") {
      TextSpan span;
      return reader.array(
          member, "objectMappings", span, rule.object_mappings,
          [&](ondemand::value element, auto& part) { return read(reader, element, part); });
    }
    return true;
  });
}

}  // namespace syncwright::schema
