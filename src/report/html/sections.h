#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "syncwright/report/html_page.h"

namespace syncwright::report::html {

/// The parts of a page, from top to bottom: values in, markup out. Each is empty where there is
/// nothing to show.

/// The verdict, how complete the reading was, how many applications are in which state, and what
/// is to be known of the whole.
[[nodiscard]] std::string verdict(const PageInput& input);

/// The order of the plan: a lane for each application, a column for each kind of step.
[[nodiscard]] std::string plan_picture(const std::vector<const PageApplication*>& applications);

/// Mapping tables that are alike are written once: the first application of a table, by its markup.
using SharedTables = std::map<std::string, std::string>;

/// A card. `place`: its number on the page, which its id is made of.
[[nodiscard]] std::string application_card(const PageApplication& application, std::size_t place,
                                           bool open, Instant now, SharedTables& tables);

/// A job's state, its last cycle, its quarantine against the 28 days, and its times on a line.
/// `edits`: of its application.
[[nodiscard]] std::string job_panel(const StatusRow& job, const std::vector<PageEdit>& edits,
                                    Instant now);

/// docs/graph.md#13.53: so long a quarantine disables the job.
inline constexpr int kQuarantineDays = 28;
/// Whole days that have passed, at most those; nullopt where `since` is no time.
[[nodiscard]] std::optional<int> quarantine_days(const std::string& since, Instant now);

/// The steps of one application in their order.
[[nodiscard]] std::string step_list(const std::vector<PageStep>& steps);

/// The attribute mappings as the portal shows them. `edits`: those of mappings explain the rows
/// that differ.
[[nodiscard]] std::string mapping_table(const PageObjectMapping& mapping,
                                        const std::vector<PageEdit>& edits);

/// Source attributes, expressions, target attributes, and what flows where.
[[nodiscard]] std::string flow_picture(const PageObjectMapping& mapping);

/// "User → User"
[[nodiscard]] std::string title_of(const PageObjectMapping& mapping);

}  // namespace syncwright::report::html
