#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace syncwright::plan {

/// What a change does. The order of the members is the order of the changes of one application
/// (docs/contract.md#5; change_type.cpp draws it). A new type is a member here, its row in
/// change_type.cpp, what plans it, and a step in apply.
enum class ChangeType {
  application_instantiate,
  application_adopt,
  application_update,
  job_pause,
  assignment_add,
  job_create,
  credentials_validate,
  credentials_save,
  schema_put,
  assignment_remove,
  job_restart,
  job_start,
  job_delete,
  application_delete,  ///< stays the last
};
inline constexpr std::size_t kChangeTypeCount =
    static_cast<std::size_t>(ChangeType::application_delete) + 1;

/// What of an application a change is about. A job's change names the job.
enum class ChangeSubject { application, assignment, settings, job };

/// How a plan's summary counts the application of a change that stands first.
enum class ApplicationEffect { created, updated, deleted };

/// What a change has beside what every change has; change.h has the types.
enum class PayloadKind { none, assignment, target, sent_keys };

/// What the digest `basis` of a change is of (basis.h).
enum class BasisKind {
  none,
  fields,      ///< all fields of the change
  identity,    ///< the fields but for the unique name, which is claimed and replaces nothing
  unassigned,  ///< that principal and role are not assigned
  assigned,    ///< that they are
};

/// Where the risk of a change comes from (risk.h).
enum class RiskSource {
  none,
  removal,   ///< the change as a whole takes access away
  settings,  ///< fields: who is in scope, and what becomes of those who leave it
  schema,    ///< fields: what a schema's change may do
};

/// What an edit of the audit log can have changed (drift.h).
enum class Touched {
  nothing,
  principal_text,    ///< a text of the service principal (model/application_members.h)
  application_text,  ///< a text of the application object
  tags,
  identity,  ///< of a row only: the texts and tags that the fields say
  assignments,
  settings,
  schema,
  state,
  job,
};

/// What becomes of jobs and accounts, in words for a person.
struct DeletionWords {
  std::string_view heading;  ///< over the names of what is deleted: "jobs deleted"
  std::string_view effect;   ///< docs/graph.md#5.2, #5.5
};

/// Everything that follows from a change's type alone: one row for each (change_type.cpp). In
/// words, {job} stands for the job's key, {who} for a principal and {role} for its role.
struct ChangeTraits {
  ChangeType type;
  const char* name;     ///< part of the plan format
  std::string_view id;  ///< behind the application's name; part of the plan format
  ChangeSubject subject;
  ApplicationEffect effect = ApplicationEffect::updated;
  /// The application is not the project's own before, or not after: the change says itself what it
  /// is about, and edits by others before it are no drift.
  bool comes_or_goes = false;
  bool may_be_provisional = false;  ///< may be planned on something that is not there yet
  PayloadKind payload = PayloadKind::none;
  BasisKind basis = BasisKind::none;
  RiskSource risk = RiskSource::none;
  std::array<Touched, 3> touches{};  ///< by which an edit can have made this difference
  /// A request that it stands or falls with, by its path: tells the permission it needs.
  std::string_view request;

  char sign;                               ///< `+` makes, `~` changes, `-` takes away, `>` does
  std::string_view title;                  ///< what is done, on a line of its own
  std::string_view verdict = "updated";    ///< what "will be" or "cannot be" with its application
  std::array<std::string_view, 2> said{};  ///< paths of fields that title or heading tell already
  std::string_view difference = {};  ///< the tenant as drift sees it; empty: it says nothing of it
  std::optional<DeletionWords> deletion = std::nullopt;

  [[nodiscard]] bool deletes() const { return deletion.has_value(); }
};

/// In the order in which the changes of one application run.
[[nodiscard]] std::span<const ChangeTraits, kChangeTypeCount> change_types();
[[nodiscard]] const ChangeTraits& traits_of(ChangeType type);

[[nodiscard]] const char* to_string(ChangeType type);
[[nodiscard]] std::optional<ChangeType> change_type_from(std::string_view text);

}  // namespace syncwright::plan
