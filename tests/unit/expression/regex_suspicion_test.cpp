#include "syncwright/expression/regex_suspicion.h"

#include <doctest/doctest.h>

using namespace syncwright;
using namespace syncwright::expression;

namespace {

std::string codes(std::string_view pattern) {
  std::string codes;
  for (const RegexSuspicion& each : regex_suspicions(pattern)) {
    if (!codes.empty()) codes += " ";
    codes += std::string(to_string(each.code));
  }
  return codes;
}

}  // namespace

TEST_CASE("a star that is a character") {
  CHECK(codes(R"(.\*@domain)") == "SW3118");
  CHECK(codes(R"([a-z]\*@)") == "SW3118");
  CHECK(codes(R"(.*@domain)") == "");
  CHECK(codes(R"(\.\*)") == "");
  CHECK(codes(R"([.]\+)") == "");
  CHECK(codes(R"(^\+\d+)") == "");
  CHECK(regex_suspicions(R"(.\*@)").at(0).message ==
        R"(`.\*` is one character and the sign `*` behind it)");
  CHECK(regex_suspicions(R"(.\*@)").at(0).advice ==
        "for a repetition write .* without the backslash");
}

TEST_CASE("a dot of a domain") {
  CHECK(codes("@contoso.com") == "SW3119");
  CHECK(codes("(.*)@contoso.onmicrosoft.com$") == "SW3119");
  CHECK(codes(R"(@eu.contoso\.com)") == "SW3119");
  CHECK(codes("^contoso.org$") == "SW3119");
  CHECK(codes(R"(@contoso\.com$)") == "");
  CHECK(codes("(?<name>[^@]+)@.*") == "");
  CHECK(codes("@[a-z.]+") == "");
  CHECK(codes("a.bc") == "");
  CHECK(regex_suspicions("x@contoso.com").at(0).message ==
        "the dot in `contoso.com` stands for any character");
}

TEST_CASE("what never matches") {
  CHECK(codes("$a") == "SW3125");
  CHECK(codes("a^") == "SW3125");
  CHECK(codes("$[0-9]+ US") == "SW3125");
  CHECK(codes("^a$") == "");
  CHECK(codes("a*^b") == "");
  CHECK(codes("a?^b") == "");
  CHECK(codes("a{0}^b") == "");
  CHECK(codes("$\n") == "");
  CHECK(codes("a$|b") == "");
  CHECK(codes("(?m)a$b") == "");
  CHECK(codes(R"(\$a\^)") == "");
  CHECK(codes("[$a^]b") == "");
  CHECK(codes("(^|,)a$") == "");
  CHECK(codes("\\s*$") == "");
}
