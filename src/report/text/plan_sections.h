#pragma once

#include <cstddef>
#include <vector>

#include "report/application_group.h"
#include "report/layout/page.h"
#include "syncwright/plan/plan.h"

namespace syncwright::report {

inline constexpr std::size_t kChangeIndent = 4;  ///< of a change, beneath its application
inline constexpr std::size_t kDetailIndent = 8;  ///< of what is said about it

/// The parts that plan and drift share, each with a heading and an empty line before it; nothing
/// where there is nothing to say.

void append_guards(Page& page, const std::vector<plan::GuardVerdict>& guards);
void append_health(Page& page, const std::vector<plan::Health>& health);
void append_orphans(Page& page, const std::vector<plan::PlanOrphan>& orphans);
void append_diagnostics(Page& page, const std::vector<Diagnostic>& diagnostics);

/// The lines under a change: its risks; what a deletion does; code and message, candidates and the
/// way out of one that is refused.
void append_risk(Page& page, std::size_t indent, const plan::Change& change);
void append_effect(Page& page, std::size_t indent, const plan::Change& change);
void append_refusal(Page& page, std::size_t indent, const plan::Change& change);

/// Every field with what becomes of it, from column `indent` on (field_lines.cpp). Where names are
/// too long for a line, several of one object mapping stand beneath the object mapping's name.
void append_fields(Page& page, std::size_t indent,
                   const std::vector<const schema::FieldChange*>& fields);

/// The values in which a group's applications differ, one row for each application, from column
/// `indent` on (difference_table.cpp). Columns that do not fit beside each other follow below in a
/// table of their own; no value is cut. Nothing without `columns`.
void append_differences(Page& page, std::size_t indent, const ApplicationGroup& group,
                        const std::vector<const DifferingValue*>& columns);

}  // namespace syncwright::report
