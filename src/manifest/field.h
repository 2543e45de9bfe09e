#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "source_redaction.h"
#include "syncwright/core/diagnostic.h"
#include "syncwright/manifest/yaml_document.h"

namespace syncwright {

/// The file that a decoder reads, and what it finds out about it. One thread each.
struct ManifestSource {
  std::string file;              ///< as diagnostics name it
  std::filesystem::path folder;  ///< of the file, absolute
  std::filesystem::path root;    ///< of the project, absolute
  Diagnostics diagnostics;
  std::vector<HiddenValue> hidden;  ///< what no source line in a diagnostic may show
};

/// A value of a manifest together with its place: what a decoder function is given. It turns into a
/// std::optional of what it means; nullopt says that the fault is reported already.
class Field {
 public:
  Field(ManifestSource& source, const YamlNode& node, std::string name, const Span& key)
      : source_(&source), node_(&node), name_(std::move(name)), key_(key) {}

  [[nodiscard]] ManifestSource& source() const { return *source_; }
  [[nodiscard]] const YamlNode& node() const { return *node_; }
  [[nodiscard]] const std::string& text() const { return node_->text; }
  /// As messages name it: its key, or "entry 2" of a list.
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] SourceRange range() const { return source_range(source_->file, node_->span); }
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

  /// The value may be a secret: source lines in diagnostics show "(secret)" in its place.
  void hide() const;

  /// The fields of a list, in order.
  [[nodiscard]] std::vector<Field> items() const;

 private:
  [[nodiscard]] bool expect(YamlNode::Kind kind, std::string_view expected) const;

  ManifestSource* source_;
  const YamlNode* node_;
  std::string name_;
  Span key_;
};

}  // namespace syncwright
