#include "syncwright/core/rare.h"

#include <doctest/doctest.h>

#include <string>
#include <utility>

using namespace syncwright;

TEST_CASE("what is nearly always missing takes the room of a pointer") {
  static_assert(sizeof(Rare<std::string>) == sizeof(void*));
  const Rare<std::string> none;
  CHECK_FALSE(none);
  CHECK(none == std::nullopt);
  CHECK(none.value_or("else") == "else");
}

TEST_CASE("a copy has a value of its own") {
  Rare<std::string> first = std::string("one");
  Rare<std::string> second = first;
  CHECK(first == second);
  *second = "two";
  CHECK(first == "one");
  CHECK(second == "two");
  CHECK(first != second);
  second = first;
  CHECK(second == "one");
  second = second;
  CHECK(second == "one");
}

TEST_CASE("what was moved from is empty") {
  Rare<std::string> from = std::string("one");
  const Rare<std::string> to = std::move(from);
  CHECK(to == "one");
  CHECK_FALSE(from.has_value());  // NOLINT(bugprone-use-after-move): that is promised
}

TEST_CASE("an empty optional becomes an empty one, and a value its value") {
  CHECK(Rare<std::string>(std::optional<std::string>()) == Rare<std::string>());
  CHECK(Rare<std::string>(std::optional<std::string>("one")) == "one");
  CHECK_FALSE(Rare<std::string>(std::string()) == Rare<std::string>());
  Rare<std::string> text = std::string("one");
  text.reset();
  CHECK_FALSE(text);
  text.emplace() += "two";
  CHECK(text == "two");
  CHECK_FALSE(Rare<std::string>() == "");
}
