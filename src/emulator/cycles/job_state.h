#pragma once

#include <string>

#include "emulator/store/store.h"

namespace syncwright::emulator {

constexpr const char* never = "0001-01-01T00:00:00Z";

/// The status of a job that was never started, as live tenants show it (docs/graph.md#13.13).
[[nodiscard]] Json new_job_status();
/// An execution with every count at zero: what a started job shows at first (docs/graph.md#13.15).
[[nodiscard]] Json empty_execution();
/// The wire shape of a job.
[[nodiscard]] Json job_on_wire(const Job& job);

/// Transitions of docs/graph.md#5.5. Starting a job that runs well changes nothing.
void start(Job& job, Instant now);
void pause(Job& job);
/// `Active`, `NotRun` and quarantine as they are after a restart; the caller clears by scope.
void restart(Job& job, Instant now);
/// Clears the watermark: the next cycle reads everything (docs/graph.md#13.18).
void begin_anew(Job& job);
/// The job enters or stays in quarantine; attempts follow after 5 minutes, 6, 12 and 24 hours.
void quarantine(Job& job, const std::string& reason, const Json& error, Instant now);

}  // namespace syncwright::emulator
