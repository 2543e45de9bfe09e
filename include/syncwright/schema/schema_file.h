#pragma once

#include <string>
#include <string_view>

namespace syncwright::schema {

/// A schema document as it lies in a repository: one member or element a line, two blanks a level.
/// Every name, text and number is as Graph wrote it, but texts whose name is or ends with
/// `@odata.context`, which name the host and the job that the document was read from, are left out
/// at every level. `json`: valid JSON.
[[nodiscard]] std::string schema_file_text(std::string_view json);

}  // namespace syncwright::schema
