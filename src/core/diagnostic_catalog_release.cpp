#include <array>

#include "core/diagnostic_tables.h"

namespace syncwright {

namespace {

constexpr std::array release_rows{
    CatalogEntry{
        "SW9003", Severity::error, "This flag belongs to a later release",
        R"(The flag is documented, but this release cannot carry it out, and running without
it would do something else than was asked for.
The usual one is a --report that a command does not write yet: plan, show and drift
write text, json and markdown; validate text and json; test text, json and junit;
sarif comes later.
Run the command without it, or with another format:
    syncwright plan --report markdown=comment.md --report json=plan.json)"},
};

}  // namespace

std::span<const CatalogEntry> release_diagnostics() {
  return release_rows;
}

}  // namespace syncwright
