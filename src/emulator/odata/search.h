#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "syncwright/core/json.h"

namespace syncwright::emulator {

/// A parsed `$search` of directory objects (docs/graph.md#4.2).
struct SearchNode {
  enum class Kind { all_of, any_of, clause };
  Kind kind = Kind::clause;
  std::vector<SearchNode> children;
  std::string property;  ///< of a clause, as written
  std::string text;      ///< what is looked for
};

/// nullopt where `text` is not `"property:text"`, clauses joined by AND and OR in capitals, with
/// parentheses; is over 8 000 bytes, nested more than 20 deep or has over 200 clauses. `"` and `\`
/// stand behind a `\` in a clause.
[[nodiscard]] std::optional<SearchNode> parse_search(std::string_view text);

/// The words that a value of displayName or description is found by, in lower case: it is cut at
/// blanks and symbols, between letters and digits and where a capital follows a small letter; a
/// symbol is a word of its own, and words that only symbols part stand together as well.
[[nodiscard]] std::vector<std::string> search_words(std::string_view value);

/// Whether the object is found: by words in displayName and description, by its beginning in any
/// other property.
[[nodiscard]] bool is_found(const SearchNode& search, const Json& object);

/// The properties that the clauses name.
[[nodiscard]] std::vector<std::string> searched_properties(const SearchNode& search);

}  // namespace syncwright::emulator
