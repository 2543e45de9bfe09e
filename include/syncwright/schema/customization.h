#pragma once

#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <variant>
#include <vector>

#include "syncwright/core/diagnostic.h"
#include "syncwright/core/json.h"
#include "syncwright/core/rare.h"
#include "syncwright/core/shared_text.h"
#include "syncwright/expression/expression.h"

namespace syncwright::schema {

// What a manifest asks of a schema (docs/contract.md#3), a struct for each part. In all of them a
// member that is empty is not managed and stays as it is live. Enum-like strings hold Graph's
// exact spelling, checked by the manifest floor. `where` is the request's place in the manifest, of
// line 0 for one that was not read from a file. It takes no part in equality or JSON.

/// A member that a manifest may leave out: a text, list or filter takes room only where it is said.
template <class Value>
using Managed =
    std::conditional_t<(sizeof(Value) > sizeof(void*)), Rare<Value>, std::optional<Value>>;

/// Where a mapping's value comes from.
struct MappingSource {
  struct None {  ///< `source: none`: the default value alone
    bool operator==(const None&) const = default;
  };
  /// An expression or, for `constant:`, a constant node.
  std::variant<None, expression::Expression> value;
  bool operator==(const MappingSource&) const = default;
};

/// An expression as the file has it, so that findings can point into it. Like every position it is
/// no part of a request's meaning.
struct ExpressionText {
  std::string text;    ///< what it was parsed from; empty for a constant
  SourceRange where;   ///< of the YAML value
  SourceSpan start{};  ///< of the text; line 0: the text does not stand there byte by byte

  /// The place of the character at a byte of the text, else of the whole value.
  [[nodiscard]] SourceRange at(std::size_t offset) const;
};

/// An attribute that an object of a directory is to define, or not to define.
struct AttributeDefinitionRequest {
  std::string directory;  ///< a name, or "source" / "target" of `rule`
  std::string rule;       ///< name; empty where the schema has one rule or directory is a name
  std::string object;
  /// Where `object` is empty: the source object of the object mapping (of `rule`) whose target
  /// object is meant. A mapping's `define:` without `target:` says no more (directory is "target"
  /// then).
  std::string target_of;
  std::string name;
  bool absent = false;  ///< the definition must not be there; nothing below is set then
  Managed<std::string> type;
  Managed<bool> anchor;
  Managed<bool> case_exact;
  Managed<bool> multivalued;
  Managed<bool> required;
  Managed<bool> flow_null_values;
  Managed<std::string> mutability;
  Managed<std::string> default_value;
  SourceRange where;
};

/// What flows to one target attribute of an object mapping.
struct AttributeMappingRequest {
  SharedText target_attribute_name;
  bool absent = false;  ///< the mapping must not be there; nothing below is set then
  std::optional<MappingSource> source;
  Managed<std::int64_t> matching_priority;  ///< 0: not matched by; else 1 is tried first
  Managed<std::string> flow_type;
  Managed<std::string> flow_behavior;
  Managed<std::string> default_value;
  bool default_value_absent = false;  ///< `defaultValue: {absent: true}`: must be null
  SourceRange where;
  /// Where `source` is written in a file; of one that was read live, the text alone.
  ExpressionText source_text;
};

/// One condition of a scoping filter: the attribute, the operator, what it compares with.
struct FilterClause {
  std::string attribute;
  std::string operator_name;        ///< of filter_operators()
  std::vector<std::string> values;  ///< as many as the operator takes: none or one
  SourceRange where{};              ///< of the attribute's name; not part of equality

  friend bool operator==(const FilterClause& left, const FilterClause& right) {
    return std::tie(left.attribute, left.operator_name, left.values) ==
           std::tie(right.attribute, right.operator_name, right.values);
  }
};
/// Clauses that must all hold.
struct FilterGroup {
  std::string name;               ///< empty: none, and a live one may be any
  std::vector<FilterClause> all;  ///< AND
  bool operator==(const FilterGroup&) const = default;
};
/// A scoping filter as a whole: an object passes where all clauses of one group hold.
struct ScopingFilterRequest {
  bool absent = false;           ///< there must be no filter; `any` is empty then
  std::vector<FilterGroup> any;  ///< OR
  bool operator==(const ScopingFilterRequest&) const = default;
};

/// One object mapping, and those of its attribute mappings that are managed. Names only find it:
/// no request makes or removes an object mapping.
struct ObjectMappingRequest {
  SharedText object;  ///< sourceObjectName (or `source:`)
  SharedText target;  ///< targetObjectName; empty: whichever
  SharedText rule;    ///< rule name; empty: whichever
  Managed<bool> enabled;
  Managed<std::vector<std::string>> flow_types;  ///< of Add, Update, Delete
  Managed<ScopingFilterRequest> scoping_filter;
  std::vector<AttributeMappingRequest> attributes;
  SourceRange where;
};

/// Whether both can only mean one object mapping: all that one of them says of rule and target, the
/// other says as well. What says less fits exactly one mapping, else it is an error.
[[nodiscard]] bool mean_one_mapping(const ObjectMappingRequest& left,
                                    const ObjectMappingRequest& right);

/// All that one job's `schema` asks for.
struct Customization {
  enum class Mode {
    merge,  ///< attribute mappings that no request names stay
    exact,  ///< those of an object mapping that has requests go
  };
  Mode mode = Mode::merge;
  std::vector<AttributeDefinitionRequest> attributes;
  std::vector<ObjectMappingRequest> mappings;
};

/// For plan files and digests: equal requests give equal JSON; positions are left out.
[[nodiscard]] Json to_json(const Customization& customization);
[[nodiscard]] Result<Customization> customization_from_json(const Json& json);

/// What a manifest alone says of an object mapping, as Graph's objectMapping: for runs without a
/// schema. What the manifest leaves out has Graph's default (docs/graph.md#10.1). Attribute
/// mappings that must be absent are left out, and so are those without a source, which only the
/// schema knows.
[[nodiscard]] Json to_object_mapping(const ObjectMappingRequest& request);

}  // namespace syncwright::schema
