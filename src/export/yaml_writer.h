#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace syncwright::exporting {

struct YamlOutputEntry;

/// A YAML value that is to be written. Made with the functions below.
struct YamlOutput {
  enum class Kind {
    text,      ///< quoted where it would be anything but this very text otherwise
    literal,   ///< as it is: true, 500
    sequence,  ///< items
    mapping,   ///< entries, in their order
    comment,   ///< of an entry without key or an item: nothing but its comment
  };

  Kind kind = Kind::mapping;
  std::string text;
  bool quoted = false;    ///< of a text: in quotes even if it could go without
  bool one_line = false;  ///< of a collection: `{a: b}`, unless that is too long
  std::string comment;    ///< lines above it, as printable_text
  std::vector<YamlOutput> items;
  std::vector<YamlOutputEntry> entries;

  /// Appends an entry of a mapping, and gives its value.
  YamlOutput& add(std::string key, YamlOutput value);
  /// Appends a comment that stands alone, in a mapping behind the entries so far.
  void note(std::string comment);
};

struct YamlOutputEntry {
  std::string key;
  YamlOutput value;
};

[[nodiscard]] YamlOutput yaml_text(std::string text);
[[nodiscard]] YamlOutput yaml_quoted_text(std::string text);
[[nodiscard]] YamlOutput yaml_literal(std::string text);
[[nodiscard]] YamlOutput yaml_boolean(bool value);
[[nodiscard]] YamlOutput yaml_mapping(std::vector<YamlOutputEntry> entries = {});
[[nodiscard]] YamlOutput yaml_line(std::vector<YamlOutputEntry> entries);  ///< a one-line mapping
[[nodiscard]] YamlOutput yaml_sequence(std::vector<YamlOutput> items = {});

/// A mapping or sequence as a document without its `---`: two blanks a level, list items below
/// their key, one final line feed. Equal values give equal bytes. What parse_yaml reads from it is
/// what was given, whatever the texts hold: yaml-cpp's own emitter leaves `yes`, `123` and `null`
/// bare. A byte that is no UTF-8 becomes U+FFFD.
[[nodiscard]] std::string write_yaml(const YamlOutput& document);

/// The value in one line, without comments: equal exactly where two values are.
[[nodiscard]] std::string yaml_flow(const YamlOutput& value);

/// A scalar as write_yaml writes it: plain where every reader of YAML 1.1 and 1.2 sees the same
/// text, else in double quotes, or in single ones where that saves escapes.
[[nodiscard]] std::string yaml_scalar(std::string_view text, bool quoted = false);

/// The text with a blank for every character that a terminal or an editor does not show.
[[nodiscard]] std::string printable_text(std::string_view text);

}  // namespace syncwright::exporting
