#pragma once

#include "manifest/decode/field.h"
#include "manifest/rows/data_table.h"

namespace syncwright {

/// The rows of the file that `from` names: CSV with a header, or one YAML or JSON list of mappings
/// whose values are scalars, told apart by the file's ending. Faults of the data point into the
/// file, whose text goes to the source's `data_texts`. Values are taken as they are: references in
/// them are not replaced. Rows at fault are left out.
[[nodiscard]] DataTable as_data_file(const Field& from);

/// The same of a list in the manifest itself, which may be empty.
[[nodiscard]] DataTable as_data_rows(const Field& list);

}  // namespace syncwright
