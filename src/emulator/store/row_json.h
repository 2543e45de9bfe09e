#pragma once

#include <optional>

#include "emulator/store/store.h"
#include "syncwright/core/json.h"

/// The rows of the store as they are saved.
namespace syncwright::emulator {

[[nodiscard]] inline Json row_json(const Json& person) {
  return person;
}
[[nodiscard]] inline Json row_json(const Replicated& object) {
  return object.to_json();
}
[[nodiscard]] Json row_json(const Claim& claim);
[[nodiscard]] Json row_json(const Assignment& assignment);
/// Its `schema` is the digest of the document, null where it has none.
[[nodiscard]] Json row_json(const Job& job);
[[nodiscard]] Json row_json(const Upload& upload);
/// {"pairs": [{key, value}]}, whose order counts.
[[nodiscard]] Json row_json(const SavedSecrets& secrets);
[[nodiscard]] Json row_json(const Target& target);

/// nullopt where the JSON is not what `row_json` makes of such a row.
template <class Row>
[[nodiscard]] std::optional<Row> row_from_json(const Json& state);
template <>
std::optional<Json> row_from_json(const Json& state);
template <>
std::optional<Replicated> row_from_json(const Json& state);
template <>
std::optional<Claim> row_from_json(const Json& state);
template <>
std::optional<Assignment> row_from_json(const Json& state);
template <>
std::optional<Job> row_from_json(const Json& state);
template <>
std::optional<Upload> row_from_json(const Json& state);
template <>
std::optional<SavedSecrets> row_from_json(const Json& state);
template <>
std::optional<Target> row_from_json(const Json& state);

}  // namespace syncwright::emulator
