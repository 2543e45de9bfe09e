#pragma once

#include <optional>
#include <string>
#include <vector>

#include "emulator/store/table.h"
#include "syncwright/core/clock.h"
#include "syncwright/core/json.h"

namespace syncwright::emulator {

/// A directory object as the tenant knows it, and what its replicas still show of it
/// (docs/graph.md#6). With a delay D: a creation or deletion is seen by id after D; a list shows an
/// object, and each change of it, after 2 D. A change of an object that is visible is seen by id at
/// once.
class Replicated {
 public:
  Replicated(Json value, Instant created);

  /// The truth, whatever replicas show; what it was last where it is deleted.
  [[nodiscard]] const Json& value() const { return versions_.back().value; }
  [[nodiscard]] bool is_deleted() const { return deleted_.has_value(); }
  [[nodiscard]] std::optional<Instant> deleted() const { return deleted_; }
  [[nodiscard]] Instant created() const { return created_; }

  /// nullptr where a read by id does not find it.
  [[nodiscard]] const Json* by_id(Instant now, Milliseconds delay) const;
  /// nullptr where a list does not show it; else the version that the list's index holds.
  [[nodiscard]] const Json* in_list(Instant now, Milliseconds delay) const;

  void change(Json value, Instant now, Milliseconds delay);
  void remove(Instant now) { deleted_ = now; }
  void restore(Instant now);

  /// The display names of what a list shows and is going to show.
  [[nodiscard]] std::vector<std::string> names() const;

  [[nodiscard]] Json to_json() const;
  /// nullopt where `state` is not what `to_json` writes.
  [[nodiscard]] static std::optional<Replicated> from_json(const Json& state);

 private:
  struct Version {
    Instant since;
    Json value;
  };
  std::vector<Version> versions_;  // oldest first, never empty
  Instant created_;                // or restored
  std::optional<Instant> deleted_;
};

/// A display name, or what it begins with; of ASCII the case does not count.
struct AskedName {
  std::string text;
  bool is_beginning = false;
};

/// Applications, or service principals: found by id, with their "appId", and by their names.
class Collection : public Table<Replicated> {
 public:
  Collection();

  using Table::add;
  const Replicated& add(Json value, Instant created);
  /// What lists show, in the order of creation.
  [[nodiscard]] std::vector<const Json*> listed(Instant now, Milliseconds delay) const;
  /// The same of those that may have one of the names: all that have are among them.
  [[nodiscard]] std::vector<const Json*> listed(Instant now, Milliseconds delay,
                                                const std::vector<AskedName>& names) const;
};

}  // namespace syncwright::emulator
