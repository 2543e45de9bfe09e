#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "syncwright/core/diagnostic.h"

namespace syncwright {

struct YamlEntry;

/// A YAML value as it was written. No type is guessed: what a plain scalar means is decided by the
/// field that reads it (yaml_scalar.h has YAML 1.2's own opinion).
struct YamlNode {
  enum class Kind { null, scalar, sequence, mapping };
  enum class Style {
    plain,
    quoted,      ///< quotes, a block scalar or `!!str`: a text, whatever it looks like
    variable,    ///< one whole reference: takes the type that its field wants
    unresolved,  ///< holds a reference that is already reported: fields skip it without a word
  };

  Kind kind = Kind::null;
  Style style = Style::plain;
  std::string text;  ///< of a scalar
  SourceSpan span;   ///< of a collection: where it starts
  /// Column of the first character of `text` where the text stands byte by byte on that one line,
  /// so that an offset in it has a place; 0 with escapes, blocks, several lines or a variable
  /// inside.
  int text_column = 0;
  /// Where the whole text was filled in from by one `${each.COLUMN}`: a cell of the table that the
  /// rows come from, which outlives the node. Faults of the value point there; nullptr else.
  const SourceRange* cell = nullptr;
  std::vector<YamlNode> items;  ///< of a sequence
  std::vector<YamlEntry>
      entries;  ///< of a mapping, in the order written; keys are scalars and differ
};

struct YamlEntry {
  YamlNode key;
  YamlNode value;
};

/// nullptr where the mapping has no such key.
[[nodiscard]] const YamlNode* find_value(const YamlNode& mapping, std::string_view key);

inline constexpr std::size_t kMaxManifestBytes = 8u << 20u;
inline constexpr std::size_t kMaxYamlNodes = 100'000;  ///< a file's, anchors and aliases in full
inline constexpr std::size_t kMaxYamlTextBytes = 16u << 20u;  ///< likewise
inline constexpr int kMaxYamlDepth = 64;

/// The documents of a file, empty ones left out. Faults (SW0101 to SW0108) go to `diagnostics`
/// under the name `file`; what is returned then are those that end before the first fault of
/// syntax, to be checked and not to be used. Bounded in time and memory whatever the text holds; a
/// byte order mark is accepted. In a file that ends in .json two escapes
/// (\ud83c\udf89) may be one character, as JSON has it. Thread-safe.
[[nodiscard]] std::vector<YamlNode> parse_yaml(std::string_view text, const std::string& file,
                                               Diagnostics& diagnostics);

/// Reports every key of `mapping` that occurs twice (SW0102); not those of mappings within.
void report_duplicate_keys(const YamlNode& mapping, const std::string& file,
                           Diagnostics& diagnostics);

/// Where `text` starts: the single position, of line 0 where `text_column` is 0.
[[nodiscard]] SourceSpan text_start(const YamlNode& scalar);

}  // namespace syncwright
