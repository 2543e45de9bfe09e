#include "schema/overlay/overlay_mappings.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "schema/compare/canonical.h"
#include "schema/compare/canonical_filter.h"
#include "schema/overlay/list_overlay.h"
#include "schema/overlay/source_writer.h"
#include "schema/part_lookup.h"
#include "syncwright/schema/members.h"

// What is hard: a manifest says a few words of an object mapping that people also edit in the
// portal, and Graph takes whole documents only. So every request is first found its one live
// mapping (docs/contract.md#3, "Which mapping"); requests that meet there are merged, the later
// over the earlier, member by member and attribute by attribute; and only then is the text edited,
// where the merged request and the live value differ in the canonical sense (docs/graph.md#12).
// Comparing raw text instead would rewrite what the service only renders differently, and every
// plan would hold changes for ever; editing for each request in turn would splice one slice of the
// text twice.
//
// Two refusals guard people. A request that must change a mapping that is not there, or is there
// twice, is an error and not a guess. And a mapping that loses its last matchingPriority is never
// made: the engine would find no existing account and create everybody anew.

namespace syncwright::schema {

namespace {

/// Everything that requests want of one object mapping; later ones over earlier.
struct MergedRequest {
  const ObjectMappingRequest* first = nullptr;
  ObjectMappingRequest settings;  ///< its managed members alone
  std::vector<ElementRequest> attributes;
};

/// What a request wants of one attribute mapping, as Graph's members.
class WantedMembers {
 public:
  WantedMembers(const AttributeMappingRequest& request, SourceWriter& writer)
      : request_(request), writer_(writer) {}

  Json take() {
    for_each_member<AttributeMappingRequest>([this](const auto& row) { add(row); });
    return std::move(wanted_);
  }

 private:
  using Request = AttributeMappingRequest;

  template <class Value>
  void add(const ManagedMember<Request, Value>& row) {
    if (request_.*row.value) wanted_[row.name] = *(request_.*row.value);
  }

  void add(const NullableText<Request>& row) {
    if (request_.*row.value) wanted_[row.name] = *(request_.*row.value);
    if (request_.*row.is_null) wanted_[row.name] = nullptr;
  }

  void add(const SourceMember<Request>& row) {
    const std::optional<MappingSource>& source = request_.*row.value;
    if (!source) return;
    const auto* expression = std::get_if<expression::Expression>(&source->value);
    wanted_[row.name] = expression == nullptr ? Json(nullptr) : writer_.write(*expression);
  }

  const Request& request_;
  SourceWriter& writer_;
  Json wanted_ = Json::object();
};

void add(MergedRequest& merged, const ObjectMappingRequest& request, SourceWriter& writer) {
  if (merged.first == nullptr) merged.first = &request;
  for_each_member<ObjectMappingRequest>([&](const auto& row) {
    if (request.*row.value) merged.settings.*row.value = request.*row.value;
  });
  for (const AttributeMappingRequest& attribute : request.attributes) {
    add_request(merged.attributes, {attribute.target_attribute_name, attribute.absent,
                                    WantedMembers(attribute, writer).take(), attribute.where});
  }
}

std::vector<LiveElement> live_elements(const ObjectMapping& mapping) {
  std::vector<LiveElement> elements;
  elements.reserve(mapping.attribute_mappings.size());
  for (const AttributeMapping& attribute : mapping.attribute_mappings) {
    elements.push_back({attribute.target_attribute_name, attribute.span});
  }
  return elements;
}

/// Lays one merged request over one object mapping.
class ObjectMappingOverlay {
 public:
  ObjectMappingOverlay(const SynchronizationSchema& base, const ObjectMapping& mapping,
                       const MergedRequest& request, std::vector<TextEdit>& edits,
                       std::vector<OverlayProblem>& problems)
      : base_(base), mapping_(mapping), request_(request), edits_(edits), problems_(problems) {}

  void lay(Customization::Mode mode) {
    MemberValues members;
    for_each_member<ObjectMappingRequest>([&](const auto& row) {
      if (request_.settings.*row.value) lay(row, members);
    });
    lay_attributes(mode, members);
    edit_members(base_.text(), mapping_.span, members, edits_);
  }

 private:
  template <class Value>
  void lay(const ManagedMember<ObjectMappingRequest, Value>& row, MemberValues& members) {
    const Json wanted = *(request_.settings.*row.value);
    const std::string text = wire_text(wanted);
    if (text == wire_text(member_words(base_, mapping_, row))) return;
    members.emplace_back(row.name, text);
  }

  void lay(const ManagedMember<ObjectMappingRequest, ScopingFilterRequest>& row,
           MemberValues& members) {
    auto replacement =
        scope_replacement(part_json(base_, mapping_.scope_span), *(request_.settings.*row.value));
    if (!replacement) return;
    if (replacement->whole) {
      members.emplace_back("scope", std::move(replacement->text));
    } else {
      edit_members(base_.text(), mapping_.scope_span, {{"groups", std::move(replacement->text)}},
                   edits_);
    }
  }

  void lay_attributes(Customization::Mode mode, MemberValues& members) {
    const ElementKind kind{"targetAttributeName", "attributeMappings", mapping_defaults(),
                           canonical_mapping};
    ListOverlay list(base_, kind, live_elements(mapping_));
    for (const ElementRequest& request : request_.attributes) {
      if (is_possible(request, list.count(request.name))) list.lay(request);
    }
    // An entry without attributes does not manage them (docs/contract.md#3: a key that is missing).
    const bool exact = mode == Customization::Mode::exact && !request_.attributes.empty();
    if (exact) list.remove_unnamed();
    require_matching(list, exact);
    list.finish(mapping_.attribute_mappings_span, members, edits_);
  }

  bool is_possible(const ElementRequest& request, std::size_t live_count) {
    if (live_count > 1) {
      report(Code::SW5010, request.where,
             fmt::format("{} maps the attribute `{}` {} times", title(), request.name, live_count));
    } else if (live_count == 0 && !request.absent && !request.wanted.contains("source")) {
      report(Code::SW5009, request.where,
             fmt::format("{} has no mapping to `{}` that could be changed; a new one needs an "
                         "expression, a constant or `source: none`",
                         title(), request.name));
      return false;
    }
    return live_count < 2;
  }

  /// Without a matching attribute every user would be created anew (docs/graph.md#10.2,
  /// matchingPriority).
  void require_matching(const ListOverlay& list, bool exact) {
    bool had_one = false;
    bool has_one = false;
    for (std::size_t i = 0; i < mapping_.attribute_mappings.size(); ++i) {
      const AttributeMapping& live = mapping_.attribute_mappings[i];
      had_one = had_one || live.matching_priority > 0;
      const bool stays = !list.is_removed(i) && !has_priority_request(live.target_attribute_name);
      has_one = has_one || (stays && live.matching_priority > 0);
    }
    for (const ElementRequest& request : request_.attributes) {
      has_one = has_one || (!request.absent && int_or(request.wanted, "matchingPriority", 0) > 0);
    }
    if (has_one || !(had_one || exact)) return;
    report(Code::SW5011, request_.first->where,
           fmt::format("{} would have no attribute mapping with a matchingPriority", title()),
           "name the matching attribute as well, with its matchingPriority");
  }

  [[nodiscard]] bool has_priority_request(const std::string& name) const {
    return std::any_of(request_.attributes.begin(), request_.attributes.end(),
                       [&](const ElementRequest& request) {
                         return request.name == name && request.wanted.contains("matchingPriority");
                       });
  }

  [[nodiscard]] std::string title() const {
    return fmt::format("the object mapping `{}` -> `{}`", mapping_.source_object_name,
                       mapping_.target_object_name);
  }

  void report(Code code, const SourceRange& where, std::string message, std::string advice = {}) {
    problems_.push_back({code, std::move(message), where, std::move(advice)});
  }

  const SynchronizationSchema& base_;
  const ObjectMapping& mapping_;
  const MergedRequest& request_;
  std::vector<TextEdit>& edits_;
  std::vector<OverlayProblem>& problems_;
};

}  // namespace

void overlay_mappings(const SynchronizationSchema& base, const Customization& customization,
                      const expression::FunctionKeys* functions, std::vector<TextEdit>& edits,
                      std::vector<OverlayProblem>& problems) {
  SourceWriter writer(base, functions);
  std::map<ObjectMappingPlace, MergedRequest> merged;
  for (const ObjectMappingRequest& request : customization.mappings) {
    const auto place = find_object_mapping(base, request);
    if (place) {
      add(merged[*place], request, writer);
    } else {
      problems.push_back(place.error());
    }
  }
  for (const auto& [place, request] : merged) {
    const ObjectMapping& mapping = base.rules()[place.rule].object_mappings[place.mapping];
    ObjectMappingOverlay(base, mapping, request, edits, problems).lay(customization.mode);
  }
}

}  // namespace syncwright::schema
