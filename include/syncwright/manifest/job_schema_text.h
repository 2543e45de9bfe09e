#pragma once

#include <optional>
#include <string>

#include "syncwright/schema/customization.h"

namespace syncwright {

/// What YAML asks for that stands under the `schema` of a job, read as in a manifest where no
/// variable has a value; nullopt where a manifest would be refused for it.
[[nodiscard]] std::optional<Customization> read_job_schema(const std::string& yaml);

}  // namespace syncwright
