#include "syncwright/plan/wanted_schema.h"

#include <utility>

#include "syncwright/schema/definition_conflicts.h"
#include "syncwright/schema/rebase.h"

namespace syncwright::plan {

namespace {

tl::expected<schema::SynchronizationSchema, std::vector<schema::OverlayProblem>> customize(
    const schema::SynchronizationSchema& base, const schema::Customization& customization,
    const expression::FunctionKeys* functions) {
  auto result = schema::overlay(base, customization, functions);
  if (!result) return result;
  auto problems = schema::find_refused_removals(base, *result, customization);
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  return result;
}

}  // namespace

tl::expected<schema::SynchronizationSchema, std::vector<schema::OverlayProblem>> wanted_schema(
    const model::DesiredJob& job, const schema::SynchronizationSchema& live,
    const expression::FunctionKeys* functions) {
  if (!job.base_schema)
    return customize(live, job.schema.value_or(schema::Customization{}), functions);
  auto rebased = schema::rebase(*job.base_schema->document, live);
  if (!rebased || !job.schema) return rebased;
  return customize(*rebased, *job.schema, functions);
}

}  // namespace syncwright::plan
