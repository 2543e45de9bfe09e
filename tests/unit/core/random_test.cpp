#include "syncwright/core/random.h"

#include <doctest/doctest.h>

#include <set>

using namespace syncwright;

namespace {

/// "xxxxxxxx-xxxx-Vxxx-Nxxx-xxxxxxxxxxxx": x small hexadecimal, V the version, N 8 to b.
bool is_uuid(const std::string& text, char version) {
  if (text.size() != 36 || text[14] != version) return false;
  if (std::string_view("89ab").find(text[19]) == std::string_view::npos) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool hyphen = i == 8 || i == 13 || i == 18 || i == 23;
    const bool hex = std::string_view("0123456789abcdef").find(text[i]) != std::string_view::npos;
    if (hyphen ? text[i] != '-' : !hex) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("random ids are version 4 and differ") {
  std::set<std::string> seen;
  for (int i = 0; i < 100; ++i) {
    const std::string id = random_uuid();
    CAPTURE(id);
    CHECK(is_uuid(id, '4'));
    seen.insert(id);
  }
  CHECK(seen.size() == 100);
}

TEST_CASE("named ids stay the same from run to run") {
  CHECK(named_uuid("abc") == "ba7816bf-8f01-8fea-8141-40de5dae2223");
  CHECK(is_uuid(named_uuid(""), '8'));
  CHECK(named_uuid("user/1") != named_uuid("user/2"));
}

TEST_CASE("random numbers stay below their bound and reach every value") {
  CHECK(random_below(0) == 0);
  CHECK(random_below(1) == 0);
  std::set<std::uint64_t> seen;
  for (int i = 0; i < 1000; ++i) {
    const std::uint64_t value = random_below(6);
    REQUIRE(value < 6);
    seen.insert(value);
  }
  CHECK(seen.size() == 6);
  const std::uint64_t large = (1ull << 63u) + 1;
  for (int i = 0; i < 100; ++i) CHECK(random_below(large) < large);
}
