#include <algorithm>
#include <array>
#include <optional>
#include <tuple>
#include <utility>
#include <variant>

#include "schema/compare/canonical.h"
#include "schema/compare/canonical_filter.h"
#include "schema/compare/expressible.h"
#include "schema/compare/extraction_parts.h"
#include "schema/compare/part_pairs.h"
#include "schema/overlay/overlay_parts.h"
#include "schema/part_identity.h"
#include "schema/part_lookup.h"

namespace syncwright {

namespace {

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
  template <class Part>
  [[nodiscard]] bool differs(const PartPair<Part>& pair) const {
    return pair.before != nullptr && pair.after != nullptr &&
           standard_.slice(pair.before->span) != live_.slice(pair.after->span);
  }

  void extract(const SynchronizationRule& standard, const SynchronizationRule& live) {
    const auto identity = [](const ObjectMapping& each) { return identity_of(each); };
    for (const auto& pair : pair_parts(standard.object_mappings, live.object_mappings, identity)) {
      if (!differs(pair)) continue;
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

  template <class Part>
  static std::size_t index_in(const std::vector<Part>& parts, const Part* part) {
    return static_cast<std::size_t>(part - parts.data());
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
    if (!differs(pair)) return false;
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

  /// Without it one refused mapping (no matching attribute left) would spoil all others.
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

}  // namespace

std::vector<ObjectMappingRequest> extract_mappings(const SynchronizationSchema& standard,
                                                   const SynchronizationSchema& live) {
  return MappingExtraction(standard, live).requests();
}

}  // namespace syncwright
