#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace syncwright::emulator {

/// The query of a URL, decoded; names as written, in order.
class QueryOptions {
 public:
  QueryOptions() = default;
  /// `text` is what follows `?`, undecoded.
  [[nodiscard]] static QueryOptions parse(std::string_view text);

  /// The first value of that name, which is compared without regard to case.
  [[nodiscard]] std::optional<std::string> get(std::string_view name) const;
  /// nullopt where it is absent or no number from 0 to a million.
  [[nodiscard]] std::optional<std::size_t> number(std::string_view name) const;
  /// The comma list of `$select`, trimmed; empty where absent.
  [[nodiscard]] std::vector<std::string> select() const;
  /// Encoded again, with `name` replaced or added: the query of a nextLink.
  [[nodiscard]] std::string with(std::string_view name, const std::string& value) const;
  [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& all() const {
    return options_;
  }

 private:
  std::vector<std::pair<std::string, std::string>> options_;
};

}  // namespace syncwright::emulator
