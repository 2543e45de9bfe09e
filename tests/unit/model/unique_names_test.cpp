#include "syncwright/model/unique_names.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "syncwright/model/desired.h"
#include "syncwright/model/ownership.h"

using namespace syncwright;
using namespace syncwright::model;

namespace {
/// Every link from `first` to the end.
std::vector<std::string> walk(const std::string& first, const HeldNames& held) {
  UniqueNameChain chain(first);
  std::vector<std::string> links{chain.name()};
  while (chain.advance(held).value()) links.push_back(chain.name());
  return links;
}
}  // namespace

TEST_CASE("a held name is followed by the holder's id, and no link grows with the chain") {
  const std::string first = Owner{"after-1", "prod"}.unique_name("aws");
  HeldNames held;
  held.add(first, "id-1");
  held.add(first + "/after-id-1", "id-2");
  held.add("syncwright/after-1/prod/box", "id-3");
  CHECK(walk(first, held) == std::vector<std::string>{"syncwright/after-1/prod/aws",
                                                      "syncwright/after-1/prod/aws/after-id-1",
                                                      "syncwright/after-1/prod/aws/after-id-2"});
}

TEST_CASE("a name that nobody holds is the end of its chain") {
  CHECK(walk("syncwright/contoso/-/aws", {}) ==
        std::vector<std::string>{"syncwright/contoso/-/aws"});
}

TEST_CASE(
    "of several holders all runs take the one of the lowest id, in whatever order they come") {
  HeldNames up;
  up.add("n", "id-1");
  up.add("n", "id-2");
  HeldNames down;
  down.add("n", "id-2");
  down.add("n", "id-1");
  CHECK(up == down);
  CHECK(*up.holder("n") == "id-1");
  CHECK(up.holder("m") == nullptr);
}

TEST_CASE("a chain that is longer than anybody would delete is refused") {
  const std::string first = "syncwright/contoso/-/aws";
  HeldNames held;
  held.add(first, "id-0");
  for (int link = 1; link < 16; ++link) {
    held.add(fmt::format("{}/after-id-{}", first, link - 1), fmt::format("id-{}", link));
  }
  UniqueNameChain chain(first);
  for (int link = 1; link < 16; ++link) CHECK(chain.advance(held).value());
  const auto beyond = chain.advance(held);
  REQUIRE_FALSE(beyond);
  CHECK(beyond.error().kind == ErrorKind::rejected);
  CHECK(beyond.error().message ==
        "16 soft-deleted applications hold the unique name syncwright/contoso/-/aws one after the "
        "other");
}

TEST_CASE("the names from before are the project's earlier ones and the application's") {
  const Owner owner{"contoso", "prod", {"default", "shop"}};
  DesiredApplication desired;
  desired.name = "aws";
  desired.previously = {"amazon"};
  CHECK(earlier_unique_names(owner, desired) ==
        std::vector<std::string>{"syncwright/default/prod/aws", "syncwright/shop/prod/aws",
                                 "syncwright/contoso/prod/amazon"});
  desired.previously.clear();
  CHECK(earlier_unique_names({"contoso", "prod"}, desired).empty());
}
