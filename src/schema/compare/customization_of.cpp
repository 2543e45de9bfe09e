#include "syncwright/schema/customization_of.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <set>
#include <tuple>
#include <utility>
#include <variant>

#include "schema/compare/canonical.h"
#include "schema/compare/canonical_filter.h"
#include "schema/compare/expressible.h"
#include "schema/overlay/overlay_mappings.h"
#include "schema/part_identity.h"
#include "schema/part_lookup.h"
#include "syncwright/schema/overlay.h"
#include "syncwright/schema/schema_diff.h"

// What is hard: export must say in a manifest what people did to a job in the portal, and a plan of
// that manifest must then be empty (docs/contract.md#2, export). So this is the overlay backwards,
// and two things can go wrong. A request that says too little leaves a difference that the next
// apply would undo in the tenant. A request that says too much, or that the overlay refuses (a name
// that is there twice, a mapping without its matching attribute), would make the whole export
// useless.
//
// Parts of the two documents are paired by identity, and only pairs whose bytes differ are looked
// at. Of those each managed member that differs canonically (docs/graph.md#12) becomes a request,
// under the fewest names that mean this one part in both documents. What is not proven to be
// sayable is left out; at the end the customization is laid over the standard schema, and whatever
// still differs becomes a remark, for which the manifest names the whole document.

namespace syncwright::schema {

namespace {

/// Adds the names that a list has twice: no request can tell which one it means.
template <class Part, class NameOf>
void add_repeated(const std::vector<Part>& parts, NameOf name_of, std::set<std::string>& repeated) {
  std::map<std::string, int> counts;
  for (const Part& part : parts) {
    if (++counts[name_of(part)] == 2) repeated.insert(name_of(part));
  }
}

template <class Part>
std::size_t index_in(const std::vector<Part>& parts, const Part* part) {
  return static_cast<std::size_t>(part - parts.data());
}

/// Whether both documents have the part, and not in the same bytes.
template <class Part>
bool have_different(const SynchronizationSchema& standard, const SynchronizationSchema& live,
                    const PartPair<Part>& pair) {
  return pair.before != nullptr && pair.after != nullptr &&
         standard.slice(pair.before->span) != live.slice(pair.after->span);
}

using Request = AttributeDefinitionRequest;

class DefinitionExtraction {
 public:
  DefinitionExtraction(const SynchronizationSchema& standard, const SynchronizationSchema& live)
      : standard_(standard), live_(live) {}

  std::vector<Request> requests() {
    const auto identity = [](const DirectoryDefinition& each) { return identity_of(each); };
    for (const auto& pair : pair_parts(standard_.directories(), live_.directories(), identity)) {
      if (have_different(standard_, live_, pair)) extract(*pair.before, *pair.after);
    }
    return std::move(requests_);
  }

 private:
  void extract(const DirectoryDefinition& standard, const DirectoryDefinition& live) {
    const auto name = [](const ObjectDefinition& each) { return each.name; };
    for (const auto& pair : pair_parts(standard.objects, live.objects, name)) {
      if (!have_different(standard_, live_, pair)) continue;
      Request place;
      place.directory = live.name;
      place.object = pair.after->name;
      const bool found =
          !place.object.empty() &&
          is_found(standard_, place, standard, index_in(standard.objects, pair.before)) &&
          is_found(live_, place, live, index_in(live.objects, pair.after));
      if (found) extract(*pair.before, *pair.after, place);
    }
  }

  static bool is_found(const SynchronizationSchema& schema, const Request& request,
                       const DirectoryDefinition& directory, std::size_t object) {
    const auto place = find_object(schema, request);
    return place && *place == ObjectPlace{index_in(schema.directories(), &directory), object};
  }

  void extract(const ObjectDefinition& standard, const ObjectDefinition& live,
               const Request& place) {
    const auto name = [](const AttributeDefinition& each) { return each.name; };
    std::set<std::string> unusable = {""};
    add_repeated(standard.attributes(), name, unusable);
    add_repeated(live.attributes(), name, unusable);
    std::vector<Request> of_object;
    for (const auto& pair : pair_parts(standard.attributes(), live.attributes(), name)) {
      Request request = place;
      request.name = pair.after != nullptr ? pair.after->name : pair.before->name;
      if (unusable.contains(request.name) || !ask(pair, request)) continue;
      of_object.push_back(std::move(request));
    }
    std::sort(of_object.begin(), of_object.end(),
              [](const Request& left, const Request& right) { return left.name < right.name; });
    std::move(of_object.begin(), of_object.end(), std::back_inserter(requests_));
  }

  bool ask(const PartPair<AttributeDefinition>& pair, Request& request) const {
    if (pair.after == nullptr) {
      request.absent = true;
      return true;
    }
    const Json after = canonical_definition(part_json(live_, pair.after->span));
    if (pair.before == nullptr) {
      ask_for_differences(definition_defaults(), after, request);
      for_each_member<Request>([&](const auto& row) {
        if (row.is_always_said) request.*row.value = expressible(row, after[row.name]);
      });
      return true;
    }
    if (!have_different(standard_, live_, pair)) return false;
    return ask_for_differences(canonical_definition(part_json(standard_, pair.before->span)), after,
                               request);
  }

  const SynchronizationSchema& standard_;
  const SynchronizationSchema& live_;
  std::vector<Request> requests_;
};

class MappingExtraction {
 public:
  MappingExtraction(const SynchronizationSchema& standard, const SynchronizationSchema& live)
      : standard_(standard), live_(live) {}

  std::vector<ObjectMappingRequest> requests() {
    const auto found = counterparts(live_.rules(), standard_.rules());
    for (std::size_t i = 0; i < found.size(); ++i) {
      if (found[i] != nullptr) extract(*found[i], live_.rules()[i]);
    }
    return std::move(requests_);
  }

 private:
  void extract(const SynchronizationRule& standard, const SynchronizationRule& live) {
    const auto identity = [](const ObjectMapping& each) { return identity_of(each); };
    for (const auto& pair : pair_parts(standard.object_mappings, live.object_mappings, identity)) {
      if (!have_different(standard_, live_, pair)) continue;
      ObjectMappingRequest request;
      const bool asks_settings = ask_settings(*pair.before, *pair.after, request);
      ask_attributes(*pair.before, *pair.after, request);
      if (!asks_settings && request.attributes.empty()) continue;
      const ObjectMappingPlace standard_place = {index_in(standard_.rules(), &standard),
                                                 index_in(standard.object_mappings, pair.before)};
      const ObjectMappingPlace live_place = {index_in(live_.rules(), &live),
                                             index_in(live.object_mappings, pair.after)};
      if (name(standard_place, live_place, request) && is_accepted(request)) {
        requests_.push_back(std::move(request));
      }
    }
  }

  bool ask_settings(const ObjectMapping& standard, const ObjectMapping& live,
                    ObjectMappingRequest& request) const {
    bool asks = false;
    for_each_member<ObjectMappingRequest>([&](const auto& row) {
      const Json words = member_words(live_, live, row);
      if (words == member_words(standard_, standard, row)) return;
      request.*row.value = expressible(row, words);
      asks = asks || (request.*row.value).has_value();
    });
    return asks;
  }

  void ask_attributes(const ObjectMapping& standard, const ObjectMapping& live,
                      ObjectMappingRequest& request) const {
    const auto name = [](const AttributeMapping& each) { return each.target_attribute_name; };
    std::set<std::string> unusable = {""};
    add_repeated(standard.attribute_mappings, name, unusable);
    add_repeated(live.attribute_mappings, name, unusable);
    auto& attributes = request.attributes;
    for (const auto& pair :
         pair_parts(standard.attribute_mappings, live.attribute_mappings, name)) {
      AttributeMappingRequest attribute;
      attribute.target_attribute_name = name(pair.after != nullptr ? *pair.after : *pair.before);
      if (unusable.contains(attribute.target_attribute_name) || !ask(pair, attribute)) continue;
      attributes.push_back(std::move(attribute));
    }
    std::sort(attributes.begin(), attributes.end(), [](const auto& left, const auto& right) {
      return left.target_attribute_name < right.target_attribute_name;
    });
  }

  bool ask(const PartPair<AttributeMapping>& pair, AttributeMappingRequest& request) const {
    if (pair.after == nullptr) {
      request.absent = true;
      return true;
    }
    const Json after = canonical_mapping(part_json(live_, pair.after->span));
    if (pair.before == nullptr) {
      ask_for_differences(mapping_defaults(), after, request);
      return ask_source(after, request);
    }
    if (!have_different(standard_, live_, pair)) return false;
    return ask_for_differences(canonical_mapping(part_json(standard_, pair.before->span)), after,
                               request);
  }

  /// Gives the request the fewest names that mean this mapping in both documents.
  bool name(ObjectMappingPlace standard, ObjectMappingPlace live,
            ObjectMappingRequest& request) const {
    const SynchronizationRule& rule = live_.rules()[live.rule];
    const ObjectMapping& mapping = rule.object_mappings[live.mapping];
    request.object = mapping.source_object_name;
    if (request.object.empty()) return false;
    const std::string& target = mapping.target_object_name;
    const std::array<std::pair<std::string, std::string>, 6> choices = {{{"", ""},
                                                                         {target, ""},
                                                                         {"", rule.name},
                                                                         {target, rule.name},
                                                                         {"", rule.id},
                                                                         {target, rule.id}}};
    return std::any_of(choices.begin(), choices.end(), [&](const auto& choice) {
      std::tie(request.target, request.rule) = choice;
      const auto standard_found = find_object_mapping(standard_, request);
      const auto live_found = find_object_mapping(live_, request);
      return standard_found && *standard_found == standard && live_found && *live_found == live;
    });
  }

  /// Whether the overlay takes the request. Without this check one refused mapping (no matching
  /// attribute left) would spoil all others.
  [[nodiscard]] bool is_accepted(const ObjectMappingRequest& request) const {
    Customization customization;
    customization.mappings.push_back(request);
    std::vector<TextEdit> edits;
    std::vector<OverlayProblem> problems;
    overlay_mappings(standard_, customization, nullptr, edits, problems);
    overlay_mappings(live_, customization, nullptr, edits, problems);
    return problems.empty();
  }

  const SynchronizationSchema& standard_;
  const SynchronizationSchema& live_;
  std::vector<ObjectMappingRequest> requests_;
};

/// The members in which two parts differ; empty where the parts are no objects.
std::string differing_members(const Json& standard, const Json& live) {
  if (!standard.is_object() || !live.is_object()) return {};
  std::set<std::string> names;
  for (const Json* side : {&standard, &live}) {
    for (const auto& [key, value] : side->items()) {
      const bool is_same =
          standard.contains(key) && live.contains(key) && standard[key] == live[key];
      if (!is_same) names.insert(key);
    }
  }
  return fmt::format("{}", fmt::join(names, ", "));
}

/// What `change` says, which leads from the schema that a manifest can reach to the live one.
std::string remark_on(const FieldChange& change) {
  if (change.before.is_null())
    return fmt::format("`{}` is not in the standard schema", change.path);
  if (change.after.is_null()) {
    return fmt::format("`{}` of the standard schema is missing", change.path);
  }
  const std::string members = differing_members(change.before, change.after);
  if (members.empty()) return fmt::format("`{}` differs from the standard schema", change.path);
  return fmt::format("`{}` differs from the standard schema in {}", change.path, members);
}

}  // namespace

ExtractedCustomization customization_of(const SynchronizationSchema& standard,
                                        const SynchronizationSchema& live) {
  ExtractedCustomization extracted;
  extracted.customization.attributes = DefinitionExtraction(standard, live).requests();
  extracted.customization.mappings = MappingExtraction(standard, live).requests();
  const auto laid = overlay(standard, extracted.customization);
  if (laid) {
    for (const FieldChange& change : diff(*laid, live)) {
      extracted.remarks.push_back(remark_on(change));
    }
  } else {
    // Every request was tried alone: only the bounds of a document can be crossed.
    extracted.customization = {};
    for (const OverlayProblem& problem : laid.error()) {
      extracted.remarks.push_back(problem.message);
    }
  }
  extracted.needs_document = !extracted.remarks.empty();
  return extracted;
}

}  // namespace syncwright::schema
