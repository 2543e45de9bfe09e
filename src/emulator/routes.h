#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/exchange.h"
#include "emulator/permission.h"

namespace syncwright::emulator {

/// The versions of Graph that have an operation.
enum class Versions { both, beta };

/// One operation of Graph: its path, what it asks of the token, and who answers it.
struct Route {
  http::HttpMethod method;
  std::string_view pattern;  ///< segments; `*` stands for any one
  Permission permission;
  Handler handler;
  /// What the directory audit log calls the edit (docs/graph.md#5.11), `*` standing for the kind of
  /// its target; empty where nothing is edited.
  std::string_view activity{};
  Versions versions = Versions::both;
};

/// What was found for a path.
struct RouteMatch {
  const Route* route = nullptr;         ///< nullptr: there is none
  std::vector<std::string> parameters;  ///< the segments that the `*` of the pattern stand for
  bool knows_path = false;              ///< some route has the path, with another method
};

/// The first segment that no operation of the version has at its place; the last one where all
/// lead to operations and are none.
[[nodiscard]] std::string unknown_segment(const std::vector<std::string>& segments,
                                          std::string_view version);

/// Every operation that is answered, but for `POST $batch`, which holds others. docs/emulator.md
/// has a row of each (tests/unit/emulator/operation_table_test.cpp).
[[nodiscard]] std::span<const Route> all_routes();

/// Among the operations of "v1.0" or "beta". Literal segments match without regard to case; an
/// action may be written with its namespace
/// ("microsoft.graph.start", docs/graph.md#1).
[[nodiscard]] RouteMatch find_route(http::HttpMethod method,
                                    const std::vector<std::string>& segments,
                                    std::string_view version);

}  // namespace syncwright::emulator
