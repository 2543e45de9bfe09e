#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "manifest/rows/data_table.h"
#include "manifest/yaml/source_redaction.h"
#include "syncwright/core/diagnostic.h"
#include "syncwright/core/source_text.h"
#include "syncwright/manifest/yaml_document.h"
#include "syncwright/schema/synchronization_schema.h"

namespace syncwright {

/// The file that a decoder reads, and what it finds out about it. One thread each.
struct ManifestSource {
  std::string file;                      ///< as diagnostics name it
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
  std::map<std::filesystem::path, std::shared_ptr<const SynchronizationSchema>> schemas;
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
  void report(std::string_view code, std::string message, std::string advice = {}) const;
  /// A fault of the key, or of the list entry as a whole.
  void report_key(std::string_view code, std::string message, std::string advice = {}) const;
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

}  // namespace syncwright
