#pragma once

#include "cli/console.h"
#include "syncwright/http/trace.h"

namespace syncwright::cli {

/// One line on stderr about an exchange, as often as -v was given: without it only that a request
/// is tried again; with -v every exchange; with -vv also its ids, bytes and protocol. With
/// --log-format json both are one object with all of it (docs/contract.md#2). Thread-safe.
void tell_exchange(Console& console, int verbosity, const http::HttpTrace& trace);

}  // namespace syncwright::cli
