#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "syncwright/model/live.h"

namespace syncwright::model {

/// What `gallery` of a manifest means among the templates that a tenant lists. The reader, the
/// planner and the executor ask this function and no other, so that all three mean the same one.
struct GalleryChoice {
  std::vector<GalleryTemplate> candidates;  ///< one: it; none: unknown; several: ambiguous

  /// The template, or nullptr where it is unknown or ambiguous. Lives as long as the choice.
  [[nodiscard]] const GalleryTemplate* only() const {
    return candidates.size() == 1 ? &candidates.front() : nullptr;
  }
};

/// By id, else by exact display name, else by display name without regard to (ASCII) case. A
/// template that is listed twice counts once.
[[nodiscard]] GalleryChoice choose_gallery(std::string_view gallery,
                                           const std::vector<GalleryTemplate>& listed);

}  // namespace syncwright::model
