#pragma once

#include <vector>

#include "schema/overlay/list_overlay.h"
#include "schema/overlay/text_edit.h"
#include "syncwright/schema/synchronization_schema.h"

namespace syncwright {

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
  void lay_list(const std::vector<Part>& base, const std::vector<Part>& live, NameOf part_name,
                const char* list, TextSpan live_object, Excess excess, MemberValues& members,
                OnBoth on_both);

  [[nodiscard]] bool same_text(TextSpan base, TextSpan live) const {
    return base_.slice(base) == live_.slice(live);
  }

  const SynchronizationSchema& base_;
  const SynchronizationSchema& live_;
  std::vector<TextEdit>& edits_;
};

}  // namespace syncwright
