#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <random>
#include <string>
#include <vector>

#include "emulator/odata/filter.h"
#include "syncwright/core/ascii.h"

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

TEST_CASE("any() asks whatever a filter may ask of an item") {
  CHECK(holds("tags/any(t:startswith(t,'SyncWright:'))"));
  CHECK(holds("tags/any(t:contains(t,'deapp'))"));
  CHECK(holds("tags/any(t:endswith(t,'/b') and startswith(t,'sync'))"));
  CHECK_FALSE(holds("tags/any(t:endswith(t,'/b') and startswith(t,'hide'))"));
  CHECK(holds("tags/any (p: p eq 'x' or p eq 'HideApp')"));
  CHECK(holds("not tags/any(t:t eq 'x')"));
  CHECK(holds("targets/any(t:t/name ne null and t/id eq 't2')"));
  CHECK_FALSE(holds("targets/any(t:t/name ne null and t/id eq 't1')"));
  CHECK(holds("tags/any()"));
  CHECK_FALSE(holds("notes/any()"));
}

TEST_CASE("tolower and toupper stand around a property, and around a text") {
  const auto as_written = [](const std::string& text) {
    return matches(parse_filter(text).value(), box_of_ohara, false);
  };
  CHECK(as_written("contains(tolower(displayName),'box of')"));
  CHECK_FALSE(as_written("contains(displayName,'box of')"));
  CHECK(as_written("contains(tolower(servicePrincipal/id),'5B0D')") == false);
  CHECK(as_written("contains(tolower(servicePrincipal/id),tolower('5B0D'))"));
  CHECK(as_written("toupper(displayName) eq 'BOX OF O''HARA'"));
  CHECK(as_written("tags/any(t:tolower(t) eq 'hideapp')"));
  CHECK(as_written("startswith(displayName,'Box') eq true"));
  CHECK(as_written("activityDateTime ge 2026-03-02 and activityDateTime lt 2026-03-03"));
}

TEST_CASE("and binds closer than or") {
  CHECK(holds("displayName eq 'box of o''hara' or size eq 1 and size eq 2"));
  CHECK_FALSE(holds("(displayName eq 'box of o''hara' or size eq 1) and size eq 2"));
}

TEST_CASE("what is no filter is refused") {
  for (const char* text : {"",
                           "displayName",
                           "displayName eq",
                           "displayName eq 'x",
                           "displayName eq 'x' and",
                           "(displayName eq 'x'",
                           "displayName eq 'x')",
                           "displayName is 'x'",
                           "tags/any(t:u eq 'x')",
                           "tags/any(eq 'x')",
                           "startswith(displayName)",
                           "displayName in ()",
                           "eq 'x'",
                           "tags/any(t:t eq 'x'",
                           "tags/any(t)",
                           "tags/any(t:t)",
                           "tags/any(t:name eq 'x')",
                           "tags/any(:t eq 'x')",
                           "tolower(displayName)",
                           "tolower(displayName eq 'x')",
                           "tolower() eq 'x'",
                           "displayName eq tolower(true)",
                           "startswith(displayName,'x') eq false",
                           "tags/all(t:t eq 'x')"}) {
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

TEST_CASE("a collection says what its properties take, without and with ConsistencyLevel") {
  using enum FilterOperation;
  constexpr std::array<FilterRule, 5> rules{{
      {"displayName", bits(eq, in), bits(ne, null)},
      {"tags", bits(any), bits(starts_with)},
      {"targets/id", bits(any, contains), 0},
      {"extra/*", 0, bits(eq)},
      {"oldName", bits(eq), 0, "displayName"},
  }};
  const auto verdict = [&](const std::string& text) {
    std::string offending;
    switch (check_filter(parse_filter(text).value(), rules, offending)) {
      case FilterSupport::supported:
        return std::string("yes");
      case FilterSupport::needs_consistency_level:
        return "advanced: " + offending;
      case FilterSupport::unsupported:
        return "no: " + offending;
    }
    return std::string();
  };
  CHECK(verdict("displayname eq 'x' or displayName in ('a','b')") == "yes");
  CHECK(verdict("displayName ne 'x'") == "advanced: displayName");
  CHECK(verdict("displayName eq null") == "advanced: displayName");
  CHECK(verdict("displayName gt 'x'") == "no: displayName");
  CHECK(verdict("not (displayName eq 'x')") == "advanced: not");
  CHECK(verdict("tags/any(t:t eq 'x')") == "yes");
  CHECK(verdict("tags/any()") == "yes");
  CHECK(verdict("tags/any(t:startswith(t,'x'))") == "advanced: tags");
  CHECK(verdict("tags/any(t:contains(t,'x'))") == "no: tags");
  CHECK(verdict("tags eq 'x'") == "no: tags");
  CHECK(verdict("startswith(tags,'x')") == "no: tags");
  CHECK(verdict("targets/any(t:contains(t/id,'x'))") == "yes");
  CHECK(verdict("targets/id eq 'x'") == "no: targets/id");
  CHECK(verdict("displayName/any(t:t eq 'x')") == "no: displayName");
  CHECK(verdict("extra/one eq 'x'") == "advanced: extra/one");
  CHECK(verdict("extra/one/two eq 'x'") == "no: extra/one/two");
  CHECK(verdict("extra eq 'x'") == "no: extra");
  CHECK(verdict("oldName eq 'x'") == "yes");
  FilterNode older = parse_filter("oldName eq 'Box' or tags/any(t:t eq 'x')").value();
  resolve_older_names(older, rules);
  CHECK(matches(older, {{"displayName", "Box"}}, false));
}

namespace {

/// Filters of the grammar, and beside each what it has to say of `box_of_ohara`.
class RandomFilter {
 public:
  explicit RandomFilter(unsigned seed) : random_(seed) {}

  std::string write(int depth, bool& holds) {
    const unsigned choice = depth == 0 ? 0 : random_() % 4;
    if (choice == 0) return test(holds);
    if (choice == 1) {
      bool inner = false;
      const std::string text = "not (" + write(depth - 1, inner) + ")";
      holds = !inner;
      return text;
    }
    bool left = false;
    bool right = false;
    const std::string one = write(depth - 1, left);
    const std::string other = write(depth - 1, right);
    holds = choice == 2 ? left && right : left || right;
    return "(" + one + (choice == 2 ? " and " : " OR ") + other + ")";
  }

 private:
  std::string test(bool& holds) {
    struct Known {
      const char* text;
      bool holds;
    };
    static const std::vector<Known> known{{"size eq 12", true},
                                          {"size lt 12", false},
                                          {"notes ne null", false},
                                          {"accountEnabled eq true", true},
                                          {"contains(displayName,'O''H')", true},
                                          {"tags/any(t:t eq 'none' or t eq 'HideApp')", true},
                                          {"servicePrincipal/id in ('a','b')", false},
                                          {"tolower(displayName) eq 'x'", false}};
    const Known& chosen = known[random_() % known.size()];
    holds = chosen.holds;
    return chosen.text;
  }

  std::mt19937 random_;
};

}  // namespace

TEST_CASE("a filter means what its parts mean") {
  for (unsigned seed = 0; seed < 400; ++seed) {
    bool expected = false;
    const std::string text = RandomFilter(seed).write(3, expected);
    CAPTURE(text);
    CHECK(holds(text) == expected);
  }
}

TEST_CASE("a filter that is cut off or garbled is refused or read, and nothing worse") {
  const std::string alphabet = "()',:/ teq'anylowr12.-$";
  for (unsigned seed = 0; seed < 400; ++seed) {
    bool ignored = false;
    std::string text = RandomFilter(seed).write(3, ignored);
    std::mt19937 random(seed);
    for (int change = 0; change < 3; ++change) {
      text[random() % text.size()] = alphabet[random() % alphabet.size()];
    }
    text.resize(text.size() - random() % (text.size() / 2 + 1));
    CAPTURE(text);
    if (const auto parsed = parse_filter(text)) {
      const bool one = matches(*parsed, box_of_ohara, true);
      CHECK(one == matches(parse_filter(text).value(), box_of_ohara, true));
    }
  }
}

namespace {

/// "Box, Bo*", or "anything" where others may pass as well.
std::string names_of(const std::string& filter) {
  const auto names = asked_names(parse_filter(filter).value());
  if (!names) return "anything";
  std::string text;
  for (const AskedName& name : *names) {
    text += (text.empty() ? "" : ", ") + name.text + (name.is_beginning ? "*" : "");
  }
  return text;
}

/// A filter of up to `depth` levels, of names and of what is no name.
std::string random_filter(std::mt19937& random, int depth) {
  const auto one_of = [&random](const std::vector<std::string>& texts) {
    return texts[random() % texts.size()];
  };
  const auto name = [&] { return "'" + one_of({"", "a", "A", "ab", "AB", "b"}) + "'"; };
  if (depth > 0 && random() % 2 == 0) {
    const std::string left = random_filter(random, depth - 1);
    if (random() % 4 == 0) return "not (" + left + ")";
    return "(" + left + ")" + one_of({" and ", " or "}) + "(" + random_filter(random, depth - 1) +
           ")";
  }
  switch (random() % 6) {
    case 0:
      return "displayname eq " + name();
    case 1:
      return "displayName in (" + name() + "," + name() + ")";
    case 2:
      return "startswith(tolower(displayName)," + name() + ")";
    case 3:
      return "displayName ne " + name();
    case 4:
      return "displayName eq null";
    default:
      return "notes eq " + name();
  }
}

}  // namespace

TEST_CASE("the names that a filter asks for") {
  CHECK(names_of("displayName eq 'Box'") == "Box");
  CHECK(names_of("startswith(displayName,'Bo') or displayName in ('a','B')") == "Bo*, a, B");
  CHECK(names_of("accountEnabled eq true and toupper(displayName) eq 'BOX'") == "BOX");
  CHECK(names_of("displayName eq 'a' or accountEnabled eq true") == "anything");
  CHECK(names_of("not (displayName eq 'a')") == "anything");
  CHECK(names_of("endswith(displayName,'x')") == "anything");
  CHECK(names_of("displayName eq null") == "anything");
  CHECK(names_of("tags/any(t:t eq 'a')") == "anything");
  CHECK(names_of("servicePrincipal/displayName eq 'a'") == "anything");
}

TEST_CASE("whatever passes a filter has one of the names that it asks for") {
  std::mt19937 random(20261130);
  for (int round = 0; round < 3000; ++round) {
    const std::string text = random_filter(random, 3);
    CAPTURE(text);
    const FilterNode filter = parse_filter(text).value();
    const auto names = asked_names(filter);
    if (!names) continue;
    for (const char* display_name : {"", "a", "A", "ab", "aB", "abc", "b"}) {
      const bool asked = std::any_of(names->begin(), names->end(), [&](const AskedName& name) {
        const std::string lower = ascii::lower(display_name);
        return name.is_beginning ? lower.starts_with(ascii::lower(name.text))
                                 : lower == ascii::lower(name.text);
      });
      for (const char* notes : {"a", "b"}) {
        const Json object = {{"displayName", display_name}, {"notes", notes}};
        CHECK((asked || !matches(filter, object, true)));
      }
    }
  }
}

}  // namespace syncwright::emulator
