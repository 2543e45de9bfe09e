#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "syncwright/core/diagnostic.h"

namespace syncwright::manifest {

struct YamlEntry;

/// A YAML value as it was written. No type is guessed: what a plain scalar means is decided by the
/// field that reads it (core_type has YAML 1.2's own opinion).
struct YamlNode {
  enum class Kind { null, scalar, sequence, mapping };
  enum class Style {
    plain,
    quoted,      ///< quotes, a block scalar or `!!str`: a text, whatever it looks like
    variable,    ///< one whole reference: takes the type that its field wants
    unresolved,  ///< holds a reference that is already reported: fields skip it and report nothing
                 ///< more
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

/// Reports every key of `mapping` that occurs twice (SW0102); not those of mappings within.
void report_duplicate_keys(const YamlNode& mapping, const FileName& file, Diagnostics& diagnostics);

/// Where `text` starts: the single position, of line 0 where `text_column` is 0.
[[nodiscard]] SourceSpan text_start(const YamlNode& scalar);

/// What a scalar is by YAML 1.2's core schema: a plain `yes` or 2026-11-22 is a text, `1e3` a
/// number.
enum class ScalarType { text, boolean, integer, number };

/// Quoted scalars and variables are texts.
[[nodiscard]] ScalarType core_type(const YamlNode& scalar);

/// Whether a plain text of YAML 1.2 is a boolean, date, number or sexagesimal for the many programs
/// that read YAML 1.1: worth a warning (SW0109).
[[nodiscard]] bool differs_in_yaml_1_1(const YamlNode& scalar);

/// true, True, TRUE, false, False, FALSE.
[[nodiscard]] std::optional<bool> parse_boolean(std::string_view text);
/// Decimal, 0o octal or 0x hexadecimal; nullopt for anything else or more than 64 bits.
[[nodiscard]] std::optional<std::int64_t> parse_integer(std::string_view text);

/// Lays `above` over `below`, both an Application's `metadata` and `spec`: mappings are joined key
/// by key, at any depth; a scalar, a list and whatever is of another kind below is replaced whole.
/// What cannot stand beside a key of `above` goes: another place of the same secret, a job's
/// `template` for its `id`, all of a job for its `absent` and the other way round. New keys come
/// last.
void lay_over(YamlNode& below, const YamlNode& above);

}  // namespace syncwright::manifest
