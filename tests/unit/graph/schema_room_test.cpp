#include "graph_read/schema_room.h"

#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <thread>
#include <vector>

using syncwright::graph_read::SchemaRoom;
using syncwright::graph_read::SchemaShare;

namespace {

constexpr std::size_t kLarge = 4U << 20U;

}  // namespace

TEST_CASE("an application waits for room before its first schema, and for nothing afterwards") {
  SchemaRoom room;
  std::optional<SchemaShare> first(room);
  first->await();
  first->hold(kLarge);
  first->await();  // its second one: whoever holds some waits for nobody
  first->hold(kLarge);

  std::vector<std::string> order;
  std::jthread waiting([&room, &order] {
    SchemaShare second(room);
    second.await();
    order.emplace_back("the second has room");
  });
  order.emplace_back("the first is done");
  first.reset();
  waiting.join();
  CHECK(order == std::vector<std::string>{"the first is done", "the second has room"});
}

TEST_CASE("small schemas need not wait for each other") {
  SchemaRoom room;
  std::vector<std::optional<SchemaShare>> shares(64);
  for (auto& share : shares) {
    share.emplace(room);
    share->await();
    share->hold(39U << 10U);
  }
  CHECK(shares.size() == 64);
}

TEST_CASE("one that is larger than the room is alone in it, and one that failed leaves nothing") {
  SchemaRoom room;
  for (int turn = 0; turn < 3; ++turn) {
    SchemaShare alone(room);
    alone.await();
    if (turn != 1) alone.hold(16U * kLarge);
  }
  CHECK(room.take() == 16U * kLarge);
}
