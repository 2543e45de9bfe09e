#include "syncwright/emulator/template_schema.h"

#include <doctest/doctest.h>

#include "syncwright/emulator/catalog.h"

using namespace syncwright;
using namespace syncwright::emulator;

TEST_CASE("the catalog's schemas are found as the planner chooses galleries") {
  for (const char* gallery : {"Salesforce", "salesforce", "5af0c3d1-7b92-4e68-9c14-d36e8b20f57a",
                              "5AF0C3D1-7B92-4E68-9C14-D36E8B20F57A"}) {
    CAPTURE(gallery);
    const auto schema = emulator::built_in_schema(gallery, "default");
    REQUIRE(schema.has_value());
    CHECK(schema->find_directory("salesforce.com") != nullptr);
    CHECK(schema->find_directory("Microsoft Entra ID") != nullptr);
    CHECK(emulator::built_in_schema(gallery, "SfOutDelta")->text() == schema->text());
  }
}

TEST_CASE("what the catalog does not have is not known") {
  CHECK_FALSE(emulator::built_in_schema("Figma", "default").has_value());
  CHECK_FALSE(emulator::built_in_schema("Salesforce", "dataBricks").has_value());
  CHECK_FALSE(emulator::built_in_schema("", "default").has_value());
}

TEST_CASE("one entry of the built-in catalog is what the whole catalog has") {
  const auto catalog = Catalog::built_in();
  CHECK(Catalog::built_in_names().size() == catalog->gallery.size());
  for (const GalleryEntry& entry : catalog->gallery) {
    const auto alone = Catalog::built_in_entry(string_or(entry.application_template, "id"));
    REQUIRE(alone);
    CHECK(alone->application_template == entry.application_template);
    CHECK(alone->app_roles == entry.app_roles);
    CHECK(alone->connector == entry.connector);
    CHECK(alone->synchronization_templates == entry.synchronization_templates);
  }
  CHECK_FALSE(Catalog::built_in_entry("no such gallery"));
}
