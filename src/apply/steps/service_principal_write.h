#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "apply/application_run.h"

namespace syncwright {

/// Whether the service principal, as it was read just before its PATCH, is still what the change
/// was planned on. Without one there is nothing to check.
using PrincipalCheck = std::function<Result<void>(const GraphReader::ServicePrincipal&)>;

/// Changes the tags (and the texts that the manifest manages) of the application's service
/// principal in one PATCH: a fresh read joined with what this run wrote before, foreign tags kept;
/// read back. Sends nothing where all is so already. ErrorKind::guard where another project's owner
/// tag is found, ErrorKind::stored_differently where the read-back never shows it.
[[nodiscard]] Result<void> write_service_principal(ApplicationRun& run, const TagEdit& edit,
                                                   const std::optional<PrincipalTexts>& texts,
                                                   const PrincipalCheck& check = {});

/// Gives the service principal what identity_fields asks for: the owner's tags, the application's
/// name in them (an earlier one goes), protection or none, and the texts. `reviewed`:
/// further tags that the plan showed.
[[nodiscard]] Result<void> write_identity(ApplicationRun& run,
                                          const std::vector<std::string>& reviewed = {},
                                          const PrincipalCheck& check = {});

/// ErrorKind::guard where the tags name another project or environment as an owner.
[[nodiscard]] Result<void> refuse_foreign_owner(const ApplicationRun& run,
                                                const std::vector<std::string>& tags);

/// The tags as they are now, with this run's own edits laid over a read that may be older.
[[nodiscard]] Result<std::vector<std::string>> fresh_tags(ApplicationRun& run);

}  // namespace syncwright
