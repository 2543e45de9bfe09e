#pragma once

#include <cstddef>
#include <vector>

#include "report/application_group.h"
#include "report/layout/page.h"

namespace syncwright {

/// The values in which a group's applications differ, one row for each application, from column
/// `indent` on. Columns that do not fit beside each other follow below in a table of their own; no
/// value is cut. Nothing without `columns`.
void append_differences(Page& page, std::size_t indent, const ApplicationGroup& group,
                        const std::vector<const DifferingValue*>& columns);

}  // namespace syncwright
