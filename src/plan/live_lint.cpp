#include "live_lint.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "syncwright/schema/mapping_lint.h"
#include "syncwright/schema/rebase.h"

namespace syncwright {

namespace {

/// Everything else was told by the manifests alone.
constexpr std::array<std::string_view, 3> name_codes{"SW3205", "SW3206", "SW3207"};

bool is_about_names(const Diagnostic& diagnostic) {
  return std::find(name_codes.begin(), name_codes.end(), diagnostic.code) != name_codes.end();
}

}  // namespace

std::vector<Diagnostic> lint_live_names(const DesiredJob& job, const LiveJob& live) {
  std::vector<Diagnostic> found;
  if (!job.schema || !live.schema) return found;
  KnownSchema known{*live.schema, true};
  if (job.base_schema) {
    auto beneath = rebase(*job.base_schema->document, *live.schema);
    if (!beneath) return found;  // why not stands at the change itself
    known.schema = std::move(*beneath);
  }
  for (const ObjectMappingRequest& mapping : job.schema->mappings) {
    const Diagnostics told = lint_mapping(*job.schema, mapping, &known);
    for (Diagnostic diagnostic : told.items()) {
      if (!is_about_names(diagnostic)) continue;
      diagnostic.severity = Severity::warning;
      found.push_back(std::move(diagnostic));
    }
  }
  return found;
}

}  // namespace syncwright
