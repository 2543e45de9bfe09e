#pragma once

#include <string>
#include <string_view>

#include "syncwright/core/json.h"
#include "syncwright/schema/synchronization_schema.h"

namespace syncwright::schema {

/// A part of a schema document that was decoded, to be looked at and compared. A number that 64
/// bits do not hold becomes a string of its characters, so that two of them are equal exactly where
/// they are written alike: what goes back to Graph is the text itself. null for an empty text.
[[nodiscard]] Json part_json(std::string_view text);
[[nodiscard]] Json part_json(const SynchronizationSchema& schema, TextSpan span);

/// The text with a zero and blanks in the place of every number that 64 bits do not hold, for
/// parsers that would refuse those. Every other character keeps its place; the text may be
/// anything.
[[nodiscard]] std::string replace_large_numbers(std::string text);

}  // namespace syncwright::schema
