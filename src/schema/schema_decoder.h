#pragma once

#include <string>
#include <vector>

#include "schema/decoding_turn.h"
#include "syncwright/schema/synchronization_schema.h"

namespace syncwright::schema {

/// Makes schemas of texts that are not too long. What the parsers were used for before makes no
/// difference to a result.
class SchemaDecoder {
 public:
  using Index = SynchronizationSchema::Index;

  [[nodiscard]] static Result<SynchronizationSchema> decode(std::string text, Parsers& parsers);

  /// The base after edits that lie within object mappings, with no directory behind one: its index
  /// with the edited mappings read again and the others moved to where they are in the text.
  [[nodiscard]] static Result<SynchronizationSchema> reindex(const SynchronizationSchema& base,
                                                             std::string text,
                                                             const std::vector<TextEdit>& edits,
                                                             Parsers& parsers);
};

/// Whether `reindex` can be used.
[[nodiscard]] bool are_within_mappings(const SynchronizationSchema& base,
                                       const std::vector<TextEdit>& edits);

}  // namespace syncwright::schema
