#pragma once

#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "syncwright/core/error.h"
#include "syncwright/core/json.h"
#include "syncwright/graph_read/connection.h"

namespace syncwright::graph_read {

/// Hands on every item of a collection as `decode` makes it, until the first failure. One page is
/// held at a time, so that ten thousand items are not held as JSON as well.
template <class Decoder, class Take>
[[nodiscard]] Result<void> for_each_decoded(GraphConnection& connection, const std::string& path,
                                            Decoder decode, Take take, std::stop_token stop) {
  return connection.for_each_item(
      path,
      [&](const Json& json) -> Result<void> {
        auto item = decode(json);
        if (!item) return fail(std::move(item).error());
        take(std::move(*item));
        return {};
      },
      std::move(stop));
}

/// All items at once.
template <class Decoder>
[[nodiscard]] auto read_collection(GraphConnection& connection, const std::string& path,
                                   Decoder decode, std::stop_token stop) {
  using Item = typename decltype(decode(std::declval<const Json&>()))::value_type;
  std::vector<Item> items;
  const Result<void> read = for_each_decoded(
      connection, path, decode, [&items](Item item) { items.push_back(std::move(item)); },
      std::move(stop));
  return read ? Result<std::vector<Item>>(std::move(items))
              : Result<std::vector<Item>>(fail(read.error()));
}

}  // namespace syncwright::graph_read
