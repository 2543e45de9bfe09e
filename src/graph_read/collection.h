#pragma once

#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "syncwright/core/error.h"
#include "syncwright/core/json.h"
#include "syncwright/graph_read/connection.h"

namespace syncwright::graph_read {

/// Every item of a collection as `decode` makes it, or the first failure. One page is held at a
/// time, so that ten thousand items are not held as JSON as well.
template <class Decoder>
[[nodiscard]] auto read_collection(GraphConnection& connection, const std::string& path,
                                   Decoder decode, std::stop_token stop) {
  using Item = typename decltype(decode(std::declval<const Json&>()))::value_type;
  std::vector<Item> items;
  const Result<void> read = connection.for_each_item(
      path,
      [&](const Json& json) -> Result<void> {
        auto item = decode(json);
        if (!item) return fail(std::move(item).error());
        items.push_back(std::move(*item));
        return {};
      },
      std::move(stop));
  return read ? Result<std::vector<Item>>(std::move(items))
              : Result<std::vector<Item>>(fail(read.error()));
}

}  // namespace syncwright::graph_read
