#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "emulator/odata/search.h"

namespace syncwright::emulator {

namespace {

const Json one_video = {{"displayName", "OneVideo and hello-world (David Li)"},
                        {"description", "Room 123west"},
                        {"mail", "onevideo@fabrikam.example"},
                        {"tags", {"One"}}};

bool is_one_video_found(const std::string& text) {
  const auto search = parse_search(text);
  REQUIRE_MESSAGE(search.has_value(), text);
  return is_found(*search, one_video);
}

}  // namespace

TEST_CASE("a value is cut into words at blanks, symbols, digits and capitals") {
  using Words = std::vector<std::string>;
  CHECK(search_words("hello world") == Words{"hello", "world"});
  CHECK(search_words("HelloWorld") == Words{"hello", "world"});
  CHECK(search_words("HELLOworld") == Words{"helloworld"});
  CHECK(search_words("hello.world") == Words{"hello", ".", "world", "helloworld"});
  CHECK(search_words("hello123world") == Words{"hello", "123", "world"});
  CHECK(search_words("李四(David Li)") ==
        Words{"李四", "(", "david", "李四david", "li", ")", "li"});
  CHECK(search_words("").empty());
}

TEST_CASE("words are found in any order and case, other values by their beginning") {
  CHECK(is_one_video_found("\"displayName:OneVideo\""));
  CHECK(is_one_video_found("\"displayName:video one\""));
  CHECK(is_one_video_found("\"displayname:Vid\""));
  CHECK(is_one_video_found("\"displayName:helloworld\""));
  CHECK(is_one_video_found("\"displayName:hello-world\""));
  CHECK(is_one_video_found("\"displayName:Li David\""));
  CHECK_FALSE(is_one_video_found("\"displayName:ideo\""));
  CHECK(is_one_video_found("\"description:west 123\""));
  CHECK(is_one_video_found("\"mail:OneVideo@\""));
  CHECK_FALSE(is_one_video_found("\"mail:video\""));
  CHECK_FALSE(is_one_video_found("\"tags:One\""));
  CHECK_FALSE(is_one_video_found("\"colour:red\""));
}

TEST_CASE("AND binds closer than OR, and parentheses closest") {
  CHECK(is_one_video_found("\"displayName:none\" OR \"mail:onevideo\""));
  CHECK_FALSE(is_one_video_found("\"displayName:none\" AND \"mail:onevideo\""));
  CHECK(is_one_video_found("\"displayName:one\" OR \"displayName:none\" AND \"displayName:none\""));
  CHECK_FALSE(
      is_one_video_found("(\"displayName:one\" OR \"displayName:none\") AND \"displayName:none\""));
  CHECK(searched_properties(*parse_search("\"a:x\" AND (\"b:y\" OR \"c:z\")")) ==
        std::vector<std::string>{"a", "b", "c"});
}

TEST_CASE("quotes and backslashes stand behind a backslash") {
  const auto search = parse_search(R"("displayName:a \"b\" c\\d")");
  REQUIRE(search.has_value());
  CHECK(search->text == R"(a "b" c\d)");
}

TEST_CASE("what is no search is refused, and so is one without bounds") {
  std::string nested = "\"a:b\"";
  for (int depth = 0; depth < 200; ++depth) nested = "(" + nested + ")";
  std::string many = "\"a:b\"";
  for (int clause = 0; clause < 300; ++clause) many += " OR \"a:b\"";
  const std::vector<std::string> faulty{"",
                                        "foo",
                                        "\"foo\"",
                                        "\":foo\"",
                                        "\"a:\"",
                                        "\"a:b",
                                        "a:b",
                                        "\"a:b\" and \"c:d\"",
                                        "\"a:b\" AND",
                                        "(\"a:b\"",
                                        "\"a:b\")",
                                        "\"a:b\\",
                                        nested,
                                        many,
                                        "\"a:" + std::string(9'000, 'x') + "\""};
  for (const std::string& text : faulty) {
    CAPTURE(text);
    CHECK_FALSE(parse_search(text).has_value());
  }
}

}  // namespace syncwright::emulator
