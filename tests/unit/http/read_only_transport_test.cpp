#include "syncwright/http/read_only_transport.h"

#include <doctest/doctest.h>

#include "unit/http/scripted_transport.h"

using namespace syncwright;
using namespace syncwright::http;

namespace {

HttpRequest request(HttpMethod method, const std::string& url) {
  HttpRequest made;
  made.method = method;
  made.url = url;
  return made;
}

bool is_token_endpoint(const std::string& url) {
  return url == "https://login.test/token";
}

}  // namespace

TEST_CASE("reads and token requests pass") {
  ScriptedTransport next;
  const auto transport = make_read_only_transport(next, is_token_endpoint);
  CHECK(transport->send(request(HttpMethod::get, "https://graph.test/v1.0/users"), {}));
  CHECK(transport->send(request(HttpMethod::post, "https://login.test/token"), {}));
  CHECK(next.requests().size() == 2);
}

TEST_CASE("every other method is refused before anything is sent") {
  ScriptedTransport next;
  const auto transport = make_read_only_transport(next, is_token_endpoint);
  for (const HttpMethod method :
       {HttpMethod::post, HttpMethod::put, HttpMethod::patch, HttpMethod::del}) {
    const auto result =
        transport->send(request(method, "https://graph.test/v1.0/users?key=value"), {});
    REQUIRE_FALSE(result);
    CHECK(result.error().kind == ErrorKind::guard);
    CHECK(result.error().message == std::string("refused to send ") + to_string(method) +
                                        " https://graph.test/v1.0/users: this command only reads");
  }
  for (const HttpMethod method : {HttpMethod::put, HttpMethod::patch, HttpMethod::del}) {
    CHECK_FALSE(transport->send(request(method, "https://login.test/token"), {}));
  }
  CHECK(next.requests().empty());
}

TEST_CASE("without a token endpoint no POST passes") {
  ScriptedTransport next;
  const auto transport = make_read_only_transport(next, nullptr);
  CHECK_FALSE(transport->send(request(HttpMethod::post, "https://login.test/token"), {}));
  CHECK(next.requests().empty());
}
