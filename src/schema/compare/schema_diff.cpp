#include "syncwright/schema/schema_diff.h"

#include <fmt/format.h>

#include <algorithm>

#include "schema/compare/canonical.h"
#include "schema/compare/canonical_filter.h"
#include "schema/json_text.h"
#include "schema/part_identity.h"
#include "syncwright/schema/members.h"

namespace syncwright::schema {

namespace {

bool same_id(const SynchronizationRule& left, const SynchronizationRule& right) {
  return !left.id.empty() && left.id == right.id;
}

/// The name under which a rule of either side meets its other half: rules are the same by id, else
/// by name, else by their directories (docs/graph.md#12). A rule that was found by id is no
/// candidate for the others.
std::string identity_of(const SynchronizationRule& rule,
                        const std::vector<SynchronizationRule>& before,
                        const std::vector<SynchronizationRule>& after) {
  for (const SynchronizationRule& other : after) {
    if (same_id(other, rule)) return label_of(other);
  }
  const auto is_free = [&before](const SynchronizationRule& other) {
    return std::none_of(before.begin(), before.end(),
                        [&other](const auto& each) { return same_id(each, other); });
  };
  for (const SynchronizationRule& other : after) {
    if (!rule.name.empty() && other.name == rule.name && is_free(other)) return label_of(other);
  }
  for (const SynchronizationRule& other : after) {
    if (is_free(other) &&
        same_directory_name(other.source_directory_name, rule.source_directory_name) &&
        same_directory_name(other.target_directory_name, rule.target_directory_name)) {
      return label_of(other);
    }
  }
  return label_of(rule);
}

template <class Part, class NameOf>
Json names_of(const std::vector<Part>& parts, NameOf name_of) {
  Json names = Json::array();
  for (const Part& part : parts) names.push_back(name_of(part));
  return names;
}

// What stands in a change for a part that came or went as a whole.
Json summary(const DirectoryDefinition& directory) {
  return {{"objects", names_of(directory.objects, [](const auto& each) { return each.name; })}};
}
Json summary(const ObjectDefinition& object) {
  return {
      {"attributes", names_of(object.attributes(), [](const auto& each) { return each.name; })}};
}
Json summary(const SynchronizationRule& rule) {
  return {{"objectMappings",
           names_of(rule.object_mappings, [](const auto& each) { return identity_of(each); })}};
}
Json summary(const ObjectMapping& mapping) {
  return {{"enabled", mapping.enabled},
          {"attributeMappings", names_of(mapping.attribute_mappings, [](const auto& each) {
             return each.target_attribute_name;
           })}};
}

class SchemaComparison {
 public:
  SchemaComparison(const SynchronizationSchema& before, const SynchronizationSchema& after)
      : before_(before), after_(after) {}

  std::vector<FieldChange> changes() {
    const bool rules_first =
        !after_.rules().empty() && !after_.directories().empty() &&
        after_.rules().front().span.begin < after_.directories().front().span.begin;
    if (rules_first) compare_rules();
    compare_directories();
    if (!rules_first) compare_rules();
    return std::move(changes_);
  }

 private:
  void report(const std::string& path, Json before, Json after) {
    changes_.push_back({path, std::move(before), std::move(after)});
  }

  /// False where there is nothing more to compare inside: one side lacks the part, which is
  /// reported, or both have the same bytes.
  template <class Part>
  bool go_inside(const PartPair<Part>& pair, const std::string& path) {
    if (pair.before == nullptr || pair.after == nullptr) {
      report(path, pair.before == nullptr ? Json(nullptr) : summary(*pair.before),
             pair.after == nullptr ? Json(nullptr) : summary(*pair.after));
      return false;
    }
    return before_.slice(pair.before->span) != after_.slice(pair.after->span);
  }

  void compare_directories() {
    const auto identity = [](const DirectoryDefinition& each) { return identity_of(each); };
    for (const auto& pair : pair_parts(before_.directories(), after_.directories(), identity)) {
      const auto& shown = pair.after != nullptr ? *pair.after : *pair.before;
      const std::string path = is_entra_directory(shown) ? shown.name : pair.label;
      if (go_inside(pair, path)) compare_objects(path, *pair.before, *pair.after);
    }
  }

  void compare_objects(const std::string& directory, const DirectoryDefinition& before,
                       const DirectoryDefinition& after) {
    const auto name = [](const ObjectDefinition& each) { return each.name; };
    for (const auto& pair : pair_parts(before.objects, after.objects, name)) {
      const std::string path = directory + "/" + pair.label;
      if (go_inside(pair, path)) compare_definitions(path, *pair.before, *pair.after);
    }
  }

  void compare_definitions(const std::string& object, const ObjectDefinition& before,
                           const ObjectDefinition& after) {
    const auto name = [](const AttributeDefinition& each) { return each.name; };
    for (const auto& pair : pair_parts(before.attributes(), after.attributes(), name)) {
      compare_element(object + "." + pair.label, pair, canonical_definition, definition_words,
                      [](const Json& left, const Json& right) { return left == right; });
    }
  }

  template <class Part, class Canonical, class Words, class Same>
  void compare_element(const std::string& path, const PartPair<Part>& pair, Canonical canonical,
                       Words words, Same same) {
    const bool both = pair.before != nullptr && pair.after != nullptr;
    if (both && before_.slice(pair.before->span) == after_.slice(pair.after->span)) return;
    const auto read = [&](const SynchronizationSchema& schema, const Part* part) {
      return part == nullptr ? Json(nullptr) : canonical(part_json(schema, part->span));
    };
    const Json left = read(before_, pair.before);
    const Json right = read(after_, pair.after);
    if (both && same(left, right)) return;
    report(path, left.is_null() ? left : words(left), right.is_null() ? right : words(right));
  }

  void compare_rules() {
    const auto& before = before_.rules();
    const auto& after = after_.rules();
    const auto identity = [&](const SynchronizationRule& each) {
      return identity_of(each, before, after);
    };
    for (const auto& pair : pair_parts(before, after, identity)) {
      if (!go_inside(pair, pair.label)) continue;
      compare_inclusion(pair, "containerFilter");
      compare_inclusion(pair, "groupFilter");
      compare_directory_names(pair);
      compare_object_mappings(pair.label, *pair.before, *pair.after);
    }
  }

  void compare_inclusion(const PartPair<SynchronizationRule>& rule, const char* member) {
    const auto read = [member](const SynchronizationSchema& schema, TextSpan span) {
      return canonical_inclusion(part_json(schema, member_value(schema.text(), span, member)));
    };
    Json left = read(before_, rule.before->span);
    Json right = read(after_, rule.after->span);
    if (left != right) report(rule.label + ":" + member, std::move(left), std::move(right));
  }

  void compare_directory_names(const PartPair<SynchronizationRule>& rule) {
    const auto compare = [&](const char* member, std::string SynchronizationRule::* name) {
      const std::string& left = rule.before->*name;
      const std::string& right = rule.after->*name;
      if (!same_directory_name(left, right)) report(rule.label + ":" + member, left, right);
    };
    compare("sourceDirectoryName", &SynchronizationRule::source_directory_name);
    compare("targetDirectoryName", &SynchronizationRule::target_directory_name);
  }

  void compare_object_mappings(const std::string& rule, const SynchronizationRule& before,
                               const SynchronizationRule& after) {
    const auto identity = [](const ObjectMapping& each) { return identity_of(each); };
    for (const auto& pair : pair_parts(before.object_mappings, after.object_mappings, identity)) {
      const std::string path = rule + "/" + pair.label;
      if (!go_inside(pair, path)) continue;
      compare_settings(path, *pair.before, *pair.after);
      compare_mappings(path, *pair.before, *pair.after);
    }
  }

  void compare_settings(const std::string& path, const ObjectMapping& before,
                        const ObjectMapping& after) {
    for_each_member<ObjectMappingRequest>([&](const auto& row) {
      Json left = member_words(before_, before, row);
      Json right = member_words(after_, after, row);
      if (left != right) report(path + ":" + row.name, std::move(left), std::move(right));
    });
    if (before_.slice(before.scope_span) == after_.slice(after.scope_span)) return;
    const Json left_scope = part_json(before_, before.scope_span);
    const Json right_scope = part_json(after_, after.scope_span);
    for (const char* list : {"inputFilterGroups", "categoryFilterGroups"}) {
      Json left_groups = canonical_groups(member_or_null(left_scope, list));
      Json right_groups = canonical_groups(member_or_null(right_scope, list));
      if (left_groups == right_groups) continue;
      report(path + ":" + list, std::move(left_groups), std::move(right_groups));
    }
  }

  void compare_mappings(const std::string& path, const ObjectMapping& before,
                        const ObjectMapping& after) {
    const auto name = [](const AttributeMapping& each) { return each.target_attribute_name; };
    for (const auto& pair : pair_parts(before.attribute_mappings, after.attribute_mappings, name)) {
      compare_element(path + "/" + pair.label, pair, canonical_mapping, mapping_words,
                      same_mapping);
    }
  }

  const SynchronizationSchema& before_;
  const SynchronizationSchema& after_;
  std::vector<FieldChange> changes_;
};

}  // namespace

std::vector<FieldChange> diff(const SynchronizationSchema& before,
                              const SynchronizationSchema& after) {
  if (before.text() == after.text()) return {};
  return SchemaComparison(before, after).changes();
}

namespace {

template <class Request, class Value>
void say(Json& words, const Request& request, const ManagedMember<Request, Value>& row) {
  if (request.*row.value) words[row.name] = *(request.*row.value);
}

template <class Request>
void say(Json& words, const Request& request, const NullableText<Request>& row) {
  if (request.*row.value) words[row.name] = *(request.*row.value);
  if (request.*row.is_null) words[row.name] = nullptr;
}

template <class Request>
void say(Json& words, const Request& request, const SourceMember<Request>& row) {
  if (request.*row.value) words.update(source_words(*(request.*row.value)));
}

/// Of a definition or an attribute mapping.
template <class Request>
Json words_of(const Request& request) {
  if (request.absent) return nullptr;
  Json words = Json::object();
  for_each_member<Request>([&](const auto& row) { say(words, request, row); });
  return words;
}

std::string path_of(const ObjectMappingRequest& request) {
  std::string path;
  if (!request.rule.empty()) path = fmt::format("{}/", request.rule);
  path += request.object.text();
  if (!request.target.empty()) path += fmt::format("->{}", request.target);
  return path;
}

std::string path_of(const AttributeDefinitionRequest& request) {
  const std::string rule = request.rule.empty() ? "" : request.rule + ":";
  // `define:` names the object by the mapping that it is the target of.
  const std::string object = request.object.empty() ? request.target_of + "->*" : request.object;
  return rule + request.directory + "/" + object + "." + request.name;
}

template <class Value>
Json words_of_value(const Value& value) {
  return value;
}

Json words_of_value(const ScopingFilterRequest& filter) {
  return filter_words(filter);
}

class Fields {
 public:
  void add(const std::string& path, Json after) {
    fields_.push_back({path, Json{{"unknown", true}}, std::move(after)});
  }

  void add(const ObjectMappingRequest& request) {
    const std::string path = path_of(request);
    for_each_member<ObjectMappingRequest>([&](const auto& row) {
      if (request.*row.value) add(path + ":" + row.name, words_of_value(*(request.*row.value)));
    });
    for (const AttributeMappingRequest& attribute : request.attributes) {
      add(path + "/" + attribute.target_attribute_name.text(), words_of(attribute));
    }
  }

  std::vector<FieldChange> take() { return std::move(fields_); }

 private:
  std::vector<FieldChange> fields_;
};

}  // namespace

std::vector<FieldChange> requested_fields(const Customization& customization) {
  Fields fields;
  for (const AttributeDefinitionRequest& request : customization.attributes) {
    fields.add(path_of(request), words_of(request));
  }
  for (const ObjectMappingRequest& request : customization.mappings) fields.add(request);
  return fields.take();
}

}  // namespace syncwright::schema
