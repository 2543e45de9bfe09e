#include "evaluator_cases.h"

using namespace syncwright;
using namespace syncwright::expression;

TEST_CASE("values leave as texts or lists of texts") {
  CHECK(to_json(Null()) == Json(nullptr));
  CHECK(to_json(std::string("a")) == Json("a"));
  CHECK(to_json(std::int64_t{-5}) == Json("-5"));
  CHECK(to_json(true) == Json("True"));
  CHECK(to_json(DateTime{}) == Json("1/1/0001 12:00:00 AM"));
  CHECK(to_json(MultiValue{"a", "b"}) == Json({"a", "b"}));
  CHECK(to_json(MultiValue{}) == Json::array());
  CHECK(to_text(MultiValue{"a", "b"}) == "a, b");
  CHECK(to_text(Null()).empty());
}

TEST_CASE("attributes come as JSON gives them") {
  const auto value = [](const char* text) { return value_from_json(*parse_json(text)); };
  CHECK(value("null") == Value(Null()));
  CHECK(value(R"("a")") == Value(std::string("a")));
  CHECK(value("-5") == Value(std::int64_t{-5}));
  CHECK(value("1.5") == Value(std::string("1.5")));
  CHECK(value("18446744073709551615") == Value(std::string("18446744073709551615")));
  CHECK(value("false") == Value(false));
  CHECK(value(R"(["a", 1, null, true, {"b": 2, "a": "x"}])") ==
        Value(MultiValue{"a", "1", "True", R"({"a":"x","b":2})"}));
  CHECK(value("[]") == Value(MultiValue{}));
}

TEST_CASE("what is no attribute is named") {
  const auto refusal = [](const char* text) {
    const auto attributes = AttributeMap::from_json(*parse_json(text));
    return attributes ? "accepted" : attributes.error();
  };
  CHECK(refusal(R"({"mail": "a"})") == "accepted");
  CHECK(refusal("[]") == "attributes are a JSON object of names and values");
  CHECK(refusal(R"({"mail": {"a": 1}})") ==
        "attribute `mail`: found an object; an attribute is a text, a number, true, false, null, "
        "or an array of those");
  CHECK(refusal(R"({"mail": [[1]]})") ==
        "attribute `mail`: found an array within an array; elements are texts, numbers, true, "
        "false or objects");
}

TEST_CASE("empty is not absent") {
  CHECK(is_null_or_empty(Null()));
  CHECK(is_null_or_empty(std::string()));
  CHECK(is_null_or_empty(MultiValue{}));
  CHECK_FALSE(is_null_or_empty(MultiValue{""}));
  CHECK_FALSE(is_null_or_empty(std::int64_t{0}));
  CHECK_FALSE(is_null_or_empty(false));
}
