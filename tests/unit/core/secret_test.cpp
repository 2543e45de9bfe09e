#include "syncwright/core/secret.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <type_traits>

using namespace syncwright;

static_assert(!std::is_copy_constructible_v<Secret>);
static_assert(!std::is_copy_assignable_v<Secret>);
static_assert(std::is_nothrow_move_constructible_v<Secret>);

TEST_CASE("a secret prints as a word and reveals its value only when asked") {
  const Secret secret("hush");
  CHECK(fmt::format("token={}", secret) == "token=(secret)");
  CHECK(secret.reveal() == "hush");
  CHECK(secret.clone().reveal() == "hush");
  CHECK_FALSE(secret.empty());
  CHECK(Secret().empty());
}

TEST_CASE("a moved secret has one holder") {
  Secret first("hush");
  Secret second(std::move(first));
  CHECK(first.empty());  // NOLINT(bugprone-use-after-move): that is what is tested
  CHECK(second.reveal() == "hush");
  Secret third("old");
  third = std::move(second);
  CHECK(second.empty());  // NOLINT(bugprone-use-after-move)
  CHECK(third.reveal() == "hush");
  Secret& same = third;
  third = std::move(same);
  CHECK(third.reveal() == "hush");
}

TEST_CASE("wiping overwrites the bytes where they are") {
  for (const std::size_t length : {4u, 4000u}) {
    std::string value(length, 'x');
    const char* bytes = value.data();
    wipe(value);
    CHECK(value.empty());
    REQUIRE(value.data() == bytes);
    CHECK(std::all_of(bytes, bytes + 4, [](char byte) { return byte == '\0'; }));
  }
}

TEST_CASE("a short value does not stay behind in the object that it was moved from") {
  Secret first("shorthush");
  const char* bytes = first.reveal().data();
  const Secret second(std::move(first));
  CHECK(std::string_view(bytes, 9).find('h') == std::string_view::npos);
}
