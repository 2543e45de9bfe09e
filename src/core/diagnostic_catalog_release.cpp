#include <array>

#include "diagnostic_tables.h"

namespace syncwright {

namespace {

constexpr std::array release_rows{
    CatalogEntry{
        "SW9003", Severity::error, "This flag belongs to a later release",
        R"(The flag is documented, but this release cannot carry it out, and running without
it would do something else than was asked for.
The message names the flag; a report (--report) of a format or command that has none
yet is the usual one.
Run the command without it:
    syncwright plan --format json --only salesforce-contoso)"},
};

}  // namespace

std::span<const CatalogEntry> release_diagnostics() {
  return release_rows;
}

}  // namespace syncwright
