#pragma once

#include "emulator/store/store.h"
#include "syncwright/core/clock.h"
#include "syncwright/emulator/catalog.h"

namespace syncwright::emulator {

/// Runs the cycles that were due by `now`: the first one of a started job at once, then one every
/// 40 minutes. Of several that were missed the first and the last are run, since those between
/// would find nothing to do. Forgets jobs whose deletion is replicated. Costs what is due, not what
/// there is.
void run_due_cycles(Store& store, const Catalog& catalog, expression::RandomSource& random,
                    Instant now);

}  // namespace syncwright::emulator
