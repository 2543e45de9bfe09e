#pragma once

#include <cstddef>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "syncwright/schema/synchronization_schema.h"

namespace syncwright::schema {

/// The lists of attribute definitions that were decoded last. They are nearly all of a schema's
/// bytes, and applications of one gallery template have the same ones: a list that stands in a text
/// as it stood in an earlier one need only be compared with it, at a tenth of what decoding takes.
/// Bounded in bytes, the list that was used longest ago goes first. Not for several threads.
class AttributeListCache {
 public:
  struct Entry {
    std::string text;   ///< the JSON array
    std::size_t begin;  ///< where it stood in the document that `attributes` are of
    std::shared_ptr<const AttributeDefinitions> attributes;
  };
  struct Occurrence {
    TextSpan span;
    std::shared_ptr<const Entry> entry;
  };

  /// Where known lists stand in the text, in its order: behind a key "attributes", as Graph writes
  /// it. Nothing is said about the rest of the text; where that is no JSON, a list may have been
  /// found within a string.
  [[nodiscard]] std::vector<Occurrence> find(std::string_view text);

  /// Keeps a list that stands there in a text that was decoded, unless it is short.
  void keep(std::string_view text, const ObjectDefinition& object);

 private:
  std::shared_ptr<const Entry> entry_at(std::string_view text);

  std::list<std::shared_ptr<const Entry>> entries_;  ///< the last used one first
  std::size_t bytes_ = 0;
};

}  // namespace syncwright::schema
