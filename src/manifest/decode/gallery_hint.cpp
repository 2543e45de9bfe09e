#include "manifest/decode/gallery_hint.h"

#include <fmt/format.h>

#include "syncwright/core/ascii.h"
#include "syncwright/core/suggestion.h"

namespace syncwright {
namespace {

/// Of short names one letter makes another product: Box and Fox.
constexpr std::size_t kShortestMisspelt = 5;

}  // namespace

void hint_at_gallery(const DesiredApplication& application, const std::vector<std::string>& known,
                     Diagnostics& diagnostics) {
  const std::string& gallery = application.gallery;
  const std::string near = nearest(gallery, known);
  const bool is_meant = ascii::lower(near) == ascii::lower(gallery);
  if (near.empty() || is_meant || gallery.size() < kShortestMisspelt) return;
  diagnostics.add(kNearGalleryCode, application.gallery_where,
                  fmt::format("`{}` is no gallery name that is known offline", gallery),
                  fmt::format("did you mean `{}`? The tenant's gallery has many more: `syncwright "
                              "plan` asks it",
                              near));
}

}  // namespace syncwright
