#include "syncwright/http/transport.h"

#include <doctest/doctest.h>

using namespace syncwright;
using namespace syncwright::http;
using Fields = std::vector<std::pair<std::string, std::string>>;

TEST_CASE("header names compare without regard to case") {
  HttpHeaders headers{{"Content-Type", "text/html"}};
  CHECK(headers.get("content-TYPE") == "text/html");
  CHECK(headers.get("Content") == std::nullopt);
  CHECK(headers.get("") == std::nullopt);
}

TEST_CASE("adding keeps, setting replaces") {
  HttpHeaders headers{{"Prefer", "a"}, {"Accept", "x"}};
  headers.add("prefer", "b");
  CHECK(headers.get("Prefer") == "a");
  CHECK(headers.fields() == Fields{{"Prefer", "a"}, {"Accept", "x"}, {"prefer", "b"}});
  headers.set("PREFER", "c");
  CHECK(headers.fields() == Fields{{"Accept", "x"}, {"PREFER", "c"}});
}

TEST_CASE("methods have the names of HTTP") {
  CHECK(std::string(to_string(HttpMethod::get)) == "GET");
  CHECK(std::string(to_string(HttpMethod::post)) == "POST");
  CHECK(std::string(to_string(HttpMethod::put)) == "PUT");
  CHECK(std::string(to_string(HttpMethod::patch)) == "PATCH");
  CHECK(std::string(to_string(HttpMethod::del)) == "DELETE");
}
