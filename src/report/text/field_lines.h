#pragma once

#include <cstddef>
#include <vector>

#include "report/layout/page.h"
#include "syncwright/plan/change.h"

namespace syncwright {

/// Every field with what becomes of it, from column `indent` on. Where names are too long for a
/// line, several of one object mapping stand beneath the object mapping's name.
void append_fields(Page& page, std::size_t indent, const std::vector<const FieldChange*>& fields);

}  // namespace syncwright
