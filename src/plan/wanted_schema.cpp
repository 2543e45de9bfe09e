#include "syncwright/plan/wanted_schema.h"

#include <utility>

#include "syncwright/schema/definition_conflicts.h"
#include "syncwright/schema/rebase.h"

namespace syncwright {

namespace {

tl::expected<SynchronizationSchema, std::vector<OverlayProblem>> customize(
    const SynchronizationSchema& base, const Customization& customization,
    const FunctionKeys* functions) {
  auto result = overlay(base, customization, functions);
  if (!result) return result;
  auto problems = find_refused_removals(base, *result, customization);
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  return result;
}

}  // namespace

tl::expected<SynchronizationSchema, std::vector<OverlayProblem>> wanted_schema(
    const DesiredJob& job, const SynchronizationSchema& live, const FunctionKeys* functions) {
  if (!job.base_schema) return customize(live, job.schema.value_or(Customization{}), functions);
  auto rebased = rebase(*job.base_schema->document, live);
  if (!rebased || !job.schema) return rebased;
  return customize(*rebased, *job.schema, functions);
}

}  // namespace syncwright
