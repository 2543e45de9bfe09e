#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "syncwright/provisioning/directory_object.h"
#include "syncwright/provisioning/mapping_program.h"

namespace syncwright::provisioning {

/// One object and what is known of it (docs/expressions.md#6). References must outlive the run.
struct MappingInput {
  const DirectoryObject& source;
  bool is_assigned = true;  ///< to the application; true for all where its scope is `all`
  bool is_active = true;    ///< neither soft-deleted nor disabled in the source
  bool is_deleted = false;  ///< gone from the source for good
  /// The account that this object is linked to, nullptr without a link.
  const DirectoryObject* linked = nullptr;
  /// The target's object whose attribute holds the value; empty function: the target is empty.
  std::function<const DirectoryObject*(const std::string& attribute,
                                       const expression::Value& value)>
      find = nullptr;
  /// The account id of a referenced source object; nullopt: it has no account (yet). Empty
  /// function: references flow as they are.
  std::function<std::optional<std::string>(const std::string& id)> resolve_reference{};
  bool skip_out_of_scope_deletions = false;
  const std::map<std::string, std::string, std::less<>>* parameters = nullptr;
  std::function<bool(std::string_view)> is_taken{};
  std::span<const expression::AppRole> roles{};
  std::optional<std::string> default_domain{};
  Instant now{};
  expression::RandomSource& random = expression::system_random_source();
};

/// What is done to the target.
enum class Action { create, update, disable, remove, skip };
[[nodiscard]] const char* to_string(Action action);  ///< create, update, disable, delete, skip

/// What became of one attribute mapping.
enum class Disposition {
  flowed,            ///< written
  unchanged,         ///< the target holds the value already
  default_value,     ///< the source is null: the default was written
  null_not_flowed,   ///< the source is null: the target keeps what it has
  ignored,           ///< IgnoreFlowIfNullOrEmpty or IgnoreAttributeFlow
  creation_only,     ///< ObjectAddOnly, and the account exists
  target_has_value,  ///< AttributeAddOnly, and the target has one
  failed,            ///< the evaluation failed: `message`
};
[[nodiscard]] const char* to_string(Disposition disposition);

/// What one attribute mapping did in a run.
struct FlowResult {
  std::size_t flow = 0;  ///< index into MappingProgram::flows
  Disposition disposition = Disposition::flowed;
  expression::Value before;  ///< of the target
  expression::Value after;   ///< what is written; where nothing is, what the source gave
  std::string message;       ///< of a failed evaluation; empty otherwise

  /// Whether `after` goes to the target: what flowed, and the default value.
  [[nodiscard]] bool is_written() const {
    return disposition == Disposition::flowed || disposition == Disposition::default_value;
  }
};

/// Why nothing is done, or why the account is disabled or deleted.
enum class Reason {
  none,
  mapping_disabled,
  filtered_on_input,  ///< inputFilterGroups or categoryFilterGroups
  not_assigned,
  not_in_scope,  ///< the scoping filter
  not_active,    ///< disabled or soft-deleted in the source
  deleted_in_source,
  no_matching_value,  ///< no matching attribute has a value
  flow_type_off,      ///< flowTypes lacks what would be done
  out_of_scope_kept,  ///< skipOutOfScopeDeletions
  nothing_changed,
  object_ignored,     ///< IgnoreObjectFlow
  evaluation_failed,  ///< an attribute's expression failed: the object is escrowed
};
[[nodiscard]] const char* to_string(Reason reason);

/// The result of a run. Values, not texts: `steps()` tells the story.
struct Operation {
  Action action = Action::skip;  ///< skip as well where the run failed
  Reason reason = Reason::none;
  bool in_scope = true;  ///< assigned, active, passing every filter, not deleted; mapping enabled
  bool failed = false;   ///< the object would be escrowed; nothing is written
  FilterVerdict input_filter;                ///< clauses only where it is what stopped the object
  FilterVerdict scope;                       ///< likewise
  const DirectoryObject* account = nullptr;  ///< linked or matched
  std::optional<std::size_t> matched_by;     ///< flow index; nullopt: by its link, or none
  /// One for each flow, in order; of a disable the flows that read the activity alone; empty when
  /// skipped early.
  std::vector<FlowResult> flows;
  const MappingProgram* program = nullptr;  ///< what ran; must outlive `values_to_write`

  /// What is written, by target attribute: the flows that flowed or took their default.
  [[nodiscard]] std::map<std::string, expression::Value> values_to_write() const;
};

/// Decides what one object mapping does with one object (docs/expressions.md#6, docs/graph.md#8.4):
/// scope, matching, attribute flow, operation. IsSoftDeleted is computed here, whatever the source
/// object says of it but for `is_active`. Pure but for `input.random`. Explanations are made by
/// `steps` alone, so that a cycle does not pay for them.
[[nodiscard]] Operation run_mapping(const MappingProgram& program, const MappingInput& input);

}  // namespace syncwright::provisioning
