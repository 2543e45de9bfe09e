#include <doctest/doctest.h>

#include <vector>

#include "syncwright/core/text.h"

using namespace syncwright;

namespace {

const std::vector<std::string> keys = {"gallery", "displayName", "scope", "jobs", "credentials"};

}  // namespace

TEST_CASE("a slip finds the key that was meant") {
  CHECK(nearest("galery", keys) == "gallery");
  CHECK(nearest("displayname", keys) == "displayName");
  CHECK(nearest("DISPLAY_NAME", keys) == "displayName");
  CHECK(nearest("scpoe", keys) == "scope");  // two neighbours swapped count once
  CHECK(nearest("job", keys) == "jobs");
  CHECK(nearest("credential", keys) == "credentials");
}

TEST_CASE("nothing near, nothing said") {
  CHECK(nearest("notifications", keys).empty());
  CHECK(nearest("", keys).empty());
  CHECK(nearest("x", keys).empty());
  CHECK(nearest("scope", {}).empty());
  CHECK(nearest(std::string(100'000, 's'), keys).empty());
  CHECK(did_you_mean("notifications", keys).empty());
}

TEST_CASE("the nearest wins, of equally near ones the first") {
  const std::vector<std::string> candidates = {"mail", "main", "maim"};
  CHECK(nearest("main", candidates) == "main");
  CHECK(nearest("maix", candidates) == "mail");
}

TEST_CASE("did you mean") {
  CHECK(did_you_mean("galery", keys) == "did you mean `gallery`?");
}
