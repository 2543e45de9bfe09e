#include <array>

#include "diagnostic_tables.h"

namespace syncwright {

namespace {

constexpr std::array rows{
    CatalogEntry{"SW9001", Severity::error, "This kind belongs to a later release",
                 R"(ApplicationSet and MappingSet are part of the manifest format, but this
release cannot carry them out. Skipping them would make a plan look complete
that is not.
Until then write applications out one by one, in as many files as you like:
    kind: Application)"},
    CatalogEntry{
        "SW9002", Severity::error, "This field belongs to a later release",
        R"(The field is part of the manifest format, but this release cannot carry it out, and
ignoring it would leave the tenant other than the manifest says.
Among them: assignments, lifecycle.previously, lifecycle.protect, adopting by
name or id, environments, schema.file, schema.include, guards other than
secretsPut, severity.
Remove the field, and look after what it manages by other means for now.)"},
    CatalogEntry{
        "SW9003", Severity::error, "This flag belongs to a later release",
        R"(The flag is documented, but this release cannot carry it out, and running without
it would do something else than was asked for.
Among them: --prune, --report, --format markdown, --selector, --environment.
Run the command without it:
    syncwright plan --format json --only salesforce-contoso)"},
};

}  // namespace

std::span<const CatalogEntry> release_diagnostics() {
  return rows;
}

}  // namespace syncwright
