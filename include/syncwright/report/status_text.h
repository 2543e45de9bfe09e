#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "syncwright/core/json.h"
#include "syncwright/model/desired.h"
#include "syncwright/plan/meant_application.h"
#include "syncwright/report/style.h"
#include "syncwright/report/times.h"

namespace syncwright::report {

/// How the last cycle of a job went. Times are RFC 3339 as Graph writes them; counts are of
/// objects.
struct StatusCycle {
  std::string state;  ///< Succeeded, Failed, EntryLevelErrors
  std::string began;
  std::string ended;
  std::int64_t entitled = 0;
  std::int64_t imported = 0;
  std::int64_t exported = 0;
  std::int64_t escrowed = 0;
  std::string error;  ///< code and message, empty where it went well
};

/// One job of `status`, or an application without one: what is unknown is empty.
struct StatusRow {
  std::string application;
  std::string job;  ///< the manifest's key; empty: the application has none, or does not exist
  std::string job_id;
  std::string state;       ///< "started", "paused", "missing", "refused", "unreadable"
  std::string code;        ///< Graph's status code: NotRun, Active, Paused, Quarantine
  bool has_cycle = false;  ///< `cycle` holds something
  StatusCycle cycle;
  std::string quarantine;          ///< reason and error code; empty where there is none
  std::string quarantine_message;  ///< what the service says of the error
  std::string quarantine_since;    ///< when this quarantine began
  std::string next_attempt;        ///< of a quarantined job
  std::string way_out;             ///< what mends it, where that is known
  std::string steady_since;        ///< when nothing was left to do for the first time
  std::map<std::string, std::int64_t> entries;  ///< synchronized objects by "User to User"
  std::string note;  ///< why there is nothing to show, for example an error
};

/// The rows of one application (status_rows.cpp): its manifest's jobs, then those that no manifest
/// names; one row without a job where there is none to show.
[[nodiscard]] std::vector<StatusRow> status_rows(const model::DesiredApplication& desired,
                                                 const plan::LiveApplications& applications);

/// The same of one application by itself, as soon as it is read. `meant`: of these findings.
[[nodiscard]] std::vector<StatusRow> status_rows(const model::DesiredApplication& desired,
                                                 const model::Findings& findings,
                                                 const plan::MeantApplication& meant);
/// The row of one live job. `key`: what it is called.
[[nodiscard]] StatusRow job_row(const std::string& application, const std::string& key,
                                const model::LiveJob& job);

/// A table, one row a job, followed by what is wrong with any of them.
[[nodiscard]] std::string render_status(const std::vector<StatusRow>& rows, const Style& style,
                                        const Times& times = {});
/// {"jobs": [...]} with the members of StatusRow in lower camel case; null for what is unknown.
[[nodiscard]] Json to_json(const std::vector<StatusRow>& rows);

}  // namespace syncwright::report
