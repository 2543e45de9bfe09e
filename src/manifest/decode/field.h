#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "manifest/yaml/source_redaction.h"
#include "manifest/yaml/yaml_document.h"
#include "syncwright/core/diagnostic.h"
#include "syncwright/core/source_range.h"
#include "syncwright/schema/synchronization_schema.h"

namespace syncwright::manifest {

struct DataRow;

/// The file that a decoder reads, and what it finds out about it. One thread each.
struct ManifestSource {
  FileName file;                         ///< as diagnostics name it
  std::filesystem::path folder;          ///< of the file, absolute
  std::filesystem::path root;            ///< of the project, absolute
  std::filesystem::path working_folder;  ///< absolute: names of files start there
  std::string environment;               ///< that -e names; empty: none
  bool knows_variables = true;           ///< false: the environment's are not known
  bool notes_revisions = false;          ///< whether SW2029 is asked for
  Diagnostics diagnostics;
  std::vector<HiddenValue> hidden;  ///< what no source line in a diagnostic may show
  /// Other files that the manifest names and that diagnostics may point into.
  std::vector<SourceText> data_texts;
  /// Files of rows that it names, absolute: where they lie among the manifests, they are none.
  std::vector<std::filesystem::path> data_files;
  /// Of the set that is read: what fills `${each.COLUMN}`; nullptr elsewhere.
  const DataRow* row = nullptr;
  /// Documents of `schema: {file: ...}` by path: the rows of a set usually share one.
  std::map<std::filesystem::path, std::shared_ptr<const schema::SynchronizationSchema>> schemas;
};

/// A value of a manifest together with its place: what a decoder function is given. It turns into a
/// std::optional of what it means; nullopt says that the fault is reported already.
class Field {
 public:
  Field(ManifestSource& source, const YamlNode& node, std::string name, const SourceSpan& key)
      : source_(&source), node_(&node), name_(std::move(name)), key_(key) {}

  [[nodiscard]] ManifestSource& source() const { return *source_; }
  [[nodiscard]] const YamlNode& node() const { return *node_; }
  [[nodiscard]] const std::string& text() const { return node_->text; }
  /// As messages name it: its key, or "entry 2" of a list.
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] SourceRange range() const { return source_range(source_->file, node_->span); }
  /// Where a fault of the value is shown: the cell that it was filled in from, else `range`.
  [[nodiscard]] SourceRange place() const {
    return node_->cell == nullptr ? range() : *node_->cell;
  }
  [[nodiscard]] SourceRange key_range() const { return source_range(source_->file, key_); }

  /// A fault of the value.
  void report(Code code, std::string message, std::string advice = {}) const;
  /// A fault of the key, or of the list entry as a whole.
  void report_key(Code code, std::string message, std::string advice = {}) const;
  /// SW1002: "`NAME` must be EXPECTED, found the text `x`".
  void report_type(std::string_view expected, std::string advice = {}) const;

  /// false, and reported, where the node is of another kind. An empty collection is SW1013, since
  /// it would do nothing; null is SW1004.
  [[nodiscard]] bool expect_scalar(std::string_view expected) const;
  [[nodiscard]] bool expect_list() const;
  [[nodiscard]] bool expect_mapping() const;
  /// The same where anything else may be a secret: no message and no source line shows it.
  [[nodiscard]] bool expect_mapping_of_secrets() const;

  /// The value may be a secret: source lines in diagnostics show "(secret)" in its place.
  void hide() const;

  /// The fields of a list, in order.
  [[nodiscard]] std::vector<Field> items() const;

 private:
  [[nodiscard]] bool expect(YamlNode::Kind kind, std::string_view expected) const;

  ManifestSource* source_;
  const YamlNode* node_;
  std::string name_;
  SourceSpan key_;
};

/// Decoder functions of single values, for Keys::read. Each reports what is wrong and gives
/// nullopt.

/// A text that is not empty. Plain numbers and booleans are refused: quotes show that a text is
/// meant.
[[nodiscard]] std::optional<std::string> as_text(const Field& field);
/// The same, of no more characters than Graph takes (SW1020).
[[nodiscard]] std::optional<std::string> read_text(const Field& field, std::size_t most);
[[nodiscard]] inline auto as_text_within(std::size_t most) {
  return [most](const Field& field) { return read_text(field, most); };
}
/// Any scalar as it is written, for values that Graph keeps as text whatever they look like:
/// constants, default values, credentials in clear, filter values. May be empty.
[[nodiscard]] std::optional<std::string> as_scalar(const Field& field);
[[nodiscard]] std::optional<bool> as_boolean(const Field& field);
/// metadata.name (SW1006).
[[nodiscard]] std::optional<std::string> as_name(const Field& field);
/// A GUID, in small letters, which is how Graph writes them (SW1006).
[[nodiscard]] std::optional<std::string> as_guid(const Field& field);
/// A text that Graph may know as an id: a GUID in small letters, anything else as it is.
[[nodiscard]] std::optional<std::string> as_name_or_id(const Field& field);
/// A credential revision: [A-Za-z0-9._-]{1,64}, since it becomes a tag.
[[nodiscard]] std::optional<std::string> as_revision(const Field& field);
/// One address: Graph's Recipients holds no more.
[[nodiscard]] std::optional<std::string> as_mail_address(const Field& field);
/// `absent: true`; false is refused, since it could only mean that the thing must be there.
[[nodiscard]] std::optional<bool> as_absent(const Field& field);

/// A whole number within bounds (SW1009).
[[nodiscard]] std::optional<std::int64_t> read_integer(const Field& field, std::int64_t smallest,
                                                       std::int64_t largest);
[[nodiscard]] inline auto as_integer(std::int64_t smallest, std::int64_t largest) {
  return [=](const Field& field) { return read_integer(field, smallest, largest); };
}

/// The index of the word that the field holds (SW1005 with "did you mean").
[[nodiscard]] std::optional<std::size_t> read_word(const Field& field,
                                                   const std::vector<std::string>& words);

/// A closed set of words, spelled as in Graph.
[[nodiscard]] inline auto as_word(std::vector<std::string> words) {
  return [words = std::move(words)](const Field& field) -> std::optional<std::string> {
    const auto index = read_word(field, words);
    return index ? std::optional(words[*index]) : std::nullopt;
  };
}

/// A closed set of words for an enum of ours.
template <class T>
[[nodiscard]] auto as_word(std::vector<std::pair<std::string, T>> meanings) {
  return [meanings = std::move(meanings)](const Field& field) -> std::optional<T> {
    std::vector<std::string> words;
    words.reserve(meanings.size());
    for (const auto& meaning : meanings) words.push_back(meaning.first);
    const auto index = read_word(field, words);
    return index ? std::optional(meanings[*index].second) : std::nullopt;
  };
}

/// A list that is not empty; entries at fault are left out.
template <class Decode>
[[nodiscard]] auto as_list(const Decode& decode) {
  return [decode](const Field& field) {
    using Item = typename decltype(decode(field))::value_type;
    std::optional<std::vector<Item>> list;
    if (!field.expect_list()) return list;
    list.emplace();
    for (const Field& entry : field.items()) {
      if (auto item = decode(entry)) list->push_back(std::move(*item));
    }
    return list;
  };
}

}  // namespace syncwright::manifest
