#include "syncwright/model/gallery_choice.h"

#include <algorithm>

#include "syncwright/core/ascii.h"

namespace syncwright::model {
namespace {

template <class Predicate>
std::vector<GalleryTemplate> select(const std::vector<GalleryTemplate>& listed,
                                    Predicate predicate) {
  std::vector<GalleryTemplate> selected;
  for (const GalleryTemplate& entry : listed) {
    const bool known =
        std::any_of(selected.begin(), selected.end(), [&entry](const GalleryTemplate& earlier) {
          return ascii::equal_ignoring_case(earlier.id, entry.id);
        });
    if (!known && predicate(entry)) selected.push_back(entry);
  }
  return selected;
}

}  // namespace

GalleryChoice choose_gallery(std::string_view gallery, const std::vector<GalleryTemplate>& listed) {
  GalleryChoice choice{select(listed, [gallery](const GalleryTemplate& entry) {
    return ascii::equal_ignoring_case(entry.id, gallery);
  })};
  if (!choice.candidates.empty()) return choice;
  choice.candidates = select(
      listed, [gallery](const GalleryTemplate& entry) { return entry.display_name == gallery; });
  if (!choice.candidates.empty()) return choice;
  choice.candidates = select(listed, [gallery](const GalleryTemplate& entry) {
    return ascii::equal_ignoring_case(entry.display_name, gallery);
  });
  return choice;
}

}  // namespace syncwright::model
