#include "syncwright/model/gallery_choice.h"

#include <doctest/doctest.h>

using namespace syncwright;
using namespace syncwright::model;

namespace {

std::string chosen(std::string_view gallery, const std::vector<GalleryTemplate>& listed) {
  std::string text;
  for (const GalleryTemplate& entry : choose_gallery(gallery, listed).candidates) {
    text += entry.id + " ";
  }
  return text;
}

}  // namespace

TEST_CASE("a template is meant by its id, else its exact name, else its name in any case") {
  const std::vector<GalleryTemplate> listed{{"1", "BOX", "", true, {}},
                                            {"2", "box", "", true, {}},
                                            {"box", "Slack", "", true, {}},
                                            {"4", "Zoom", "", true, {}},
                                            {"4", "Zoom", "", true, {}}};
  CHECK(chosen("Box", {listed[0], listed[1]}) == "1 2 ");
  CHECK(choose_gallery("Box", {listed[0], listed[1]}).only() == nullptr);
  CHECK(chosen("box", {listed[0], listed[1]}) == "2 ");
  CHECK(chosen("BOX", listed) == "box ");
  CHECK(chosen("zoom", listed) == "4 ");
  CHECK(chosen("slack", listed) == "box ");
  CHECK(chosen("Dropbox", listed).empty());
  CHECK(choose_gallery("Dropbox", listed).only() == nullptr);
}
