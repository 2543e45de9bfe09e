#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "report/differing_values.h"
#include "syncwright/plan/changes.h"

namespace syncwright::report {

/// From so many applications on, changes that are alike are shown once for all of them.
inline constexpr std::size_t kGroupFrom = 3;
/// From so many applications on, a plan sums up first.
inline constexpr std::size_t kManyApplications = 10;

/// Applications whose changes are alike: the same steps to the same parts, with the same risk and
/// the same reason to refuse. Values may differ from one to the next, as they do where rows
/// generated them.
struct ApplicationGroup {
  std::vector<std::string> applications;  ///< one, or at least kGroupFrom
  /// Of the first application, with the name of a column (column_value) for a value that differs.
  /// Of `row` the file is left where the lines differ, and nothing where the files do.
  std::vector<plan::Change> changes;
  std::vector<DifferingValue> differing;   ///< the columns of the group's table
  std::vector<std::size_t> other_origins;  ///< by change: how many other lines ask for it

  [[nodiscard]] bool is_one() const { return applications.size() == 1; }
  [[nodiscard]] bool is_refused() const;  ///< something is blocked
  [[nodiscard]] bool waits() const;       ///< everything is held
  /// Something may cost somebody access or give it, or is deleted: nothing of it is folded away.
  [[nodiscard]] bool is_risky() const;
  /// How many applications a text names: all where they are few, refused, held, risky or say who is
  /// assigned; else the first ones.
  [[nodiscard]] std::size_t name_count() const;
  /// "will be created", "cannot be updated", ...
  [[nodiscard]] std::string verdict() const;
  /// `+`, `~`, `-`, `!`
  [[nodiscard]] char sign() const;
};

/// In the order of their first applications.
[[nodiscard]] std::vector<ApplicationGroup> group_applications(const plan::Changes& changes);

[[nodiscard]] std::size_t count_applications(const std::vector<ApplicationGroup>& groups);

/// The first `count` names, escaped.
[[nodiscard]] std::string names_of(const ApplicationGroup& group, std::size_t count);
/// Those that a text names, and how many more there are.
[[nodiscard]] std::string names_of(const ApplicationGroup& group);
/// " and 492 more (--format json lists them)"; empty where a text names them all.
[[nodiscard]] std::string unnamed_words(const ApplicationGroup& group);

/// Where one of its changes comes from: "a.yaml:41 and 9 others", "a.yaml:41, rows of b.csv".
[[nodiscard]] std::string places_of(const ApplicationGroup& group, std::size_t change);

}  // namespace syncwright::report
