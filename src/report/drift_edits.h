#pragma once

#include <string>
#include <vector>

#include "syncwright/plan/drift.h"

namespace syncwright {

/// The edits of a drift as people read them: everybody else's one by one, and ours too while they
/// are few. An apply of many applications leaves thousands of ours, which explain nothing.
struct ToldEdits {
  std::vector<const DriftEdit*> one_by_one;
  std::string others;  ///< "2000 edits of ours in 500 applications (...)"; empty: none
};

[[nodiscard]] ToldEdits told_edits(const std::vector<DriftEdit>& edits);

/// A name, else an id. Not escaped.
[[nodiscard]] std::string editor_of(const DriftEdit& edit);

}  // namespace syncwright
