#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "syncwright/plan/change.h"

namespace syncwright {

/// From so many applications on, equal changes are shown once for all of them.
inline constexpr std::size_t kGroupFrom = 10;
/// From so many applications on, a plan sums up first.
inline constexpr std::size_t kManyApplications = 10;

/// Applications whose changes are alike: the same steps to the same parts for the same reason to
/// refuse. Values may differ from one to the next, as they do where rows generated them.
struct ApplicationGroup {
  std::vector<std::string> applications;  ///< one, or at least kGroupFrom
  /// Of the first application; `reason` is empty where it is not everyone's. Of `row` the file is
  /// left where the lines differ, and nothing where the files do.
  std::vector<Change> changes;
  std::vector<std::size_t> other_origins;  ///< by change: how many other lines ask for it
  /// By change and field: how many other values the group has there.
  std::vector<std::vector<std::size_t>> other_values;

  [[nodiscard]] bool is_one() const { return applications.size() == 1; }
  [[nodiscard]] bool refused() const;  ///< something is blocked
  [[nodiscard]] bool waits() const;    ///< everything is held
  /// "will be created", "cannot be updated", ...
  [[nodiscard]] const char* verdict() const;
  /// `+`, `~`, `-`, `!`
  [[nodiscard]] char sign() const;
};

/// In the order of their first applications. `changes`: of a plan, by application.
[[nodiscard]] std::vector<ApplicationGroup> group_applications(const std::vector<Change>& changes);

[[nodiscard]] std::size_t count_applications(const std::vector<ApplicationGroup>& groups);

/// The applications' names, escaped: all of them where they are deleted or refused, else the first
/// few and how many more there are.
[[nodiscard]] std::string names_of(const ApplicationGroup& group);

/// Where one of its changes comes from: "a.yaml:41 and 9 others", "a.yaml:41, rows of b.csv".
[[nodiscard]] std::string places_of(const ApplicationGroup& group, std::size_t change);

/// " (and 479 other values)"; empty for none.
[[nodiscard]] std::string others_of(std::size_t other_values);

}  // namespace syncwright
