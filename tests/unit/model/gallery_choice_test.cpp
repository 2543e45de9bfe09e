#include "syncwright/model/gallery_choice.h"

#include <doctest/doctest.h>

using namespace syncwright;

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

TEST_CASE("an id is told from a display name by its spelling") {
  CHECK(is_template_id("8b1025e4-1dd2-430b-a150-2ef79cd700f5"));
  CHECK(is_template_id("8B1025E4-1DD2-430B-A150-2EF79CD700F5"));
  CHECK_FALSE(is_template_id("8b1025e4-1dd2-430b-a150-2ef79cd700fx"));
  CHECK_FALSE(is_template_id("Salesforce"));
}
