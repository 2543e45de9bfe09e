#pragma once

#include <optional>
#include <string>
#include <vector>

#include "syncwright/model/desired.h"
#include "syncwright/model/live.h"
#include "syncwright/model/ownership.h"
#include "syncwright/plan/change.h"

namespace syncwright::plan {

/// The digest of what a change replaces: of the `before` of its fields, by path. Never of versions,
/// status or progress, so that a running job does not make a plan stale.
[[nodiscard]] std::string basis_of(const std::vector<schema::FieldChange>& fields);

/// Before the path of a text of the application object, which changes apart from the service
/// principal's: "application.displayName".
inline constexpr std::string_view kApplicationPath = "application.";

/// What application.update changes of a live application: the texts that the manifest manages, by
/// their property (model/application_members.h), and "tags": the owner's tag, the application tags
/// (one of another name goes) and kProtectedTag, as far as they are there; all other tags do not
/// count. Empty where nothing differs. Planner and executor ask the same function, as they do for
/// credentials (secrets_target) and schemas (overlay, diff).
[[nodiscard]] std::vector<schema::FieldChange> identity_fields(
    const model::DesiredApplication& desired, const model::Owner& owner,
    const model::LiveReference& live, const std::vector<std::string>& live_tags);

/// The "tags" that application.update writes, as its plan shows them: where the ownership tags were
/// removed, more than identity_fields asks for (docs/ownership.md). Empty where the tags stay.
[[nodiscard]] std::vector<std::string> tags_to_write(const Change& change);

/// What application.adopt changes: identity_fields, and "uniqueName" where the application is in
/// this tenant and has none. Graph never changes one that is set (docs/graph.md#5.2): a renamed
/// application keeps its old key and is found by its tags. The change's basis is that of
/// identity_fields alone, since the service principal, by which the planner judges, does not show
/// the unique name.
[[nodiscard]] std::vector<schema::FieldChange> adoption_fields(
    const model::DesiredApplication& desired, const model::Owner& owner,
    const model::LiveReference& live, const std::vector<std::string>& live_tags);

/// What application.delete takes away: "displayName", "applicationId" (where it is known) and the
/// "tags" that syncwright wrote, so that an application that is renamed, protected or given away
/// since does not go.
[[nodiscard]] std::vector<schema::FieldChange> deletion_fields(
    const model::LiveReference& live, const std::vector<std::string>& live_tags);

/// What job.delete takes away: "id" and "template" of the job.
[[nodiscard]] std::vector<schema::FieldChange> deletion_fields(const model::LiveJob& live);

/// The basis of assignment.add (`assigned` false) and assignment.remove (true): that this principal
/// has this role, or has it not. Names do not count: they change without a meaning.
[[nodiscard]] std::string assignment_basis(const std::string& principal_id,
                                           const std::string& app_role_id, bool assigned);

/// What job.start and job.pause change: "state" from the one to the other. Empty where the job is
/// so.
[[nodiscard]] std::vector<schema::FieldChange> state_fields(const model::LiveJob& live,
                                                            model::JobState wanted);

}  // namespace syncwright::plan
