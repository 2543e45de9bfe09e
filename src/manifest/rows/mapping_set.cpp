#include "manifest/rows/mapping_set.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "manifest/decode/customization_decoder.h"
#include "manifest/decode/field.h"
#include "manifest/decode/keys.h"
#include "manifest/yaml/yaml_text.h"
#include "syncwright/core/text.h"

/// Sets are laid beneath a job's own schema before the live one is read, and identity is
/// the hard part of that: `{object: User}` and `{object: User, rule: X}` may mean one object
/// mapping or two, which only the live schema can tell. Entries that differ in words therefore stay
/// apart and keep their order, for schema/overlay to join them later; only the attributes that a
/// later entry maps anew are taken out of the earlier ones. Were they joined here, a mapping would
/// be laid over one that it does not mean; were the attributes left in, the plan would write both.

namespace syncwright::manifest {
namespace {

auto definition_identity(const schema::AttributeDefinitionRequest& definition) {
  return std::tie(definition.directory, definition.rule, definition.object, definition.target_of,
                  definition.name);
}

void lay_definition(std::vector<schema::AttributeDefinitionRequest>& below,
                    const schema::AttributeDefinitionRequest& above) {
  std::erase_if(below, [&](const schema::AttributeDefinitionRequest& each) {
    return definition_identity(each) == definition_identity(above);
  });
  below.push_back(above);
}

/// Takes the attributes away that `above` maps anew, also from entries that mean the same object
/// mapping in other words. Such entries stay apart: only the schema tells whether each fits one.
void drop_replaced(std::vector<schema::ObjectMappingRequest>& below,
                   const schema::ObjectMappingRequest& above) {
  std::erase_if(below, [&above](schema::ObjectMappingRequest& each) {
    if (!schema::mean_one_mapping(each, above)) return false;
    const std::size_t dropped = std::erase_if(each.attributes, [&above](const auto& attribute) {
      return std::any_of(above.attributes.begin(), above.attributes.end(), [&](const auto& other) {
        return other.target_attribute_name == attribute.target_attribute_name;
      });
    });
    const bool has_settings = each.enabled || each.flow_types || each.scoping_filter;
    return dropped > 0 && each.attributes.empty() && !has_settings;
  });
}

void lay_members(schema::ObjectMappingRequest& below, const schema::ObjectMappingRequest& above) {
  if (above.enabled) below.enabled = above.enabled;
  if (above.flow_types) below.flow_types = above.flow_types;
  if (above.scoping_filter) below.scoping_filter = above.scoping_filter;
  below.attributes.insert(below.attributes.end(), above.attributes.begin(), above.attributes.end());
  below.where = above.where;
}

/// Joins only with the last entry for the same source object: one in between that says the same
/// mapping in other words would otherwise change its place.
void lay_mapping(std::vector<schema::ObjectMappingRequest>& below,
                 const schema::ObjectMappingRequest& above) {
  const auto last = std::find_if(
      below.rbegin(), below.rend(),
      [&](const schema::ObjectMappingRequest& each) { return each.object == above.object; });
  if (last != below.rend() && last->rule == above.rule && last->target == above.target) {
    lay_members(*last, above);
  } else {
    below.push_back(above);
  }
}

void read_metadata(const Field& field, MappingSet& set) {
  if (!field.expect_mapping()) return;
  Keys keys(field);
  set.name = keys.require("name", as_name).value_or(std::string());
  if (const auto name = keys.find("name")) set.where = name->range();
  keys.done();
}

void read_spec(const Field& field, MappingSet& set) {
  if (!field.expect_mapping()) return;
  Keys keys(field);
  read_customization(keys, field, set.content);
  keys.done();
}

void report_unknown(const MappingSetInclude& include, const std::vector<MappingSet>& sets,
                    Diagnostics& diagnostics) {
  std::vector<std::string> names;
  names.reserve(sets.size());
  for (const MappingSet& set : sets) names.push_back(set.name);
  const std::string hint = did_you_mean(include.set, names);
  diagnostics.add(Code::SW2024, include.where,
                  fmt::format("no MappingSet is named {}", quote_value(include.set)),
                  !hint.empty()   ? hint
                  : names.empty() ? "write a document of kind MappingSet with that name"
                                  : fmt::format("known: {}", fmt::join(names, ", ")));
}

}  // namespace

std::optional<MappingSet> as_mapping_set(const Field& document) {
  Keys keys(document);
  MappingSet set;
  set.where = document.range();
  for (const char* key : {"apiVersion", "kind", "metadata", "spec"}) {
    if (!keys.has(key)) keys.report_missing(key, Code::SW1003);
  }
  if (const auto metadata = keys.find("metadata")) read_metadata(*metadata, set);
  if (const auto spec = keys.find("spec")) read_spec(*spec, set);
  keys.done();
  if (set.name.empty()) return std::nullopt;
  return set;
}

void lay_over(schema::Customization& below, const schema::Customization& above) {
  below.mode = above.mode;
  for (const schema::AttributeDefinitionRequest& definition : above.attributes) {
    lay_definition(below.attributes, definition);
  }
  for (const schema::ObjectMappingRequest& mapping : above.mappings)
    drop_replaced(below.mappings, mapping);
  for (const schema::ObjectMappingRequest& mapping : above.mappings)
    lay_mapping(below.mappings, mapping);
}

void report_equal_sets(const std::vector<MappingSet>& sets, Diagnostics& diagnostics) {
  for (std::size_t index = 1; index < sets.size(); ++index) {
    const SourceRange& first = sets[index - 1].where;
    if (sets[index - 1].name != sets[index].name) continue;
    diagnostics.add(Code::SW2001, sets[index].where,
                    fmt::format("the name `{}` is taken by {}:{}:{}", sets[index].name, first.file,
                                first.line, first.column),
                    "rename one of the two");
  }
}

const MappingSet* find_set(const std::vector<MappingSet>& sets, const std::string& name) {
  const auto found = std::lower_bound(
      sets.begin(), sets.end(), name,
      [](const MappingSet& set, const std::string& wanted) { return set.name < wanted; });
  return found != sets.end() && found->name == name ? &*found : nullptr;
}

void resolve_includes(DecodedApplication& decoded, const std::vector<MappingSet>& sets,
                      Diagnostics& diagnostics) {
  for (model::DesiredJob& job : decoded.application.jobs) {
    if (!job.schema) continue;
    schema::Customization layers;
    bool any = false;
    for (const MappingSetInclude& include : decoded.includes) {
      if (include.job != job.key) continue;
      if (const MappingSet* set = find_set(sets, include.set)) {
        lay_over(layers, set->content);
        any = true;
      } else {
        report_unknown(include, sets, diagnostics);
      }
    }
    if (!any) continue;
    lay_over(layers, *job.schema);
    job.schema = std::move(layers);
  }
}

}  // namespace syncwright::manifest
