#include "manifest/decode/mapping_rules.h"

#include <utility>

#include "manifest/decode/job_kind.h"
#include "syncwright/expression/lint.h"
#include "syncwright/schema/definition_conflicts.h"

namespace syncwright {
namespace {

/// A constant is no expression text: what its letters look like means nothing.
void check_expression(const AttributeMappingRequest& request, LintContext context,
                      Diagnostics& diagnostics) {
  if (!request.source) return;
  const auto* expression = std::get_if<Expression>(&request.source->value);
  if (expression == nullptr) return;
  context.matches = request.matching_priority.value_or(0) > 0;
  context.only_at_creation = request.flow_type == "ObjectAddOnly";
  const ExpressionText& text = request.source_text;
  for (LintFinding& finding : lint(*expression, text.text, context)) {
    diagnostics.add(finding.code, text.text.empty() ? request.where : text.at(finding.offset),
                    std::move(finding.message), std::move(finding.advice));
  }
}

LintContext context_of(const DesiredApplication& application, const DesiredJob& job) {
  const JobKind kind = job_kind(application.gallery, job.template_id.value_or(job.key));
  LintContext context;
  context.scope_all = application.scope == Scope::all;
  context.cloud_sync = kind.cloud_sync;
  context.hr_inbound = kind.hr_inbound;
  context.to_active_directory = kind.to_active_directory;
  return context;
}

/// A whole document that the job lays beneath its mappings is what they are laid over, or nearly:
/// live attributes that it lacks stay as well.
std::optional<KnownSchema> schema_of(const DesiredApplication& application, const DesiredJob& job,
                                     const TemplateSchemas& schemas) {
  if (job.base_schema) return KnownSchema{*job.base_schema->document, true, job.base_schema->file};
  if (!schemas || job.job_id) return std::nullopt;  // nobody knows what a live job was made from
  return schemas(application.gallery, job.template_id.value_or(job.key));
}

void check_job(const DesiredApplication& application, const DesiredJob& job,
               const EvaluationSettings& settings, const TemplateSchemas& schemas,
               Diagnostics& diagnostics) {
  const std::optional<KnownSchema> found = schema_of(application, job, schemas);
  const KnownSchema* known = found ? &*found : nullptr;
  LintContext context = context_of(application, job);
  context.settings = settings;
  for (const ObjectMappingRequest& mapping : job.schema->mappings) {
    context.reference_attributes = reference_attributes(*job.schema, mapping, known);
    for (const AttributeMappingRequest& request : mapping.attributes) {
      check_expression(request, context, diagnostics);
    }
    diagnostics.append(lint_mapping(*job.schema, mapping, known));
  }
}

}  // namespace

void check_mapping_rules(const DesiredApplication& application, const EvaluationSettings& settings,
                         const TemplateSchemas& schemas, Diagnostics& diagnostics) {
  for (const DesiredJob& job : application.jobs) {
    if (job.schema) check_job(application, job, settings, schemas, diagnostics);
  }
}

void check_definitions(const DesiredApplication& application, const TemplateSchemas& schemas,
                       Diagnostics& diagnostics) {
  for (const DesiredJob& job : application.jobs) {
    if (!job.schema || !may_define_twice(*job.schema)) continue;
    const std::optional<KnownSchema> known = schema_of(application, job, schemas);
    if (known) diagnostics.append(find_definition_conflicts(*job.schema, known->schema));
  }
}

}  // namespace syncwright
