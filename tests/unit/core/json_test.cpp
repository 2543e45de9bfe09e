#include "syncwright/core/json.h"

#include <doctest/doctest.h>

#include <limits>

using namespace syncwright;

namespace {

std::string nested(std::size_t depth) {
  return std::string(depth, '[') + std::string(depth, ']');
}

ErrorKind kind_of(std::string_view text, const JsonLimits& limits = {}) {
  const Result<Json> result = parse_json(text, limits);
  REQUIRE_FALSE(result);
  return result.error().kind;
}

}  // namespace

TEST_CASE("JSON is parsed") {
  const Result<Json> value = parse_json(R"( {"b": [1, -2.5, "é\n", null, true], "a": {}} )");
  REQUIRE(value);
  CHECK(canonical_json(*value) == R"({"a":{},"b":[1,-2.5,"é\n",null,true]})");
}

TEST_CASE("what is not JSON is malformed, and the text is not quoted") {
  const Result<Json> result = parse_json(R"({"token": "hush" oops})");
  REQUIRE_FALSE(result);
  CHECK(result.error().kind == ErrorKind::malformed);
  CHECK(result.error().message == "not valid JSON at byte 18");
  for (const char* text : {"", " ", "<html></html>", "{\"a\":", "[1,]", "{} {}", "\"\xff\"", "]",
                           "// c\n1", "1e999", "'a'", "nul"}) {
    CAPTURE(text);
    CHECK(kind_of(text) == ErrorKind::malformed);
  }
  using namespace std::literals;
  CHECK(kind_of("{}\0"sv) == ErrorKind::malformed);
  CHECK(parse_json("{}\0{\"project\": 1}"sv).error().message == "not valid JSON at byte 3");
}

TEST_CASE("depth is bounded, however deep the text is") {
  CHECK(parse_json(nested(200)));
  CHECK(kind_of(nested(201)) == ErrorKind::too_large);
  CHECK(kind_of(nested(10'000)) == ErrorKind::too_large);
  CHECK(kind_of(nested(5'000'000)) == ErrorKind::too_large);
  CHECK(kind_of(std::string(5'000'000, '[')) == ErrorKind::too_large);
  std::string objects;
  for (int i = 0; i < 100'000; ++i) objects += "{\"a\":";
  CHECK(kind_of(objects) == ErrorKind::too_large);
}

TEST_CASE("only brackets outside of strings count as depth") {
  JsonLimits limits;
  limits.max_depth = 2;
  CHECK(parse_json(R"([["[[[[ \" [[[ \\"], [[][0]])", limits).error().kind == ErrorKind::too_large);
  CHECK(parse_json(R"([["[[[[ \" [[[ \\"], ["]"], {"{{{": "\\\"{{"}])", limits));
  CHECK(parse_json("[[],[],[],[]]", limits));
}

TEST_CASE("size is bounded") {
  JsonLimits limits;
  limits.max_bytes = 4;
  CHECK(parse_json("1234", limits));
  CHECK(kind_of("12345", limits) == ErrorKind::too_large);
}

TEST_CASE("equal values give equal bytes") {
  const Json integers = {{"z", 1}, {"a", {3, 0, -7}}};
  const Json floats = {{"a", {3.0, -0.0, -7.0}}, {"z", 1u}};
  REQUIRE(integers == floats);
  CHECK(canonical_json(integers) == R"({"a":[3,0,-7],"z":1})");
  CHECK(canonical_json(floats) == canonical_json(integers));
  CHECK(digest(floats) == digest(integers));
  CHECK(canonical_json(Json(0.1)) == "0.1");
  CHECK(canonical_json(Json(1e300)) == "1e+300");
  CHECK(canonical_json(Json(std::numeric_limits<std::uint64_t>::max())) == "18446744073709551615");
}

TEST_CASE("invalid UTF-8 is replaced instead of thrown") {
  CHECK(canonical_json(Json("a\xff"
                            "b")) ==
        "\"a\xef\xbf\xbd"
        "b\"");
}

TEST_CASE("digests are those of SHA-256") {
  CHECK(sha256("") == "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256("abc") == "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(digest(Json::object()) == sha256("{}"));
}

TEST_CASE("members are read whatever shape the answer has") {
  const Json answer = {{"text", "a"},     {"flag", true},
                       {"count", 7},      {"real", 2.5},
                       {"null", nullptr}, {"huge", std::numeric_limits<std::uint64_t>::max()}};
  CHECK(string_or(answer, "text") == "a");
  CHECK(string_or(answer, "count", "fallback") == "fallback");
  CHECK(string_or(answer, "null", "fallback") == "fallback");
  CHECK(string_or(answer, "absent").empty());
  CHECK(string_or(Json::array({1}), "text", "fallback") == "fallback");
  CHECK(bool_or(answer, "flag", false));
  CHECK(bool_or(answer, "text", true));
  CHECK(int_or(answer, "count", 1) == 7);
  CHECK(int_or(answer, "real", 1) == 1);
  CHECK(int_or(answer, "huge", 1) == 1);
  CHECK(member_or_null(answer, "flag") == true);
  CHECK(member_or_null(answer, "absent").is_null());
  CHECK(member_or_null(Json("text"), "absent").is_null());
}
