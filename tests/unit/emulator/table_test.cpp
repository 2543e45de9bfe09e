#include "emulator/store/table.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <set>
#include <string>
#include <type_traits>
#include <vector>

#include "emulator/store/timeline.h"

namespace syncwright::emulator {

namespace {

struct Fruit {
  std::string kind;
  int weight = 0;
};

RowKeys fruit_keys(const Fruit& fruit) {
  return {row_key("kind", fruit.kind)};
}

Table<Fruit> basket() {
  Table<Fruit> table(fruit_keys);
  table.add("a", {"apple", 1});
  table.add("b", {"pear", 2});
  table.add("c", {"apple", 3});
  table.forget_changes();
  return table;
}

std::string weights(const Table<Fruit>& table) {
  std::string text;
  for (const Fruit& fruit : table) text += std::to_string(fruit.weight);
  return text;
}

std::vector<std::string> apples(const Table<Fruit>& table) {
  return table.ids_with("kind", "apple");
}

// Nothing that is read can be written to: `edit` is the only way.
static_assert(std::is_same_v<decltype(*std::declval<Table<Fruit>&>().begin()), const Fruit&>);
static_assert(std::is_same_v<decltype(std::declval<Table<Fruit>&>().find("")), const Fruit*>);

}  // namespace

TEST_CASE("a table is read in the order of creation, by id and by key") {
  const Table<Fruit> table = basket();
  CHECK(weights(table) == "123");
  CHECK(table.size() == 3);
  REQUIRE(table.find("b") != nullptr);
  CHECK(table.find("b")->weight == 2);
  CHECK(table.find("z") == nullptr);
  CHECK(apples(table) == std::vector<std::string>{"a", "c"});
  CHECK(table.with("kind", "apple").back()->weight == 3);
  CHECK(table.with("kind", "plum").empty());
  CHECK(table.changes().empty());
}

TEST_CASE("whatever changes a table is among its changes") {
  using Ids = std::set<std::string>;
  Table<Fruit> table = basket();
  table.edit("b").weight = 5;
  CHECK(table.changes() == Ids{"b"});
  table.edit_or_add("d").weight = 7;
  table.edit_or_add("d").weight = 8;
  table.erase("a");
  table.erase("nobody");
  CHECK(table.changes() == Ids{"a", "b", "d"});
  CHECK(weights(table) == "538");
  CHECK(apples(table) == std::vector<std::string>{"c"});
  table.forget_changes();
  table.load(9, "e", {"apple", 9});
  CHECK(table.changes().empty());
  table.add("f", {"apple", 6});
  CHECK(table.place_of("f") == 10);
  table.add("c", {"pear", 4});  // another one of that id
  CHECK(apples(table) == std::vector<std::string>{"e", "f"});
  CHECK(weights(table) == "58964");
  CHECK(table.changes() == Ids{"c", "f"});
}

TEST_CASE("rows stay where they are while others come and go") {
  Table<Fruit> table = basket();
  const Fruit* pear = table.find("b");
  table.erase("a");
  for (int number = 0; number < 100; ++number) table.add(std::to_string(number), {"plum", 0});
  CHECK(table.find("b") == pear);
  const Table<Fruit> moved = std::move(table);
  CHECK(moved.find("b") == pear);
  CHECK(moved.with("kind", "pear").front() == pear);
}

TEST_CASE("a timeline tells what is due, the earliest first") {
  using namespace std::chrono_literals;
  const Instant noon{};
  Timeline timeline;
  timeline.put("late", noon + 2h);
  timeline.put("early", noon + 1h);
  timeline.put("never", std::nullopt);
  CHECK(timeline.until(noon).empty());
  CHECK(timeline.until(noon + 1h) == std::vector<std::string>{"early"});
  CHECK(timeline.until(noon + 5h) == std::vector<std::string>{"early", "late"});
  timeline.put("early", noon + 3h);
  CHECK(timeline.until(noon + 5h) == std::vector<std::string>{"late", "early"});
  timeline.put("late", std::nullopt);
  CHECK(timeline.until(noon + 5h) == std::vector<std::string>{"early"});
}

TEST_CASE("rows fit a pattern by a whole key or by its beginning, each once and oldest first") {
  Table<Fruit> table = basket();
  table.add("d", {"apple pie", 4});
  const auto fitting = [&table](const std::vector<KeyPattern>& patterns) {
    std::string text;
    for (const Fruit* fruit : table.fitting(patterns)) text += std::to_string(fruit->weight);
    return text;
  };
  CHECK(fitting({{"kind=apple"}}) == "13");
  CHECK(fitting({{"kind=apple", true}}) == "134");
  CHECK(fitting({{"kind=pear"}, {"kind=ap", true}, {"kind=apple"}}) == "1234");
  CHECK(fitting({{"kind=plum"}, {"kind=z", true}}).empty());
  CHECK(fitting({}).empty());
}

TEST_CASE("a row whose keys change is found by the new ones only, and saved") {
  Table<Fruit> table = basket();
  table.edit_keys("a", [](Fruit& fruit) { fruit.kind = "pear"; });
  CHECK(apples(table) == std::vector<std::string>{"c"});
  CHECK(table.ids_with("kind", "pear") == std::vector<std::string>{"a", "b"});
  CHECK(table.changes() == std::set<std::string>{"a"});
  table.erase("a");
  CHECK(table.ids_with("kind", "pear") == std::vector<std::string>{"b"});
}

}  // namespace syncwright::emulator
