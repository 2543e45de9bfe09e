#include "syncwright/core/json_object.h"

#include <doctest/doctest.h>

using namespace syncwright;

namespace {

constexpr JsonDialect kStrict;
constexpr JsonDialect kLoose{.text = "is not a text", .missing = nullptr, .null_is_left_out = true};

/// The fault of reading `text` with `read`; empty without one.
template <class Read>
std::string fault_of(const JsonDialect& dialect, const char* text, Read read) {
  const Json json = Json::parse(text);
  JsonFault fault(dialect);
  JsonObject object(json, "root", fault);
  read(object);
  object.refuse_unknown();
  const auto result = fault.result();
  if (!result) CHECK(result.error().kind == ErrorKind::invalid_input);
  return result ? std::string() : result.error().message;
}

}  // namespace

TEST_CASE("members are read by their type") {
  const Json json = Json::parse(
      R"({"text":"a","flag":true,"number":7,"texts":["x","y"],"list":[{"n":1},{"n":2}],
          "word":"two","object":{"text":"b"}})");
  JsonFault fault(kStrict);
  JsonObject object(json, "", fault);
  CHECK(object.text("text") == "a");
  CHECK(object.flag("flag"));
  CHECK(object.number("number") == 7);
  CHECK(object.texts("texts") == std::vector<std::string>{"x", "y"});
  CHECK(object.list("list", [](JsonObject& each) { return each.number("n"); }) ==
        std::vector<int>{1, 2});
  CHECK(object.word_or_null<int>("word", {{"one", 1}, {"two", 2}}) == 2);
  CHECK(object.object("object").text("text") == "b");
  CHECK_FALSE(object.text_or_null("other"));
  object.refuse_unknown();
  CHECK_FALSE(fault.found());
}

TEST_CASE("the first fault is kept, with its place") {
  CHECK(fault_of(kStrict, R"({"a":1,"b":2})", [](JsonObject& object) {
          (void)object.text("b");
          (void)object.text("a");
        }) == "root.b is no text");
  CHECK(fault_of(kStrict, "[]", [](JsonObject& object) { (void)object.text("a"); }) ==
        "root is no object");
  CHECK(fault_of(kStrict, R"({"list":[{},{"n":"x"}]})", [](JsonObject& object) {
          (void)object.list("list", [](JsonObject& each) { return each.number_or_null("n"); });
        }) == "root.list[1].n is no whole number");
  CHECK(fault_of(kStrict, R"({"a":"x","b":"y"})",
                 [](JsonObject& object) { (void)object.text("a"); }) == "root.b is unknown");
}

TEST_CASE("what is left out and what is null") {
  const auto required = [](JsonObject& object) { (void)object.text("a"); };
  const auto optional = [](JsonObject& object) { CHECK_FALSE(object.text_or_null("a")); };
  CHECK(fault_of(kStrict, "{}", required) == "root.a is missing");
  CHECK(fault_of(kLoose, "{}", required) == "root.a is not a text");
  CHECK(fault_of(kStrict, "{}", optional).empty());
  CHECK(fault_of(kStrict, R"({"a":null})", optional) == "root.a is no text");
  CHECK(fault_of(kLoose, R"({"a":null})", optional).empty());
}

TEST_CASE("numbers are whole and within bounds") {
  const auto of = [](const char* text) {
    return fault_of(kStrict, text,
                    [](JsonObject& object) { (void)object.number_or_null("n", 1, 9); });
  };
  CHECK(of(R"({"n":9})").empty());
  CHECK(of(R"({"n":0})") == "root.n is not between 1 and 9");
  CHECK(of(R"({"n":1.5})") == "root.n is no whole number");
  CHECK(of(R"({"n":18446744073709551615})") == "root.n is out of range");
}
