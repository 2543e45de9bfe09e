#include "syncwright/core/diagnostic_catalog.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

using namespace syncwright;

TEST_CASE("the catalog is sorted and every code occurs once") {
  const auto catalog = diagnostic_catalog();
  REQUIRE(catalog.size() >= 61);
  for (std::size_t i = 1; i < catalog.size(); ++i) {
    CAPTURE(catalog[i].code);
    CHECK(catalog[i - 1].code < catalog[i].code);
  }
}

TEST_CASE("every code is found, and only those") {
  for (const CatalogEntry& entry : diagnostic_catalog()) {
    CHECK(find_catalog_entry(entry.code) == &entry);
  }
  for (const char* unknown : {"", "SW", "SW0100", "SW1099", "SW9999", "sw0101", "SW01011"}) {
    CHECK(find_catalog_entry(unknown) == nullptr);
  }
}

TEST_CASE("every text has the shape that explain prints") {
  for (const CatalogEntry& entry : diagnostic_catalog()) {
    CAPTURE(entry.code);
    CHECK(entry.code.size() == 6);
    CHECK(entry.code.starts_with("SW"));
    CHECK_FALSE(entry.title.empty());
    CHECK(entry.title.size() <= 60);
    CHECK_FALSE(entry.title.ends_with('.'));
    CHECK(entry.title.find('\n') == std::string_view::npos);
    const auto lines = std::count(entry.explain.begin(), entry.explain.end(), '\n') + 1;
    CHECK(lines >= 3);
    CHECK(lines <= 8);
    std::size_t start = 0;
    while (start < entry.explain.size()) {
      const std::size_t end = std::min(entry.explain.find('\n', start), entry.explain.size());
      CAPTURE(entry.explain.substr(start, end - start));
      CHECK(end - start <= 88);
      CHECK(entry.explain[end - 1] != ' ');
      start = end + 1;
    }
  }
}

TEST_CASE("only the remark about YAML 1.1 is a warning") {
  for (const CatalogEntry& entry : diagnostic_catalog()) {
    CAPTURE(entry.code);
    CHECK((entry.severity == Severity::warning) == (entry.code == "SW0109"));
  }
}
