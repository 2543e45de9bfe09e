#include "syncwright/expression/regex_suspicion.h"

#include <doctest/doctest.h>

using namespace syncwright;
using namespace syncwright::expression;

namespace {

std::string suspicions(std::string_view pattern) {
  std::string codes;
  for (const RegexSuspicion& each : regex_suspicions(pattern)) {
    if (!codes.empty()) codes += " ";
    codes += std::string(to_string(each.code));
  }
  return codes;
}

}  // namespace

TEST_CASE("a star that is a character") {
  CHECK(suspicions(R"(.\*@domain)") == "SW3118");
  CHECK(suspicions(R"([a-z]\*@)") == "SW3118");
  CHECK(suspicions(R"(.*@domain)") == "");
  CHECK(suspicions(R"(\.\*)") == "");
  CHECK(suspicions(R"([.]\+)") == "");
  CHECK(suspicions(R"(^\+\d+)") == "");
  CHECK(regex_suspicions(R"(.\*@)").at(0).message ==
        R"(`.\*` is one character and the sign `*` behind it)");
  CHECK(regex_suspicions(R"(.\*@)").at(0).advice ==
        "for a repetition write .* without the backslash");
}

TEST_CASE("a dot of a domain") {
  CHECK(suspicions("@contoso.com") == "SW3119");
  CHECK(suspicions("(.*)@contoso.onmicrosoft.com$") == "SW3119");
  CHECK(suspicions(R"(@eu.contoso\.com)") == "SW3119");
  CHECK(suspicions("^contoso.org$") == "SW3119");
  CHECK(suspicions(R"(@contoso\.com$)") == "");
  CHECK(suspicions("(?<name>[^@]+)@.*") == "");
  CHECK(suspicions("@[a-z.]+") == "");
  CHECK(suspicions("a.bc") == "");
  CHECK(regex_suspicions("x@contoso.com").at(0).message ==
        "the dot in `contoso.com` stands for any character");
}

TEST_CASE("what never matches") {
  CHECK(suspicions("$a") == "SW3125");
  CHECK(suspicions("a^") == "SW3125");
  CHECK(suspicions("$[0-9]+ US") == "SW3125");
  CHECK(suspicions("^a$") == "");
  CHECK(suspicions("a*^b") == "");
  CHECK(suspicions("a?^b") == "");
  CHECK(suspicions("a{0}^b") == "");
  CHECK(suspicions("$\n") == "");
  CHECK(suspicions("a$|b") == "");
  CHECK(suspicions("(?m)a$b") == "");
  CHECK(suspicions(R"(\$a\^)") == "");
  CHECK(suspicions("[$a^]b") == "");
  CHECK(suspicions("(^|,)a$") == "");
  CHECK(suspicions("\\s*$") == "");
}
