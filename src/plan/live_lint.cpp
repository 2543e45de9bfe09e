#include "plan/live_lint.h"

#include <algorithm>
#include <utility>

#include "syncwright/schema/mapping_lint.h"
#include "syncwright/schema/rebase.h"

namespace syncwright {

namespace {

/// The live findings that the manifests alone do not give.
Diagnostics lint_beyond_manifests(const Customization& customization,
                                  const ObjectMappingRequest& mapping, const KnownSchema& known) {
  const Diagnostics alone = lint_mapping(customization, mapping);
  const Diagnostics all = lint_mapping(customization, mapping, &known);
  Diagnostics found;
  for (Diagnostic diagnostic : all.items()) {
    const auto is_same = [&](const Diagnostic& other) {
      return other.code == diagnostic.code && other.where == diagnostic.where;
    };
    // What leaves no matching attribute is refused as a change (SW5011).
    if (diagnostic.code == Code::SW3204 ||
        std::any_of(alone.items().begin(), alone.items().end(), is_same)) {
      continue;
    }
    diagnostic.severity = Severity::warning;
    found.add(std::move(diagnostic));
  }
  return found;
}

}  // namespace

Diagnostics lint_live_schema(const DesiredJob& job, const LiveJob& live,
                             const Severities& severities) {
  Diagnostics found;
  if (!job.schema || !live.schema) return found;
  KnownSchema known{*live.schema, true};
  if (job.base_schema) {
    auto beneath = rebase(*job.base_schema->document, *live.schema);
    if (!beneath) return found;  // why not stands at the change itself
    known.schema = std::move(*beneath);
  }
  for (const ObjectMappingRequest& mapping : job.schema->mappings) {
    found.append(lint_beyond_manifests(*job.schema, mapping, known));
  }
  return with_severities(std::move(found), severities);
}

}  // namespace syncwright
