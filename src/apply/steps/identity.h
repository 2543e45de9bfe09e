#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "apply/application_run.h"
#include "syncwright/apply/principal_edit.h"

namespace syncwright::apply {

/// The names and tags of an application: what it is called and whose it is. The application object
/// and its service principal each have a display name of their own; the tags lie on the service
/// principal, and its name goes with them in one PATCH.

/// Whether the service principal, as it was read just before its PATCH, is still what the change
/// was planned on. Without one there is nothing to check.
using PrincipalCheck =
    std::function<Result<void>(const graph_read::GraphReader::ServicePrincipal&)>;

/// Changes the tags of the application's service principal: a fresh read joined with what this run
/// wrote before. ErrorKind::guard where another project's owner tag is found.
[[nodiscard]] Result<void> edit_own_tags(ApplicationRun& run, const model::TagEdit& edit);

/// An edit that goes with the next tags that this run writes, so that one PATCH records several
/// changes. A run that is killed before has not recorded it: the next one does the change again.
void owe_edit(ApplicationRun& run, const model::TagEdit& edit);
/// Adds to `edit`, the last tags that a step writes, what records the manifest as applied, where
/// nothing comes after it: a run that dies between two PATCHes would leave the record as it was.
void join_closing(ApplicationRun& run, model::TagEdit& edit);
/// Writes what is owed.
[[nodiscard]] Result<void> settle_edits(ApplicationRun& run);

/// Gives the service principal what identity_fields asks for: the owner's tags, the application's
/// name in them (an earlier one goes), protection or none, and the texts. `reviewed`:
/// further tags that the plan showed.
[[nodiscard]] Result<void> write_identity(ApplicationRun& run,
                                          const std::vector<std::string>& reviewed = {},
                                          const PrincipalCheck& check = {});

/// Whether both names and the tags are what application.update or application.adopt was planned on.
/// `application_name`: of the application object, as it was before this run; empty where it is not
/// in this tenant.
[[nodiscard]] Result<void> check_identity(
    const ApplicationRun& run, const plan::Change& change,
    const graph_read::GraphReader::ServicePrincipal& principal,
    const std::string& application_name);

/// ErrorKind::guard where the tags name another project or environment as an owner.
[[nodiscard]] Result<void> refuse_foreign_owner(const ApplicationRun& run,
                                                const std::vector<std::string>& tags);

/// The tags as they are now, with this run's own edits laid over a read that may be older.
[[nodiscard]] Result<std::vector<std::string>> fresh_tags(const ApplicationRun& run);

/// Its tags without asking, where they are known: of what this run made, or of a moment ago from
/// the plan, with this run's own edits. No body is made of them.
[[nodiscard]] Result<std::vector<std::string>> known_tags(const ApplicationRun& run);

/// The application object, waited for while it is young.
[[nodiscard]] Result<model::LiveReference> read_application(const ApplicationRun& run);

/// Whether the application object, freshly read, has another name than the manifest's.
/// ErrorKind::stale where it has not the one that was `seen` before, either.
[[nodiscard]] Result<bool> needs_name(const ApplicationRun& run, const std::string& seen);

/// Gives the application object the manifest's display name, as far as it is in this tenant.
[[nodiscard]] Result<void> rename_application(ApplicationRun& run, const std::string& seen);

}  // namespace syncwright::apply
