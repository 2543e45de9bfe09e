#include "syncwright/core/packed_json.h"

#include <doctest/doctest.h>

#include <string>
#include <utility>

using namespace syncwright;

TEST_CASE("a packed value takes the room of a pointer, and null nothing else") {
  static_assert(sizeof(PackedJson) == sizeof(void*));
  const PackedJson null;
  CHECK(null.is_null());
  CHECK(null.unpack() == Json());
  CHECK(PackedJson(nullptr) == null);
  CHECK_FALSE(PackedJson(false).is_null());
}

TEST_CASE("what is unpacked is what was packed") {
  for (const char* text :
       {R"({"any":[{"all":[{"attribute":"a\u0000b","values":["\"","\\","ü"]}]}]})",
        R"(["Add","Update"])", R"("")", "true", "0", "-0.0", "1.0", "1e300", "18446744073709551615",
        "-9223372036854775808", "{}", "[]"}) {
    const Json value = Json::parse(text);
    const PackedJson packed = value;
    CHECK(packed.unpack() == value);
    CHECK(packed.unpack().dump() == value.dump());
    CHECK(Json(packed) == value);
  }
}

TEST_CASE("bytes that are no UTF-8 are replaced, as in every JSON that is written") {
  const PackedJson packed = std::string("a\xff");
  CHECK(packed.unpack() == "a\uFFFD");
}

TEST_CASE("it is made as a Json is, and compares as one") {
  const PackedJson unknown = {{"unknown", true}};
  CHECK(unknown.unpack() == Json{{"unknown", true}});
  const PackedJson one = 1;
  const PackedJson one_with_fraction = 1.0;
  const PackedJson two = 2;
  CHECK(one == one_with_fraction);
  CHECK(one != two);
  CHECK(PackedJson() != PackedJson(false));
}

TEST_CASE("a copy has a value of its own, and what was moved from is null") {
  PackedJson first = "one";
  PackedJson second = first;
  CHECK(second == first);
  second = "two";
  CHECK(first.unpack() == "one");
  second = second;
  CHECK(second.unpack() == "two");
  first = std::move(second);
  CHECK(first.unpack() == "two");
  // That is promised.
  // NOLINTNEXTLINE(bugprone-use-after-move,clang-analyzer-cplusplus.Move)
  CHECK(second.is_null());
}
