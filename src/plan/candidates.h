#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "syncwright/model/live.h"

namespace syncwright::plan::refusals {

/// How a manifest names the live application that it takes over. A plan file keeps no rows, so that
/// the advice is the same for a manifest and a row of a set.
inline constexpr const char* kAdoptById =
    "`lifecycle: {adopt: ID}` (for a row of a set: under its `overrides`)";

/// "5b0d...  Salesforce Contoso"
[[nodiscard]] inline std::string name_and_id(const model::LiveReference& reference) {
  return fmt::format("{}  {}", reference.service_principal_id, reference.display_name);
}

/// What `words_of` says of each, sorted.
template <class T, class Words>
[[nodiscard]] std::vector<std::string> list_candidates(const std::vector<T>& values,
                                                       Words words_of) {
  std::vector<std::string> words;
  words.reserve(values.size());
  for (const T& value : values) words.push_back(words_of(value));
  std::sort(words.begin(), words.end());
  return words;
}

/// The applications, as `name_and_id`.
[[nodiscard]] inline std::vector<std::string> list_candidates(
    const std::vector<model::LiveApplication>& applications) {
  return list_candidates(applications,
                         [](const auto& live) { return name_and_id(live.reference); });
}

}  // namespace syncwright::plan::refusals
