#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "schema/canonical.h"
#include "schema/canonical_filter.h"
#include "schema/list_overlay.h"
#include "schema/overlay_parts.h"
#include "schema/part_lookup.h"
#include "schema/source_writer.h"
#include "syncwright/schema/members.h"

namespace syncwright {

namespace {

/// Everything that requests want of one object mapping; later ones over earlier.
struct Wish {
  const ObjectMappingRequest* first = nullptr;
  std::optional<bool> enabled;
  std::optional<std::vector<std::string>> flow_types;
  std::optional<ScopingFilterRequest> scope;
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
  void add(const Member<Request, Value>& row) {
    if (request_.*row.value) wanted_[row.name] = *(request_.*row.value);
  }

  void add(const NullableText<Request>& row) {
    if (request_.*row.value) wanted_[row.name] = *(request_.*row.value);
    if (request_.*row.is_null) wanted_[row.name] = nullptr;
  }

  void add(const SourceMember<Request>& row) {
    const std::optional<MappingSource>& source = request_.*row.value;
    if (!source) return;
    const auto* expression = std::get_if<Expression>(&source->value);
    wanted_[row.name] = expression == nullptr ? Json(nullptr) : writer_.write(*expression);
  }

  const Request& request_;
  SourceWriter& writer_;
  Json wanted_ = Json::object();
};

void add(Wish& wish, const ObjectMappingRequest& request, SourceWriter& writer) {
  if (wish.first == nullptr) wish.first = &request;
  if (request.enabled) wish.enabled = request.enabled;
  if (request.flow_types) wish.flow_types = request.flow_types;
  if (request.scoping_filter) wish.scope = request.scoping_filter;
  for (const AttributeMappingRequest& attribute : request.attributes) {
    add_request(wish.attributes, {attribute.target_attribute_name, attribute.absent,
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

/// Lays one wish over one object mapping.
class ObjectMappingOverlay {
 public:
  ObjectMappingOverlay(const SynchronizationSchema& base, const ObjectMapping& mapping,
                       const Wish& wish, std::vector<TextEdit>& edits,
                       std::vector<OverlayProblem>& problems)
      : base_(base), mapping_(mapping), wish_(wish), edits_(edits), problems_(problems) {}

  void lay(Customization::Mode mode) {
    MemberValues members;
    lay_enabled(members);
    lay_flow_types(members);
    lay_scope(members);
    lay_attributes(mode, members);
    edit_members(base_.text(), mapping_.span, members, edits_);
  }

 private:
  void lay_enabled(MemberValues& members) const {
    if (!wish_.enabled || *wish_.enabled == mapping_.enabled) return;
    members.emplace_back("enabled", *wish_.enabled ? "true" : "false");
  }

  void lay_flow_types(MemberValues& members) const {
    if (!wish_.flow_types) return;
    const std::set<std::string> wanted(wish_.flow_types->begin(), wish_.flow_types->end());
    if (wanted == flow_type_set(part_json(base_, mapping_.flow_types_span))) return;
    members.emplace_back("flowTypes", canonical_json(flow_types_text(wanted)));
  }

  void lay_scope(MemberValues& members) {
    if (!wish_.scope) return;
    auto replacement = scope_replacement(part_json(base_, mapping_.scope_span), *wish_.scope);
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
    for (const ElementRequest& request : wish_.attributes) {
      if (is_possible(request, list.count(request.name))) list.lay(request);
    }
    // An entry without attributes does not manage them (docs/contract.md#3: a key that is missing).
    const bool exact = mode == Customization::Mode::exact && !wish_.attributes.empty();
    if (exact) list.remove_unnamed();
    require_matching(list, exact);
    list.finish(mapping_.attribute_mappings_span, members, edits_);
  }

  bool is_possible(const ElementRequest& request, std::size_t live_count) {
    if (live_count > 1) {
      report("SW5010", request.where,
             fmt::format("{} maps the attribute `{}` {} times", described(), request.name,
                         live_count));
    } else if (live_count == 0 && !request.absent && !request.wanted.contains("source")) {
      report("SW5009", request.where,
             fmt::format("{} has no mapping to `{}` that could be changed; a new one needs an "
                         "expression, a constant or `source: none`",
                         described(), request.name));
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
    for (const ElementRequest& request : wish_.attributes) {
      has_one = has_one || (!request.absent && int_or(request.wanted, "matchingPriority", 0) > 0);
    }
    if (has_one || !(had_one || exact)) return;
    report("SW5011", wish_.first->where,
           fmt::format("{} would have no attribute mapping with a matchingPriority", described()),
           "name the matching attribute as well, with its matchingPriority");
  }

  [[nodiscard]] bool has_priority_request(const std::string& name) const {
    return std::any_of(wish_.attributes.begin(), wish_.attributes.end(),
                       [&](const ElementRequest& request) {
                         return request.name == name && request.wanted.contains("matchingPriority");
                       });
  }

  [[nodiscard]] std::string described() const {
    return fmt::format("the object mapping `{}` -> `{}`", mapping_.source_object_name,
                       mapping_.target_object_name);
  }

  void report(const char* code, const SourceRange& where, std::string message,
              std::string advice = {}) {
    problems_.push_back({code, std::move(message), where, std::move(advice)});
  }

  const SynchronizationSchema& base_;
  const ObjectMapping& mapping_;
  const Wish& wish_;
  std::vector<TextEdit>& edits_;
  std::vector<OverlayProblem>& problems_;
};

}  // namespace

void overlay_mappings(const SynchronizationSchema& base, const Customization& customization,
                      const FunctionKeys* functions, std::vector<TextEdit>& edits,
                      std::vector<OverlayProblem>& problems) {
  SourceWriter writer(base, functions);
  std::map<ObjectMappingPlace, Wish> wishes;
  for (const ObjectMappingRequest& request : customization.mappings) {
    const auto place = find_object_mapping(base, request);
    if (place) {
      add(wishes[*place], request, writer);
    } else {
      problems.push_back(place.error());
    }
  }
  for (const auto& [place, wish] : wishes) {
    const ObjectMapping& mapping = base.rules()[place.rule].object_mappings[place.mapping];
    ObjectMappingOverlay(base, mapping, wish, edits, problems).lay(customization.mode);
  }
}

}  // namespace syncwright
