#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cli/connection.h"
#include "cli/session.h"
#include "syncwright/model/ownership.h"

namespace syncwright::cli {

/// What is to be edited of the tags as they are now.
using EditOf = std::function<TagEdit(const std::vector<std::string>& tags)>;

/// Edits the tags of a service principal by one PATCH: it starts from a fresh read, foreign tags
/// are kept, and the result is read back. Nothing is sent where the tags are so already.
[[nodiscard]] Result<void> edit_tags(Session& session, Connection& connection,
                                     const std::string& service_principal_id,
                                     const EditOf& edit_of);
[[nodiscard]] Result<void> edit_tags(Session& session, Connection& connection,
                                     const std::string& service_principal_id, const TagEdit& edit);

}  // namespace syncwright::cli
