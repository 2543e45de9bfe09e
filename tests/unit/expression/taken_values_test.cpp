#include <doctest/doctest.h>

#include "syncwright/expression/evaluator.h"

using namespace syncwright;
using namespace syncwright::expression;

TEST_CASE("a value is taken whatever its case") {
  const auto is_taken = taken_values({"Ada", "JÜRGEN"});
  REQUIRE(is_taken);
  CHECK(is_taken("ada"));
  CHECK(is_taken("jürgen"));
  CHECK_FALSE(is_taken("ada1"));
  CHECK_FALSE(is_taken(""));
}

TEST_CASE("without values nothing is taken") {
  CHECK_FALSE(taken_values({}));
}
