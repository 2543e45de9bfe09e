#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "syncwright/core/diagnostic.h"
#include "syncwright/core/json.h"
#include "syncwright/core/rare.h"
#include "syncwright/core/shared_text.h"
#include "syncwright/plan/change_type.h"
#include "syncwright/schema/schema_diff.h"

namespace syncwright::plan {

/// What an apply does with a change. The spelling is part of the plan format.
enum class ChangeStatus {
  planned,  ///< carries it out
  blocked,  ///< refuses the plan, or leaves the application out
  held,     ///< leaves this change to a person and carries out the rest
};
[[nodiscard]] const char* to_string(ChangeStatus status);
[[nodiscard]] std::optional<ChangeStatus> change_status_from(std::string_view text);

/// What a change may do to people; risk.h has the words.
enum class Risk { deprovision, expose };
/// Empty: nothing. JSON: null, "deprovision", "expose", or "deprovision, expose" of a change that
/// may do both.
class Risks {
 public:
  Risks() = default;
  Risks(std::initializer_list<Risk> risks) {
    for (const Risk risk : risks) insert(risk);
  }
  [[nodiscard]] bool empty() const { return bits_ == 0; }
  [[nodiscard]] bool contains(Risk risk) const { return (bits_ & bit(risk)) != 0; }
  void insert(Risk risk) { bits_ |= bit(risk); }
  void merge(Risks others) { bits_ |= others.bits_; }
  bool operator==(const Risks&) const = default;

 private:
  static unsigned bit(Risk risk) { return 1U << static_cast<unsigned>(risk); }

  unsigned bits_ = 0;
};
[[nodiscard]] std::string to_string(const Risks& risks);  ///< empty for none
[[nodiscard]] std::optional<Risks> risks_from(std::string_view text);

/// Why tenant and manifest differ, told by kAppliedTag and the audit log. Only drift speaks of it:
/// a plan file does not hold it (drift.h).
enum class Cause {
  unknown,   ///< nothing tells what was applied last, or the audit log cannot be read
  tenant,    ///< the manifest is as it was applied last: the tenant was edited
  manifest,  ///< the manifest changed since: pending, not drift
  both,      ///< the manifest changed, and somebody else edited the same in the tenant
};
[[nodiscard]] const char* to_string(Cause cause);

/// A key of the secrets collection that the PUT of credentials.save sends. Graph takes the whole
/// collection, so that more is sent than differs.
struct SentKey {
  enum class How {
    changed,    ///< a field of the change says how
    again,      ///< a secret whose revision stays: what the tenant has under it is replaced unseen
    unchanged,  ///< goes back as it is live
  };
  std::string key;  ///< Graph's
  How how = How::changed;
  bool operator==(const SentKey&) const = default;
};
[[nodiscard]] const char* to_string(SentKey::How how);
[[nodiscard]] std::optional<SentKey::How> sent_key_from(std::string_view text);

/// Why a change is refused, and the way out.
struct Refusal {
  /// SW50xx of the diagnostic catalog, or a finding that the project calls an error.
  Code code = Code::none;
  std::string message;
  std::string advice;
  std::vector<std::string> candidates;
  bool operator==(const Refusal&) const = default;
};

/// assignment.add and assignment.remove: who and with which role. The change's fields name them for
/// a person: "principal" and "role".
struct AssignmentPayload {
  std::string principal_type;  ///< user, group, servicePrincipal
  std::string principal_id;    ///< empty where the principal cannot be told: blocked
  std::string app_role_id;     ///< empty where provisional, or where the role cannot be told
};

/// What is adopted or deleted. Of application.adopt and application.delete the service principal's
/// object id (the application's where only that is left: then field "applicationId" is the same);
/// of job.delete the job's id. Empty where it cannot be told: blocked.
struct TargetPayload {
  std::string id;
};

/// Everything that credentials.save sends, by key.
struct SentKeysPayload {
  std::vector<SentKey> keys;
};

/// What only some types have: the alternative of ChangeTraits::payload.
using ChangePayload = std::variant<std::monostate, Rare<AssignmentPayload>, Rare<TargetPayload>,
                                   Rare<SentKeysPayload>>;
[[nodiscard]] ChangePayload empty_payload(ChangeType type);
/// nullptr where it is another one.
template <class Payload, class AnyChangePayload>
[[nodiscard]] auto held_in(AnyChangePayload& payload) {
  auto* held = std::get_if<Rare<Payload>>(&payload);
  return held == nullptr ? nullptr : held->operator->();
}

/// One step of a plan, as data.
struct Change {
  Change() = default;
  /// With the payload of its type, empty.
  explicit Change(ChangeType made) : type(made), payload(empty_payload(made)) {}

  ChangeType type = ChangeType::application_update;
  ChangeStatus status = ChangeStatus::planned;
  Risks risks;  ///< JSON "risk"
  Cause cause = Cause::unknown;
  /// Of an application or job that is not there yet, so that apply finds out the rest: a schema
  /// (`before` is {"unknown": true}) or an assignment (its role is text only; app_role.h).
  bool provisional = false;
  /// Nobody held the unique name of its application, deleted or not, and no unclaimed creation was
  /// there when the plan was made. Not serialized.
  bool name_is_free = false;
  /// Of a deletion before which another one has the same name: its id ends with its target.
  bool is_namesake = false;
  std::string application;
  SharedText job;           ///< the manifest's job key; empty where the change is not about a job
  SharedText reason;        ///< one sentence: why this is needed
  Rare<std::string> basis;  ///< digest of the canonical live values it replaces; see basis.h
  std::vector<schema::FieldChange> fields;
  ChangePayload payload;
  SourceRange origin;     ///< the manifest line that asks for it
  Rare<SourceRange> row;  ///< the row that generated the application, where one did
  Rare<Refusal> refusal;  ///< where blocked or held

  /// docs/contract.md#5, "APP/jobs/KEY/schema": what a change does and to what, its type,
  /// application and job, of an assignment the principal (the id, or the manifest's text where it
  /// cannot be told) and the role. Unique in a plan.
  [[nodiscard]] std::string id() const;

  /// The payload, nullptr where the change has another one.
  [[nodiscard]] const AssignmentPayload* assignment() const {
    return held_in<AssignmentPayload>(payload);
  }
  [[nodiscard]] AssignmentPayload* assignment() { return held_in<AssignmentPayload>(payload); }
  [[nodiscard]] const TargetPayload* target() const { return held_in<TargetPayload>(payload); }
  [[nodiscard]] TargetPayload* target() { return held_in<TargetPayload>(payload); }
  [[nodiscard]] const SentKeysPayload* sent_keys() const {
    return held_in<SentKeysPayload>(payload);
  }
  [[nodiscard]] SentKeysPayload* sent_keys() { return held_in<SentKeysPayload>(payload); }
};

}  // namespace syncwright::plan
