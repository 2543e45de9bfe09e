#include "syncwright/core/environment.h"

#include <doctest/doctest.h>

#include <cstdlib>

using namespace syncwright;

TEST_CASE("a variable that is empty counts as not set") {
  const Environment environment({{"SET", "value"}, {"EMPTY", ""}});
  CHECK(environment.get("SET") == "value");
  CHECK(environment.get("EMPTY") == std::nullopt);
  CHECK(environment.get("ABSENT") == std::nullopt);
  CHECK(Environment().get("PATH") == std::nullopt);
}

TEST_CASE("the process's own variables are read, with everything after the first equals sign") {
  REQUIRE(::setenv("SYNCWRIGHT_UNIT_TEST", "a=b=c", 1) == 0);
  const Environment environment = Environment::of_process();
  ::unsetenv("SYNCWRIGHT_UNIT_TEST");
  CHECK(environment.get("SYNCWRIGHT_UNIT_TEST") == "a=b=c");
  CHECK(Environment::of_process().get("SYNCWRIGHT_UNIT_TEST") == std::nullopt);
}
