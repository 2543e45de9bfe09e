#include <doctest/doctest.h>

#include <cstdlib>

#include "unit/http/curl.h"
#include "unit/http/raw_server.h"

using namespace syncwright;
using namespace syncwright::http;

namespace {

HttpRequest request(const std::string& url) {
  HttpRequest made;
  made.url = url;
  return made;
}

/// "KIND: message" of what a fresh connection that answers these bytes leads to.
std::string fault(const std::string& bytes) {
  RawServer server({{bytes}});
  const auto transport = curl_transport();
  const auto result = transport->send(request(server.url()), {});
  if (result) return "answer " + std::to_string(result->status) + ": " + result->body;
  return std::string(to_string(result.error().kind)) + ": " + result.error().message;
}

}  // namespace

TEST_CASE("an answer that ends early is no answer") {
  CHECK(fault("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"half\":") ==
        "transport: GET 127.0.0.1: Transferred a partial file");
  CHECK(fault("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\n{\"half\":")
            .starts_with("transport: "));
  CHECK(fault("HTTP/1.1 200 OK\r\nContent-Le") ==
        "transport: GET 127.0.0.1: the answer ends in its headers");
  CHECK(fault("HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nETag: 1\r\n")
            .starts_with("transport: "));
  CHECK(fault("") == "transport: GET 127.0.0.1: Server returned nothing (no headers, no data)");
}

TEST_CASE("what is not HTTP is no answer") {
  CHECK(fault("SSH-2.0-OpenSSH_9.2\r\n").starts_with("transport: "));
  CHECK(fault("HTTP/1.1 200 OK\r\nContent-Length: 20\r\nContent-Encoding: gzip\r\n\r\n"
              "not gzip at all.....")
            .starts_with("transport: "));
}

TEST_CASE("headers are bounded") {
  std::string bytes = "HTTP/1.1 200 OK\r\n";
  for (int i = 0; i < 10'000; ++i) bytes += "X-Flood: 0123456789012345678901234567890123456789\r\n";
  CHECK(fault(bytes + "Content-Length: 0\r\n\r\n").starts_with("too_large: "));
}

TEST_CASE("only the final answer's headers count") {
  RawServer server(
      {{"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
        "HTTP/1.1 200 OK\r\nrequest-id:  0f2b \r\nContent-Length: 2\r\n\r\nok"}});
  const auto transport = curl_transport();
  const auto answer = transport->send(request(server.url()), {});
  REQUIRE(answer);
  CHECK(answer->status == 200);
  CHECK(answer->body == "ok");
  CHECK(answer->headers.get("Link") == std::nullopt);
  CHECK(answer->headers.get("request-id") == "0f2b");
}

TEST_CASE("a header without a value is sent all the same") {
  RawServer server({{"HTTP/1.1 204 No Content\r\n\r\n"}});
  const auto transport = curl_transport();
  HttpRequest sent = request(server.url());
  sent.headers = {{"X-Empty", ""}};
  REQUIRE(transport->send(sent, {}));
  CHECK(server.last_request().find("\r\nX-Empty:\r\n") != std::string::npos);
}

TEST_CASE("a create whose connection dies is not sent a second time") {
  const std::string ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  RawServer server({{ok, true}, {""}, {ok}});
  const auto transport = curl_transport();
  REQUIRE(transport->send(request(server.url()), {}));
  HttpRequest create = request(server.url());
  create.method = HttpMethod::post;
  create.repeatable = Repeatable::no;
  const auto result = transport->send(create, {});
  REQUIRE_FALSE(result);
  CHECK(result.error().kind == ErrorKind::transport);
  CHECK(server.requests() == 2);
}

TEST_CASE("nobody listens") {
  std::string url;
  {
    const RawServer gone({});
    url = gone.url();
  }
  const auto transport = curl_transport();
  const auto result = transport->send(request(url + "?token=hush"), {});
  REQUIRE_FALSE(result);
  CHECK(result.error().kind == ErrorKind::transport);
  CHECK(result.error().message == "GET 127.0.0.1: Couldn't connect to server");
}

TEST_CASE("where there is nobody to ask the error says so, and where to look") {
  // Names that no name server is asked for, since they are none.
  const auto said = [](const char* url, const char* proxy) {
    if (*proxy != '\0') ::setenv("http_proxy", proxy, 1);
    const auto transport = curl_transport();
    const auto result = transport->send(request(url), {});
    ::unsetenv("http_proxy");
    REQUIRE_FALSE(result);
    return std::string(to_string(result.error().kind)) + ": " + result.error().message + "; " +
           result.error().advice;
  };
  const std::string proxy = "; check HTTPS_PROXY, ALL_PROXY and NO_PROXY";
  CHECK(said("http://a..b/", "") ==
        "unreachable: GET a..b: Couldn't resolve host name; check the address, and whether this "
        "machine's name server knows it; or name a proxy in HTTPS_PROXY");
  CHECK(said("http://graph.test/", "http://a..b:3128") ==
        "unreachable: GET graph.test: Couldn't resolve proxy name" + proxy);
  CHECK(said("http://graph.test/", "http://127.0.0.1:99999") ==
        "unreachable: GET graph.test: Couldn't resolve proxy name" + proxy);
  CHECK(said("http://graph.test/", "gopher://127.0.0.1:1") ==
        "unreachable: GET graph.test: Couldn't connect to server" + proxy);
  // A proxy that is one, and not there: it may be in a moment.
  CHECK(said("http://graph.test/", "http://127.0.0.1:1") ==
        "transport: GET graph.test: Couldn't connect to server; ");
}

TEST_CASE("only http and https addresses are opened") {
  const auto transport = curl_transport();
  for (const char* url : {"file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1/", "",
                          "127.0.0.1/path", "http://", "https://a b/", "no url"}) {
    CAPTURE(url);
    const auto result = transport->send(request(url), {});
    REQUIRE_FALSE(result);
    CHECK(result.error().kind == ErrorKind::invalid_input);
  }
}

TEST_CASE("a header cannot smuggle in another one") {
  const auto transport = curl_transport();
  for (const auto& [name, value] : std::vector<std::pair<std::string, std::string>>{
           {"X-Name", "a\r\nX-Other: b"}, {"X-Name", "a\nb"}, {"X-Name: a\r\nX", "b"}, {"", "b"}}) {
    HttpRequest sent = request("http://127.0.0.1:1/");
    sent.headers.add(name, value);
    const auto result = transport->send(sent, {});
    REQUIRE_FALSE(result);
    CHECK(result.error().kind == ErrorKind::invalid_input);
  }
}
