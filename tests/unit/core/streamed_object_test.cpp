#include "syncwright/core/streamed_object.h"

#include <doctest/doctest.h>

using namespace syncwright;

namespace {

StreamedObject sample(const std::vector<int>& numbers) {
  StreamedObject inner;
  add_list(inner, "numbers", numbers, [](int number) { return Json{{"n", number}}; });
  inner.add("empty", Json::object());
  StreamedObject object;
  object.add("z", 1.0);
  object.add("a \"quoted\" name", {"x\ny", nullptr});
  object.add("inner", std::move(inner));
  object.add("nothing", StreamedObject());
  return object;
}

}  // namespace

TEST_CASE("a streamed object is written and digested as its tree is") {
  for (const std::vector<int>& numbers : {std::vector<int>{}, {1}, {1, 2, 3}}) {
    const StreamedObject object = sample(numbers);
    const Json tree = object.tree();
    CHECK(tree["inner"]["numbers"].size() == numbers.size());
    CHECK(object.text() == tree.dump(2) + "\n");
    CHECK(object.digest() == digest(tree));
  }
}

TEST_CASE("members of a streamed object are replaced and removed by name") {
  StreamedObject object;
  object.add("list", 2, [](std::size_t index) { return Json(index); });
  object.add("list", 3);
  object.add("gone", 1);
  object.remove("gone");
  CHECK(object.tree() == Json{{"list", 3}});
}

TEST_CASE("a list of a streamed object is made again each time it is written") {
  std::vector<int> numbers{1, 2};
  const StreamedObject object = sample(numbers);
  numbers = {7};
  CHECK(object.tree()["inner"]["numbers"][0]["n"] == 7);
}
