#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace syncwright::emulator {

/// The names in "a, b": blanks count for nothing, and so do empty names.
[[nodiscard]] std::vector<std::string> split_names(std::string_view list);

/// The query of a URL, decoded; names as written, in order.
class QueryOptions {
 public:
  QueryOptions() = default;
  /// `text` is what follows `?`, undecoded.
  [[nodiscard]] static QueryOptions parse(std::string_view text);

  /// The first value of that name, which is compared without regard to case. Who asks honours the
  /// option: what nobody asked for is refused in the end (odata/query_check.h).
  [[nodiscard]] std::optional<std::string> get(std::string_view name) const;
  /// nullopt where it is absent or no number from 0 to a million.
  [[nodiscard]] std::optional<std::size_t> number(std::string_view name) const;
  /// The names of `$select`; empty where absent.
  [[nodiscard]] std::vector<std::string> select() const;
  /// Encoded again, with `name` replaced or added: the query of a nextLink.
  [[nodiscard]] std::string with(std::string_view name, const std::string& value) const;
  [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& all() const {
    return options_;
  }
  /// Whether somebody asked for the option.
  [[nodiscard]] bool is_honoured(std::string_view name) const;

 private:
  std::vector<std::pair<std::string, std::string>> options_;
  mutable std::set<std::string> asked_for_;  // names in lower case
};

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

/// The path as routes spell it, whatever spelling a generated client has for it (docs/graph.md#1
/// and #15.12): "jobs('x')" becomes the two segments "jobs" and "x" (the Location of a new job is
/// written so), and a function loses its empty parentheses, "functions()". The first segment is
/// left: its keys may be alternate ones. What is no name before the parentheses, such as a
/// distinguished name that is a key itself, stays as it is.
[[nodiscard]] std::vector<std::string> without_keys(std::vector<std::string> segments);

/// False where the segment has no parentheses or is malformed.
[[nodiscard]] bool parse_key_segment(std::string_view segment, KeySegment& parsed);

}  // namespace syncwright::emulator
