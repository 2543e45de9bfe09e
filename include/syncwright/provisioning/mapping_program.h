#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "syncwright/core/json.h"
#include "syncwright/expression/evaluator.h"
#include "syncwright/provisioning/scoping_filter.h"

namespace syncwright::provisioning {

/// Graph's flowType of an attribute mapping: when a value is written.
enum class FlowType {
  always,
  object_add_only,       ///< at creation only
  multi_value_add_only,  ///< additions to a multi-valued attribute only
  value_add_only,        ///< adds, never removes
  attribute_add_only,    ///< only where the target has no value
};
/// Graph's flowBehavior.
enum class FlowBehavior { flow_when_changed, flow_always };

/// What stands in place of a value that Redact hides.
inline constexpr const char* kRedacted = "[Redact]";

/// One attributeMapping, ready to run.
struct AttributeFlow {
  std::string target_attribute_name;
  std::optional<expression::Evaluator>
      source;              ///< nullopt: the mapping type None, the default value alone
  std::string expression;  ///< the source as text, for people; empty for None
  std::int64_t matching_priority = 0;
  FlowType flow_type = FlowType::always;
  FlowBehavior flow_behavior = FlowBehavior::flow_when_changed;
  std::optional<std::string> default_value;  ///< "" and null are none
  bool is_reference = false;  ///< the source is a bare reference attribute (manager, members, ...)
  bool reads_activity = false;        ///< the source reads IsSoftDeleted or accountEnabled
  bool is_redacted = false;           ///< Redact is in the source: people must not see the values
  bool selects_unique_value = false;  ///< the source is a call of SelectUniqueValue
};

/// How scoping and evaluation settle what the documents leave open.
struct ProvisioningSettings {
  expression::EvaluationSettings evaluation;
  NullRule scope_null_rule = NullRule::strict;
  NullRule input_null_rule = NullRule::lenient;
  bool operator==(const ProvisioningSettings&) const = default;
};

/// One objectMapping of a schema, ready to run on any number of objects: expressions compiled,
/// filters compiled, matching attributes in order. Immutable after `compile`, thread-safe.
struct MappingProgram {
  std::string source_object_name;
  std::string target_object_name;
  bool enabled = true;
  bool adds = true, updates = true, deletes = true;  ///< flowTypes
  ScopingFilter scope;                               ///< `groups`
  ScopingFilter input_filter;           ///< `inputFilterGroups`: falling out does not deprovision
  ScopingFilter category_filter;        ///< `categoryFilterGroups`; its null rule is `input`'s [G]
  std::vector<AttributeFlow> flows;     ///< in the schema's order
  std::vector<std::size_t> matching;    ///< indices into `flows`, by matchingPriority
  std::optional<std::size_t> activity;  ///< the first flow that `reads_activity`
  ProvisioningSettings settings;

  /// From Graph's objectMapping. All problems at once, each naming its attribute mapping or clause.
  [[nodiscard]] static tl::expected<MappingProgram, std::vector<std::string>> compile(
      const Json& object_mapping, const ProvisioningSettings& settings = {});
  /// The source attributes that a run may read, sorted, each once.
  [[nodiscard]] std::vector<std::string> source_attributes() const;
};

}  // namespace syncwright::provisioning
