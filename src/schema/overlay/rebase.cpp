#include "syncwright/schema/rebase.h"

#include <fmt/format.h>

#include <set>
#include <string>
#include <vector>

#include "schema/compare/canonical.h"
#include "schema/compare/canonical_filter.h"
#include "schema/json_text.h"
#include "schema/overlay/list_overlay.h"
#include "schema/part_identity.h"
#include "schema/part_lookup.h"
#include "syncwright/schema/synchronization_schema.h"

// What is hard: the document of a manifest was exported from one job and is written to another.
// The ids of its schema, rules and directories are the other's (docs/graph.md#10.2), Entra ID has
// two brand names, object names repeat inside a directory (docs/graph.md#13.29), and the service
// adds members of its own. So nothing is copied over as it is: parts are paired by what they are
// called, and only what differs canonically (docs/graph.md#12) is taken from the document, as an
// edit of the live text. A PUT of the foreign ids would be refused; worse, pairing by position
// would put the mapping of users where the one of groups was.

namespace syncwright::schema {

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

/// Brings parts of a whole document over their counterparts in a live one, as edits of the live
/// text. What is new or differs canonically takes the document's own text, all else keeps the live
/// one; members that the service sets by itself and unknown ones stay live.
class PartRebase {
 public:
  PartRebase(const SynchronizationSchema& base, const SynchronizationSchema& live,
             std::vector<TextEdit>& edits)
      : base_(base), live_(live), edits_(edits) {}

  /// Objects by name and ordinal, definitions by name; what only the live directory has stays.
  void lay(const DirectoryDefinition& base, const DirectoryDefinition& live);

  /// Filters and object mappings; object mappings that only the live rule has stay. `members` are
  /// further ones of the rule that get new values.
  void lay(const SynchronizationRule& base, const SynchronizationRule& live, MemberValues members);

 private:
  void lay(const ObjectDefinition& base, const ObjectDefinition& live);
  /// Afterwards it has exactly the attribute mappings of `base`.
  void lay(const ObjectMapping& base, const ObjectMapping& live);
  void lay_settings(const ObjectMapping& base, const ObjectMapping& live, MemberValues& members);
  void lay_scope(const ObjectMapping& base, const ObjectMapping& live, MemberValues& members);
  void lay_element(const ElementKind& kind, TextSpan base, TextSpan live);

  /// `excess`: whether parts that only the live list has go. `on_both(base, live)` lays what both
  /// have.
  enum class Excess { stays, goes };

  template <class Part, class NameOf, class OnBoth>
  void lay_list(const std::vector<Part>& base, const std::vector<Part>& live, NameOf name_of,
                const char* list, TextSpan live_object, Excess excess, MemberValues& members,
                OnBoth on_both);

  [[nodiscard]] bool same_text(TextSpan base, TextSpan live) const {
    return base_.slice(base) == live_.slice(live);
  }

  const SynchronizationSchema& base_;
  const SynchronizationSchema& live_;
  std::vector<TextEdit>& edits_;
};

template <class Part, class NameOf, class OnBoth>
void PartRebase::lay_list(const std::vector<Part>& base, const std::vector<Part>& live,
                          NameOf name_of, const char* list, TextSpan live_object, Excess excess,
                          MemberValues& members, OnBoth on_both) {
  std::vector<bool> removed(live.size(), excess == Excess::goes);
  std::vector<std::string> added;
  for (const PartPair<Part>& pair : pair_parts(live, base, name_of)) {
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
  lay_list(base.attributes(), live.attributes(), part_name, kind.list_member, live.span,
           Excess::stays, members, [&](const auto& ours, const auto& theirs) {
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

class Rebase {
 public:
  Rebase(const SynchronizationSchema& base, const SynchronizationSchema& live)
      : base_(base), live_(live), parts_(base, live, edits_) {}

  tl::expected<SynchronizationSchema, std::vector<OverlayProblem>> result() {
    lay_directories();
    lay_rules();
    if (!problems_.empty()) return tl::unexpected(std::move(problems_));
    if (edits_.empty()) return live_;
    auto rebased = live_.edited(std::move(edits_));
    if (rebased) return std::move(*rebased);
    // Only the bounds on size and depth can be crossed: edits put JSON where JSON was.
    problems_.push_back({Code::SW5018, "with the whole document " + rebased.error().message, {}});
    return tl::unexpected(std::move(problems_));
  }

 private:
  void lay_directories() {
    std::set<const DirectoryDefinition*> taken;
    for (const DirectoryDefinition& base : base_.directories()) {
      const DirectoryDefinition* live = live_.find_directory(base.name);
      if (live == nullptr) {
        report_directory("the live schema lacks a directory of the document,", base.name);
      } else if (!taken.insert(live).second) {
        report(fmt::format("the document has the directory `{}` twice", base.name));
      } else if (base_.slice(base.span) != live_.slice(live->span)) {
        parts_.lay(base, *live);
      }
    }
  }

  void lay_rules() {
    const auto found = counterparts(base_.rules(), live_.rules());
    for (std::size_t i = 0; i < found.size(); ++i) {
      const SynchronizationRule& base = base_.rules()[i];
      if (found[i] == nullptr) {
        std::vector<std::string> names;
        for (const SynchronizationRule& rule : live_.rules()) names.push_back(label_of(rule));
        report(
            unknown_name("the live schema lacks a rule of the document,", label_of(base), names));
      } else if (base_.slice(base.span) != live_.slice(found[i]->span)) {
        lay_rule(base, *found[i]);
      }
    }
  }

  /// A rule names directories as the live schema does.
  void lay_rule(const SynchronizationRule& base, const SynchronizationRule& live) {
    MemberValues members;
    const auto lay_name = [&](const char* member, std::string SynchronizationRule::* name) {
      if (same_directory_name(base.*name, live.*name)) return;
      const DirectoryDefinition* directory = live_.find_directory(base.*name);
      if (directory == nullptr && base_.find_directory(base.*name) != nullptr) return;  // reported
      if (directory == nullptr) {
        report_directory(fmt::format("the live schema lacks a directory of the document's rule "
                                     "`{}`,",
                                     label_of(base)),
                         base.*name);
      } else if (directory->name != live.*name) {
        members.emplace_back(member, canonical_json(directory->name));
      }
    };
    lay_name("sourceDirectoryName", &SynchronizationRule::source_directory_name);
    lay_name("targetDirectoryName", &SynchronizationRule::target_directory_name);
    parts_.lay(base, live, std::move(members));
  }

  void report_directory(const std::string& what, const std::string& name) {
    std::vector<std::string> names;
    for (const DirectoryDefinition& directory : live_.directories()) {
      names.push_back(directory.name);
    }
    report(unknown_name(what, name, names));
  }

  void report(std::string message) { problems_.push_back({Code::SW5017, std::move(message), {}}); }

  const SynchronizationSchema& base_;
  const SynchronizationSchema& live_;
  std::vector<TextEdit> edits_;
  std::vector<OverlayProblem> problems_;
  PartRebase parts_;
};

}  // namespace

tl::expected<SynchronizationSchema, std::vector<OverlayProblem>> rebase(
    const SynchronizationSchema& base, const SynchronizationSchema& live) {
  return Rebase(base, live).result();
}

}  // namespace syncwright::schema
