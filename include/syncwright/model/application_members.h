#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>

#include "syncwright/model/desired.h"
#include "syncwright/model/live.h"
#include "syncwright/schema/members.h"

/// One row per property of an application (docs/architecture.md#decision-14). Plan files, the
/// decoder of manifests, the readers and writers of Graph's objects, the planner, drift and export
/// loop over this table. A new text of the service principal is a member of DesiredApplication, one
/// of LiveReference and a row here.

namespace syncwright::model {

/// The mapping of a manifest that holds the key; `lifecycle` is a part of `spec`.
enum class ManifestPlace { metadata, spec, lifecycle };

/// A property that has code of its own wherever it is planned and written.
template <ManifestPlace kPlace, class Value>
struct ApplicationMember {
  static constexpr ManifestPlace place = kPlace;

  const char* name;  ///< the key in manifests and plan files
  Value DesiredApplication::* value;
};

/// A text that Graph keeps on the service principal, perhaps on the application object as well
/// (docs/graph.md#15: the two change apart). The key of the manifest is Graph's property.
template <class Value>
struct ApplicationText {
  static constexpr ManifestPlace place = ManifestPlace::spec;
  /// Whether a manifest may leave it out; it is not managed then.
  static constexpr bool is_optional = !std::is_same_v<Value, std::string>;

  const char* name;
  Value DesiredApplication::* value;
  std::size_t most;                        ///< characters that Graph takes
  const char* words;                       ///< in the middle of a sentence
  std::string LiveReference::* principal;  ///< as the service principal has it
  /// As the application object has it, empty: unknown; nullptr: not managed there.
  std::string LiveReference::* application = nullptr;
};

template <class Value>
constexpr auto in_metadata(const char* name, Value DesiredApplication::* value) {
  return ApplicationMember<ManifestPlace::metadata, Value>{name, value};
}
template <class Value>
constexpr auto in_spec(const char* name, Value DesiredApplication::* value) {
  return ApplicationMember<ManifestPlace::spec, Value>{name, value};
}
template <class Value>
constexpr auto in_lifecycle(const char* name, Value DesiredApplication::* value) {
  return ApplicationMember<ManifestPlace::lifecycle, Value>{name, value};
}

/// In the order in which manifests say it.
inline constexpr std::tuple kApplicationMembers{
    in_metadata("name", &DesiredApplication::name),
    in_metadata("labels", &DesiredApplication::labels),
    in_spec("gallery", &DesiredApplication::gallery),
    ApplicationText{"displayName", &DesiredApplication::display_name, 256, "the display name",
                    &LiveReference::display_name, &LiveReference::application_display_name},
    ApplicationText{"notes", &DesiredApplication::notes, 1024, "the notes field",
                    &LiveReference::notes},
    in_lifecycle("adopt", &DesiredApplication::adopt),
    in_lifecycle("protect", &DesiredApplication::protect),
    in_lifecycle("previously", &DesiredApplication::previously),
    in_spec("assignments", &DesiredApplication::assignments),
    in_spec("scope", &DesiredApplication::scope),
    in_spec("credentials", &DesiredApplication::credentials),
    in_spec("notifications", &DesiredApplication::notifications),
    in_spec("deletions", &DesiredApplication::deletions),
    in_spec("jobs", &DesiredApplication::jobs),
};
static_assert(schema::row_count::members_of<DesiredApplication>() ==
                  std::tuple_size_v<decltype(kApplicationMembers)> + 4,
              "all but where, gallery_where, scope_where and row");

/// `visit(row)` for each row; rows have several types, so that it is generic or overloaded.
template <class Visit>
constexpr void for_each_application_member(Visit&& visit) {
  std::apply([&visit](const auto&... rows) { (visit(rows), ...); }, kApplicationMembers);
}

template <class Row>
inline constexpr bool is_application_text = false;
template <class Value>
inline constexpr bool is_application_text<ApplicationText<Value>> = true;

/// The texts alone.
template <class Visit>
constexpr void for_each_application_text(Visit&& visit) {
  for_each_application_member([&visit](const auto& row) {
    if constexpr (is_application_text<std::decay_t<decltype(row)>>) visit(row);
  });
}

/// What the manifest asks for; nullptr where it does not manage the text.
template <class Value>
[[nodiscard]] const std::string* wanted_text(const ApplicationText<Value>& row,
                                             const DesiredApplication& desired) {
  if constexpr (ApplicationText<Value>::is_optional) {
    return desired.*row.value ? &*(desired.*row.value) : nullptr;
  } else {
    return &(desired.*row.value);
  }
}

/// Texts of a service principal by Graph's property.
using PrincipalTexts = std::map<std::string, std::string>;

/// All that the manifest manages.
[[nodiscard]] PrincipalTexts principal_texts(const DesiredApplication& desired);
/// Whether the service principal has these texts; others do not count.
[[nodiscard]] bool has_texts(const LiveReference& live, const PrincipalTexts& texts);

}  // namespace syncwright::model
