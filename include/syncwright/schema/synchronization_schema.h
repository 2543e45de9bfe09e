#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "syncwright/core/error.h"

namespace syncwright::schema {

/// Bounds the nesting of a document. An expression takes three levels of JSON for each of its own
/// (kMaxExpressionDepth), so that what a manifest may ask for can be read back.
inline constexpr int kMaxSchemaDepth = 400;

/// A stretch of a schema document's text, in bytes.
struct TextSpan {
  std::size_t begin = 0;
  std::size_t end = 0;
  [[nodiscard]] bool empty() const { return begin == end; }
};

/// A stretch of the text that becomes another one; an empty span inserts.
struct TextEdit {
  TextSpan span;
  std::string replacement;
};

// The index into a document: a struct for each kind of part, with the members that lookups need and
// the slice that the part came from. A text that is absent or null in the document is empty here.

struct AttributeDefinition {
  std::string name;
  std::string type = "String";
  TextSpan span;
};

using AttributeDefinitions = std::vector<AttributeDefinition>;

struct ObjectDefinition {
  std::string name;  ///< not unique within a directory (docs/graph.md#13.29)
  TextSpan span;
  TextSpan attributes_span;  ///< the array; empty where the member is absent or null
  /// Nearly all of a document, and shared with others that have it in the same place of their
  /// texts; nullptr where there are none.
  std::shared_ptr<const AttributeDefinitions> attribute_list;

  [[nodiscard]] const AttributeDefinitions& attributes() const {
    static const AttributeDefinitions none;
    return attribute_list ? *attribute_list : none;
  }
};

struct DirectoryDefinition {
  std::string id;
  std::string name;
  bool read_only = false;
  std::vector<ObjectDefinition> objects;
  TextSpan span;
};

struct AttributeMapping {
  std::string target_attribute_name;
  std::int64_t matching_priority = 0;  ///< 0: not matched by
  TextSpan span;
  TextSpan source_span;  ///< the member's value; empty where absent
};

struct ObjectMapping {
  std::string name;
  std::string source_object_name;
  std::string target_object_name;
  bool enabled = true;
  std::vector<AttributeMapping> attribute_mappings;
  TextSpan span;
  TextSpan attribute_mappings_span;  ///< the array; empty where absent or null
  TextSpan scope_span;               ///< the member's value; empty where absent
  TextSpan flow_types_span;
};

struct SynchronizationRule {
  std::string id;
  std::string name;
  std::string source_directory_name;
  std::string target_directory_name;
  bool editable = true;
  std::vector<ObjectMapping> object_mappings;
  TextSpan span;
};

/// A synchronizationSchema as the service sent it: the original text, and an index of typed parts
/// that each know the slice they came from (docs/architecture.md#decision-12). Nothing is
/// printed again: an edit replaces slices of the text, so what nobody touches stays byte for byte.
/// Immutable; copies share the text and the index.
class SynchronizationSchema {
 public:
  /// Decodes an answer's body with bounds on size (64 MiB) and depth; over them is
  /// ErrorKind::too_large. Numbers may have any size. A document that is no JSON object, or whose
  /// parts have other types than docs/graph.md#10.2 says, is ErrorKind::malformed with the place
  /// named.
  [[nodiscard]] static Result<SynchronizationSchema> decode(std::string text);

  [[nodiscard]] const std::string& text() const { return *text_; }
  [[nodiscard]] std::string_view slice(TextSpan span) const {
    return std::string_view(*text_).substr(span.begin, span.end - span.begin);
  }
  [[nodiscard]] const std::string& id() const { return index_->id; }
  [[nodiscard]] const std::vector<DirectoryDefinition>& directories() const {
    return *index_->directories;
  }
  [[nodiscard]] const std::vector<SynchronizationRule>& rules() const { return index_->rules; }

  /// The document with those stretches of its text replaced, as if the result was decoded: JSON
  /// stands where JSON stood. Only object mappings that changed are read again, unless directories
  /// did, or stand behind a change.
  [[nodiscard]] Result<SynchronizationSchema> edited(std::vector<TextEdit> edits) const;

  /// By name; "Azure Active Directory" and "Microsoft Entra ID" are one (docs/graph.md#12).
  /// nullptr: none.
  [[nodiscard]] const DirectoryDefinition* find_directory(std::string_view name) const;

 private:
  struct Index {
    std::string id;
    /// Most of a document, and shared with what it becomes by an edit of its rules.
    std::shared_ptr<const std::vector<DirectoryDefinition>> directories;
    TextSpan directories_span;  ///< the array; empty where absent or null
    std::vector<SynchronizationRule> rules;
  };
  SynchronizationSchema(std::shared_ptr<const std::string> text, std::shared_ptr<const Index> index)
      : text_(std::move(text)), index_(std::move(index)) {}
  friend class SchemaDecoder;
  std::shared_ptr<const std::string> text_;
  std::shared_ptr<const Index> index_;
};

}  // namespace syncwright::schema
