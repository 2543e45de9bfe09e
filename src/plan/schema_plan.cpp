#include "plan/schema_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "plan/draft.h"
#include "plan/refusals.h"
#include "syncwright/core/text.h"
#include "syncwright/plan/basis.h"
#include "syncwright/plan/risk.h"
#include "syncwright/plan/wanted_schema.h"
#include "syncwright/schema/mapping_lint.h"
#include "syncwright/schema/rebase.h"
#include "syncwright/schema/schema_diff.h"

namespace syncwright::plan {

namespace {

bool asks_nothing(const model::DesiredJob& job) {
  if (job.base_schema) return false;
  return !job.schema || (job.schema->attributes.empty() && job.schema->mappings.empty());
}

Change draft_schema(const model::DesiredApplication& desired, const model::DesiredJob& job,
                    SharedText reason) {
  return draft(ChangeType::schema_put, desired, &job, reason, place(job.schema_where, job.where));
}

Change impossible(Change change, const std::vector<schema::OverlayProblem>& problems) {
  Refusal refusal;
  refusal.code = problems.front().code;
  for (const schema::OverlayProblem& problem : problems) {
    if (!refusal.message.empty()) refusal.message += "; ";
    refusal.message += problem.message;
  }
  refusal.advice = problems.front().advice.empty()
                       ? fmt::format("`syncwright explain {}` says more", refusal.code)
                       : problems.front().advice;
  change.origin = place(problems.front().where, change.origin);
  return refuse(std::move(change), std::move(refusal));
}

/// The live findings that the manifests alone do not give.
Diagnostics lint_beyond_manifests(const schema::Customization& customization,
                                  const schema::ObjectMappingRequest& mapping,
                                  const schema::KnownSchema& known) {
  const Diagnostics alone = schema::lint_mapping(customization, mapping);
  const Diagnostics all = schema::lint_mapping(customization, mapping, &known);
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

std::optional<Change> provisional_schema(const model::DesiredApplication& desired,
                                         const model::DesiredJob& job) {
  if (asks_nothing(job)) return std::nullopt;
  std::vector<schema::FieldChange> fields;
  if (job.base_schema) {
    fields.push_back({"document", Json{{"unknown", true}}, Json{{"file", job.base_schema->file}}});
  }
  if (job.schema) {
    for (schema::FieldChange& field : schema::requested_fields(*job.schema))
      fields.push_back(std::move(field));
  }
  std::string reason = fmt::format(
      "{} laid over the template's schema as soon as the job exists",
      fields.size() == 1 ? "1 change is" : fmt::format("{} changes are", fields.size()));
  if (job.schema && job.schema->mode == schema::Customization::Mode::exact) {
    reason += "; attribute mappings that the manifest does not name are removed";
  }
  Change change = draft_schema(desired, job, reason);
  change.provisional = true;
  change.fields = std::move(fields);
  return change;
}

std::optional<Change> schema_change(const model::DesiredApplication& desired,
                                    const model::DesiredJob& job, const model::LiveJob& live) {
  if (asks_nothing(job)) return std::nullopt;
  if (!live.schema) {
    return refuse(draft_schema(desired, job, "the manifest customizes the schema"),
                  refusals::unread_schema());
  }
  const auto wanted = wanted_schema(job, *live.schema);
  if (!wanted) {
    return impossible(draft_schema(desired, job, "the manifest customizes the schema"),
                      wanted.error());
  }
  std::vector<schema::FieldChange> fields = schema::diff(*live.schema, *wanted);
  if (fields.empty()) return std::nullopt;
  Change change = draft_schema(
      desired, job,
      fmt::format("the live schema differs in {}", count_words(fields.size(), "place")));
  change.basis = basis_of(fields);
  change.fields = std::move(fields);
  if (live.may_have_provisioned()) change.risks = risks_of(change);
  return change;
}

Diagnostics lint_live_schema(const model::DesiredJob& job, const model::LiveJob& live,
                             const Severities& severities) {
  Diagnostics found;
  if (!job.schema || !live.schema) return found;
  schema::KnownSchema known{*live.schema, true};
  if (job.base_schema) {
    auto beneath = schema::rebase(*job.base_schema->document, *live.schema);
    if (!beneath) return found;  // why not stands at the change itself
    known.schema = std::move(*beneath);
  }
  for (const schema::ObjectMappingRequest& mapping : job.schema->mappings) {
    found.append(lint_beyond_manifests(*job.schema, mapping, known));
  }
  return with_severities(std::move(found), severities);
}

}  // namespace syncwright::plan
