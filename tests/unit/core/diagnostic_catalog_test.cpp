#include "syncwright/core/diagnostic_catalog.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "syncwright/core/json.h"

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

TEST_CASE("a code and its text lead to each other") {
  for (const CatalogEntry& entry : diagnostic_catalog()) {
    const std::optional<Code> code = find_code(entry.code);
    REQUIRE(code);
    CHECK(to_string(*code) == entry.code);
    CHECK(&catalog_entry(*code) == &entry);
  }
  CHECK(to_string(Code::SW1001) == "SW1001");
  CHECK(find_code("SW1001") == Code::SW1001);
  CHECK(Json(Code::SW1001) == "SW1001");
  CHECK(fmt::format("{}", Code::SW1001) == "SW1001");
  CHECK_FALSE(find_code("SW9999"));
  CHECK(find_code("") == Code::none);
  CHECK(to_string(Code::none).empty());
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

TEST_CASE(
    "beside findings of the lint, warnings are about what is understood and probably a slip") {
  std::string warnings;
  for (const CatalogEntry& entry : diagnostic_catalog()) {
    const bool is_lint = entry.code.starts_with("SW31") || entry.code.starts_with("SW32");
    if (!is_lint && entry.severity != Severity::error) warnings += std::string(entry.code) + " ";
  }
  CHECK(warnings == "SW0109 SW0111 SW2018 SW2019 SW2029 SW2038 SW5029 SW5040 SW5041 ");
}

TEST_CASE("the lint's errors are those that certainly fail") {
  std::string errors;
  for (const CatalogEntry& entry : diagnostic_catalog()) {
    const bool is_lint = entry.code.starts_with("SW31") || entry.code.starts_with("SW32");
    if (is_lint && entry.severity == Severity::error) errors += std::string(entry.code) + " ";
  }
  CHECK(errors == "SW3101 SW3103 SW3104 SW3105 SW3108 SW3116 SW3132 SW3133 SW3204 ");
}
