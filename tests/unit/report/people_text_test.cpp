#include "syncwright/report/people_text.h"

#include <doctest/doctest.h>

using namespace syncwright;
using namespace syncwright::report;

TEST_CASE("people are listed with what keeps them from being provisioned like the others") {
  const Json people = {
      {"tenant", {{"displayName", "Contoso"}, {"defaultDomain", "c.example"}, {"id", "t1"}}},
      {"users",
       {{{"displayName", "Ada"}, {"department", "R&D"}, {"userPrincipalName", "ada@c.example"}},
        {{"displayName", "Bo"},
         {"accountEnabled", false},
         {"userType", "Guest"},
         {"userPrincipalName", "bo@c.example"}}}},
      {"groups", Json::array({Json{{"displayName", "All"},
                                   {"securityEnabled", false},
                                   {"members", Json::array({"ada@c.example"})}}})}};
  CHECK(render_people(people) ==
        "Contoso (c.example), t1\n"
        "\n"
        "Users: 2\n"
        "  Ada                R&D                    ada@c.example\n"
        "  Bo                              disabled, guest bo@c.example\n"
        "\n"
        "Groups and their members: 1\n"
        "  All  (not security-enabled: not assignable)\n"
        "    ada@c.example\n");
}
