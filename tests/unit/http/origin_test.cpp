#include "syncwright/http/origin.h"

#include <doctest/doctest.h>

using namespace syncwright;
using namespace syncwright::http;

TEST_CASE("a printed URL has no user info") {
  CHECK(without_user_info("https://ada:pw@h.example/a?b=c@d") ==
        "https://(secret)@h.example/a?b=c@d");
  CHECK(without_user_info("ada:p/w@h") == "ada:p/w@h");  // the authority ends at the slash
  CHECK(without_user_info("ada:p@w@h") == "(secret)@h");
  CHECK(without_user_info("https://h.example/a@b") == "https://h.example/a@b");
}

TEST_CASE("this machine is localhost, ::1 and 127.0.0.0/8") {
  for (const char* host :
       {"localhost", "LocalHost", "127.0.0.1", "127.255.255.255", "127.1.2.3", "::1", "[::1]"}) {
    CAPTURE(host);
    CHECK(is_loopback(host));
  }
}

TEST_CASE("the machine's own link is 169.254.0.0/16, as numbers only") {
  CHECK(is_link_local("169.254.169.254"));
  CHECK(is_link_local("169.254.0.1"));
  for (const char* host : {"", "169.254.evil.example", "169.254.169.254.evil.example", "169.254.1",
                           "169.254.169.256", "169.25.4.1", "169.255.0.1", "127.0.0.1"}) {
    CAPTURE(host);
    CHECK_FALSE(is_link_local(host));
  }
}

TEST_CASE("what only looks like this machine is not") {
  for (const char* host :
       {"", "127.evil.example", "127.0.0.1.evil.example", "127.1", "127.0.0", "127.0.0.256",
        "127.0.0.1.", "127.0.0.1.1", "127..0.1", "127.00.0.1", "127.0.0.0001", "127.0.0.-1", "127.",
        "128.0.0.1", "localhost.evil.example", "app.localhost", "localhost.", "[::2]",
        "::1%eth0"}) {
    CAPTURE(host);
    CHECK_FALSE(is_loopback(host));
  }
}
