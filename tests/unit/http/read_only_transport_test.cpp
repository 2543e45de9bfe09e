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

}  // namespace

TEST_CASE("reads pass") {
  ScriptedTransport next;
  const auto transport = make_read_only_transport(next);
  CHECK(transport->send(request(HttpMethod::get, "https://graph.test/v1.0/users"), {}));
  CHECK(next.requests().size() == 1);
}

TEST_CASE("every other method is refused before anything is sent") {
  ScriptedTransport next;
  const auto transport = make_read_only_transport(next);
  for (const HttpMethod method :
       {HttpMethod::post, HttpMethod::put, HttpMethod::patch, HttpMethod::del}) {
    const auto result =
        transport->send(request(method, "https://graph.test/v1.0/users?key=value"), {});
    REQUIRE_FALSE(result);
    CHECK(result.error().kind == ErrorKind::guard);
    CHECK(result.error().message == std::string("refused to send ") + to_string(method) +
                                        " https://graph.test/v1.0/users: this command only reads");
  }
  CHECK(next.requests().empty());
}

TEST_CASE("a batch passes where it holds nothing but reads") {
  ScriptedTransport next;
  const auto transport = make_read_only_transport(next);
  HttpRequest batch = request(HttpMethod::post, "https://graph.test/v1.0/$batch");
  batch.items = {{HttpMethod::get, "/users"}, {HttpMethod::get, "/groups"}};
  CHECK(transport->send(batch, {}));
  CHECK(next.requests().size() == 1);

  for (const HttpMethod method :
       {HttpMethod::post, HttpMethod::put, HttpMethod::patch, HttpMethod::del}) {
    batch.items.back().method = method;
    const auto refused = transport->send(batch, {});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == ErrorKind::guard);
  }
  CHECK(next.requests().size() == 1);
}
