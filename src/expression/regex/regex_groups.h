#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace syncwright::expression {

/// One `(` that captures, in the order of the pattern, which is how PCRE2 counts them.
struct CaptureGroup {
  std::string name;          ///< "" for one without
  std::uint32_t number = 0;  ///< of `(?<7>...)`; 0 for a group that is numbered by its place
};

/// How .NET numbers the groups: those without a name first, from left to right, then the named
/// ones. Groups of one name or number are one group of .NET.
class GroupTable {
 public:
  GroupTable() = default;
  explicit GroupTable(const std::vector<CaptureGroup>& groups);

  /// PCRE2's numbers of the group with this name or (decimal) number, 0 for the whole match; empty
  /// where there is none.
  [[nodiscard]] const std::vector<std::uint32_t>& find(std::string_view name) const;
  /// Of the group with the highest number; the whole match where there are no groups.
  [[nodiscard]] const std::vector<std::uint32_t>& last() const { return slots_.rbegin()->second; }

 private:
  std::map<std::uint32_t, std::vector<std::uint32_t>> slots_{{0, {0}}};
  std::map<std::string, std::uint32_t, std::less<>> names_;
};

}  // namespace syncwright::expression
