#pragma once

#include "emulator/store/store.h"
#include "syncwright/core/clock.h"
#include "syncwright/emulator/catalog.h"

namespace syncwright::emulator {

/// Runs the cycles that were due by `now`: the first one of a started job at once, then one every
/// 40 minutes. Of several that were missed the first and the last are run, since those between
/// would find nothing to do. Forgets jobs whose deletion is replicated. True where anything
/// changed.
bool run_due_cycles(Store& store, const Catalog& catalog, Chance& chance, Instant now);

/// One cycle of one job at `began`: reads the source, provisions the target, writes the log and the
/// job's status, and says when the next cycle is due (docs/graph.md#8.1). Never ends after `now`.
/// Bad credentials and a schema that cannot run quarantine the job.
void run_cycle(Store& store, const Catalog& catalog, Chance& chance, Job& job, Instant began,
               Instant now);

}  // namespace syncwright::emulator
