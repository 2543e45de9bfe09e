#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "emulator/odata/query_options.h"

namespace syncwright::emulator {

/// A URL taken apart. Segments are split before they are decoded, so that %2F stays inside one;
/// empty ones are dropped (a trailing slash means nothing, docs/graph.md#1).
struct RequestTarget {
  std::string root;  ///< "http://127.0.0.1:8080"
  std::vector<std::string> segments;
  QueryOptions query;

  [[nodiscard]] static RequestTarget parse(std::string_view url);
};

/// One segment with a key: "applications(uniqueName='x')" or "users('x')". `'` is doubled inside.
struct KeySegment {
  std::string collection;
  std::string key;  ///< empty in the second form
  std::string value;
};

/// With "jobs('x')" as the two segments "jobs" and "x", which mean the same (the Location of a new
/// job is written so). The first segment is left: its keys may be alternate ones.
[[nodiscard]] std::vector<std::string> without_keys(std::vector<std::string> segments);

/// False where the segment has no parentheses or is malformed.
[[nodiscard]] bool parse_key_segment(std::string_view segment, KeySegment& parsed);

}  // namespace syncwright::emulator
