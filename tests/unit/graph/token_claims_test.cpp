#include <doctest/doctest.h>

#include "syncwright/core/encoding.h"
#include "syncwright/graph_read/token_source.h"

using namespace syncwright;
using namespace syncwright::graph_read;

namespace {

std::string token_with(const std::string& payload) {
  return base64url_encode(R"({"alg":"none"})") + "." + base64url_encode(payload) + ".signature";
}

}  // namespace

TEST_CASE("claims of an application's token") {
  const auto claims = graph_read::read_claims(token_with(
      R"({"tid":"t1","appid":"a1","roles":["Synchronization.ReadWrite.All","Application.Read.All",7],
          "exp":1767225600})"));
  REQUIRE(claims);
  CHECK(claims->tenant_id == "t1");
  CHECK(claims->app_id == "a1");
  CHECK(claims->user.empty());
  CHECK(claims->roles ==
        std::vector<std::string>{"Application.Read.All", "Synchronization.ReadWrite.All"});
  CHECK_FALSE(claims->delegated);
  REQUIRE(claims->expires);
  CHECK(format_rfc3339(*claims->expires) == "2026-01-01T00:00:00Z");
}

TEST_CASE("claims of a user's token") {
  const auto claims = graph_read::read_claims(token_with(
      R"({"tid":"t1","scp":"User.Read  Application.Read.All","unique_name":"a@b.example"})"));
  REQUIRE(claims);
  CHECK(claims->delegated);
  CHECK(claims->user == "a@b.example");
  CHECK(claims->roles == std::vector<std::string>{"Application.Read.All", "User.Read"});
  CHECK_FALSE(claims->expires);
}

TEST_CASE("opaque and hostile tokens have no claims") {
  CHECK_FALSE(graph_read::read_claims(""));
  CHECK_FALSE(graph_read::read_claims("opaque"));
  CHECK_FALSE(graph_read::read_claims("a.b"));
  CHECK_FALSE(graph_read::read_claims("a.!!!.c"));
  CHECK_FALSE(graph_read::read_claims(token_with("not json")));
  CHECK_FALSE(graph_read::read_claims(token_with("[]")));
  CHECK_FALSE(graph_read::read_claims(token_with(std::string(50, '['))));
  CHECK_FALSE(graph_read::read_claims(token_with("{\"a\":\"" + std::string(100'000, 'x') + "\"}")));
}

TEST_CASE("claims of wrong types are left out") {
  const auto claims = graph_read::read_claims(
      token_with(R"({"tid":5,"roles":"x","exp":9223372036854775807,"upn":"a\u001b[1mb"})"));
  REQUIRE(claims);
  CHECK(claims->tenant_id.empty());
  CHECK(claims->roles.empty());
  CHECK_FALSE(claims->expires);
  CHECK(claims->user == "a [1mb");
}
