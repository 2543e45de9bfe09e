#include "expression/regex/regex_groups.h"

#include <charconv>

namespace syncwright::expression {

namespace {

std::uint32_t next_free(const std::map<std::uint32_t, std::vector<std::uint32_t>>& slots,
                        std::uint32_t number) {
  while (slots.contains(number)) ++number;
  return number;
}

}  // namespace

GroupTable::GroupTable(const std::vector<CaptureGroup>& groups) {
  std::uint32_t place = 0;
  std::uint32_t unnamed = 0;
  for (const CaptureGroup& group : groups) {
    ++place;
    if (!group.name.empty()) continue;
    slots_[group.number != 0 ? group.number : ++unnamed].push_back(place);
  }
  place = 0;
  for (const CaptureGroup& group : groups) {
    ++place;
    if (group.name.empty()) continue;
    auto known = names_.find(group.name);
    if (known == names_.end()) {
      known = names_.emplace(group.name, next_free(slots_, unnamed + 1)).first;
    }
    slots_[known->second].push_back(place);
  }
}

const std::vector<std::uint32_t>& GroupTable::find(std::string_view name) const {
  static const std::vector<std::uint32_t> none;
  std::uint32_t number = 0;
  const char* const begin = name.data();
  const char* const end = begin + name.size();
  const auto [stop, error] = std::from_chars(begin, end, number);
  if (name.empty() || error != std::errc{} || stop != end) {
    const auto known = names_.find(name);
    if (known == names_.end()) return none;
    number = known->second;
  }
  const auto slot = slots_.find(number);
  return slot == slots_.end() ? none : slot->second;
}

}  // namespace syncwright::expression
