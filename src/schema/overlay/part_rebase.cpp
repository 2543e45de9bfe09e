#include "schema/overlay/part_rebase.h"

#include <string>

#include "schema/compare/canonical.h"
#include "schema/compare/canonical_filter.h"
#include "schema/compare/part_pairs.h"
#include "schema/json_text.h"
#include "schema/part_identity.h"

namespace syncwright {

namespace {

/// The text of a member; `fallback` where it is absent or null.
std::string member_text_or(const SynchronizationSchema& schema, TextSpan object,
                           std::string_view key, std::string fallback) {
  const std::string_view text = schema.slice(member_value(schema.text(), object, key));
  return text.empty() || text == "null" ? std::move(fallback) : std::string(text);
}

/// Where the list lies; empty where it is absent or null.
TextSpan list_span(const SynchronizationSchema& schema, TextSpan object, const char* key) {
  const TextSpan value = member_value(schema.text(), object, key);
  return schema.slice(value).starts_with('[') ? value : TextSpan{};
}

std::string json_list(const std::vector<std::string>& elements) {
  std::string list;
  for (const std::string& element : elements) list.append(list.empty() ? "[" : ",").append(element);
  return list + "]";
}

const auto part_name = [](const auto& part) { return part.name; };

}  // namespace

template <class Part, class NameOf, class OnBoth>
void PartRebase::lay_list(const std::vector<Part>& base, const std::vector<Part>& live,
                          NameOf part_name, const char* list, TextSpan live_object, Excess excess,
                          MemberValues& members, OnBoth on_both) {
  std::vector<bool> removed(live.size(), excess == Excess::goes);
  std::vector<std::string> added;
  for (const PartPair<Part>& pair : pair_parts(live, base, part_name)) {
    if (pair.after == nullptr) continue;
    if (pair.before == nullptr) {
      added.emplace_back(base_.slice(pair.after->span));
      continue;
    }
    removed[static_cast<std::size_t>(pair.before - live.data())] = false;
    if (!same_text(pair.after->span, pair.before->span)) on_both(*pair.after, *pair.before);
  }
  const TextSpan array = list_span(live_, live_object, list);
  if (array.empty()) {
    if (!added.empty()) members.emplace_back(list, json_list(added));
    return;
  }
  std::vector<TextSpan> spans;
  spans.reserve(live.size());
  for (const Part& part : live) spans.push_back(part.span);
  edit_elements(live_.text(), array, spans, removed, added, edits_);
}

void PartRebase::lay(const DirectoryDefinition& base, const DirectoryDefinition& live) {
  MemberValues members;
  lay_list(base.objects, live.objects, part_name, "objects", live.span, Excess::stays, members,
           [this](const auto& ours, const auto& theirs) { lay(ours, theirs); });
  edit_members(live_.text(), live.span, members, edits_);
}

void PartRebase::lay(const ObjectDefinition& base, const ObjectDefinition& live) {
  const ElementKind kind{"name", "attributes", definition_defaults(), canonical_definition};
  MemberValues members;
  lay_list(base.attributes, live.attributes, part_name, kind.list_member, live.span, Excess::stays,
           members, [&](const auto& ours, const auto& theirs) {
             lay_element(kind, ours.span, theirs.span);
           });
  edit_members(live_.text(), live.span, members, edits_);
}

void PartRebase::lay(const SynchronizationRule& base, const SynchronizationRule& live,
                     MemberValues members) {
  for (const char* filter : {"containerFilter", "groupFilter"}) {
    const auto inclusion = [filter](const SynchronizationSchema& schema, TextSpan rule) {
      return canonical_inclusion(part_json(schema, member_value(schema.text(), rule, filter)));
    };
    if (inclusion(base_, base.span) == inclusion(live_, live.span)) continue;
    members.emplace_back(filter, member_text_or(base_, base.span, filter, "null"));
  }
  lay_list(
      base.object_mappings, live.object_mappings,
      [](const ObjectMapping& each) { return identity_of(each); }, "objectMappings", live.span,
      Excess::stays, members, [this](const auto& ours, const auto& theirs) { lay(ours, theirs); });
  edit_members(live_.text(), live.span, members, edits_);
}

void PartRebase::lay(const ObjectMapping& base, const ObjectMapping& live) {
  const ElementKind kind{"targetAttributeName", "attributeMappings", mapping_defaults(),
                         canonical_mapping};
  MemberValues members;
  lay_settings(base, live, members);
  lay_list(
      base.attribute_mappings, live.attribute_mappings,
      [](const AttributeMapping& each) { return each.target_attribute_name; }, kind.list_member,
      live.span, Excess::goes, members,
      [&](const auto& ours, const auto& theirs) { lay_element(kind, ours.span, theirs.span); });
  edit_members(live_.text(), live.span, members, edits_);
}

void PartRebase::lay_settings(const ObjectMapping& base, const ObjectMapping& live,
                              MemberValues& members) {
  for_each_member<ObjectMappingRequest>([&](const auto& row) {
    using Type = typename std::decay_t<decltype(row)>::value_type;
    if constexpr (std::is_same_v<Type, ScopingFilterRequest>) {
      lay_scope(base, live, members);
    } else {
      const Json wanted = member_words(base_, base, row);
      if (wanted != member_words(live_, live, row)) {
        members.emplace_back(row.name, wire_text(wanted));
      }
    }
  });
}

void PartRebase::lay_scope(const ObjectMapping& base, const ObjectMapping& live,
                           MemberValues& members) {
  if (same_text(base.scope_span, live.scope_span)) return;
  const Json base_scope = part_json(base_, base.scope_span);
  const Json live_scope = part_json(live_, live.scope_span);
  MemberValues lists;
  for (const char* list : {"groups", "inputFilterGroups", "categoryFilterGroups"}) {
    const Json wanted = canonical_groups(member_or_null(base_scope, list));
    if (wanted == canonical_groups(member_or_null(live_scope, list))) continue;
    lists.emplace_back(list, base_scope.is_object()
                                 ? member_text_or(base_, base.scope_span, list, "[]")
                                 : std::string("[]"));
  }
  if (lists.empty()) return;
  if (base_scope.is_object() && live_scope.is_object()) {
    edit_members(live_.text(), live.scope_span, lists, edits_);
  } else {
    members.emplace_back("scope", base_scope.is_object() ? base_.slice(base.scope_span) : "null");
  }
}

void PartRebase::lay_element(const ElementKind& kind, TextSpan base, TextSpan live) {
  const Json wanted = kind.canonical(part_json(base_, base));
  const Json found = kind.canonical(part_json(live_, live));
  MemberValues values;
  for (const auto& [key, value] : wanted.items()) {
    if (same_member(key, found[key], value)) continue;
    values.emplace_back(key, member_text_or(base_, base, key, canonical_json(value)));
  }
  edit_members(live_.text(), live, values, edits_);
}

}  // namespace syncwright
