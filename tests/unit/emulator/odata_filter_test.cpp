#include <doctest/doctest.h>

#include <string>

#include "emulator/odata/filter.h"

namespace syncwright::emulator {

namespace {

const Json box_of_ohara = {{"displayName", "Box of O'Hara"},
                           {"accountEnabled", true},
                           {"size", 12},
                           {"notes", nullptr},
                           {"tags", {"HideApp", "syncwright:a/b"}},
                           {"targets", {{{"id", "t1"}}, {{"id", "t2"}, {"name", "Two"}}}},
                           {"activityDateTime", "2026-03-02T10:01:20Z"},
                           {"servicePrincipal", {{"id", "5b0d"}}}};

bool holds(const std::string& text) {
  const auto filter = parse_filter(text);
  REQUIRE_MESSAGE(filter.has_value(), text);
  return matches(*filter, box_of_ohara, true);
}

}  // namespace

TEST_CASE("a filter holds for the objects that it describes") {
  CHECK(holds("displayName eq 'box of o''hara'"));
  CHECK(holds("DisplayName eq 'Box of O''Hara' and accountEnabled eq true"));
  CHECK_FALSE(holds("displayName eq 'box'"));
  CHECK(holds("displayName in ('a', 'BOX OF O''HARA')"));
  CHECK(holds("startswith(displayName,'box') or displayName eq 'x'"));
  CHECK(holds("endswith(displayName, 'hara')"));
  CHECK(holds("contains(displayName,'of')"));
  CHECK(holds("tags/any(t:t eq 'syncwright:a/b')"));
  CHECK(holds("tags/any(t: t eq 'HideApp')"));
  CHECK_FALSE(holds("tags/any(t:t eq 'syncwright')"));
  CHECK(holds("targets/any(t:t/id eq 't2')"));
  CHECK(holds("targets/any(t: t/name eq 'two')"));
  CHECK_FALSE(holds("targets/any(t:t/name eq 't2')"));
  CHECK_FALSE(holds("tags/any(t:t/id eq 'HideApp')"));
  CHECK(holds("not (displayName eq 'x')"));
  CHECK(holds("notes eq null"));
  CHECK(holds("size gt 11 and size le 12"));
  CHECK(holds("activityDateTime ge 2026-03-02T10:01:20.0000000Z"));
  CHECK(holds("servicePrincipal/id eq '5b0d'"));
}

TEST_CASE("and binds closer than or") {
  CHECK(holds("displayName eq 'box of o''hara' or size eq 1 and size eq 2"));
  CHECK_FALSE(holds("(displayName eq 'box of o''hara' or size eq 1) and size eq 2"));
}

TEST_CASE("what is no filter is refused") {
  for (const char* text :
       {"", "displayName", "displayName eq", "displayName eq 'x", "displayName eq 'x' and",
        "(displayName eq 'x'", "displayName eq 'x')", "displayName is 'x'", "tags/any(t:u eq 'x')",
        "tags/any(eq 'x')", "startswith(displayName)", "displayName in ()", "eq 'x'"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_filter(text).has_value());
  }
}

TEST_CASE("filters are bounded in length, depth and number of tests") {
  std::string nested = "a eq 1";
  for (int depth = 0; depth < 200; ++depth) nested = "(" + nested + ")";
  CHECK_FALSE(parse_filter(nested).has_value());
  std::string many = "a eq 1";
  for (int tests = 0; tests < 300; ++tests) many += " or a eq 1";
  CHECK_FALSE(parse_filter(many).has_value());
  CHECK_FALSE(parse_filter("a eq '" + std::string(9'000, 'x') + "'").has_value());
}

}  // namespace syncwright::emulator
