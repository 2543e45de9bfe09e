#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "schema/compare/canonical.h"
#include "schema/compare/expressible.h"
#include "schema/compare/extraction_parts.h"
#include "schema/compare/part_pairs.h"
#include "schema/part_identity.h"
#include "schema/part_lookup.h"

namespace syncwright {

namespace {

using Request = AttributeDefinitionRequest;

class DefinitionExtraction {
 public:
  DefinitionExtraction(const SynchronizationSchema& standard, const SynchronizationSchema& live)
      : standard_(standard), live_(live) {}

  std::vector<Request> requests() {
    const auto identity = [](const DirectoryDefinition& each) { return identity_of(each); };
    for (const auto& pair : pair_parts(standard_.directories(), live_.directories(), identity)) {
      if (differs(pair)) extract(*pair.before, *pair.after);
    }
    return std::move(requests_);
  }

 private:
  template <class Part>
  [[nodiscard]] bool differs(const PartPair<Part>& pair) const {
    return pair.before != nullptr && pair.after != nullptr &&
           standard_.slice(pair.before->span) != live_.slice(pair.after->span);
  }

  void extract(const DirectoryDefinition& standard, const DirectoryDefinition& live) {
    const auto name = [](const ObjectDefinition& each) { return each.name; };
    for (const auto& pair : pair_parts(standard.objects, live.objects, name)) {
      if (!differs(pair)) continue;
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

  template <class Part>
  static std::size_t index_in(const std::vector<Part>& parts, const Part* part) {
    return static_cast<std::size_t>(part - parts.data());
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
    add_repeated(standard.attributes, name, unusable);
    add_repeated(live.attributes, name, unusable);
    std::vector<Request> of_object;
    for (const auto& pair : pair_parts(standard.attributes, live.attributes, name)) {
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
    if (!differs(pair)) return false;
    return ask_for_differences(canonical_definition(part_json(standard_, pair.before->span)), after,
                               request);
  }

  const SynchronizationSchema& standard_;
  const SynchronizationSchema& live_;
  std::vector<Request> requests_;
};

}  // namespace

std::vector<AttributeDefinitionRequest> extract_definitions(const SynchronizationSchema& standard,
                                                            const SynchronizationSchema& live) {
  return DefinitionExtraction(standard, live).requests();
}

}  // namespace syncwright
