#include "manifest/application_checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "syncwright/core/ascii.h"
#include "syncwright/core/text.h"
#include "syncwright/expression/lint.h"
#include "syncwright/schema/definition_conflicts.h"

namespace syncwright {
namespace {

/// Small letters and digits alone: "API-driven" and "API driven" are one.
std::string letters_and_digits(std::string_view name) {
  std::string text;
  for (const char c : name) {
    if (c >= 'A' && c <= 'Z') text += static_cast<char>(c - 'A' + 'a');
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) text += c;
  }
  return text;
}

bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

bool comes_from_hr(const std::string& name) {
  const bool hr = holds(name, "workday") || holds(name, "successfactors") ||
                  name.starts_with("api2") || holds(name, "apidriven");
  return hr && !holds(name, "writeback");
}

bool names_active_directory(const std::string& name) {
  return holds(name, "activedirectory") && !holds(name, "azureactivedirectory");
}

}  // namespace

JobKind job_kind(std::string_view gallery, std::string_view template_id) {
  const std::string application = letters_and_digits(gallery);
  const std::string job = letters_and_digits(template_id);
  JobKind kind;
  kind.cloud_sync = job.starts_with("ad2aad") || job.starts_with("aad2ad");
  kind.hr_inbound = !kind.cloud_sync && (comes_from_hr(application) || comes_from_hr(job));
  kind.to_active_directory =
      job.starts_with("aad2ad") ||
      (kind.hr_inbound &&
       (names_active_directory(application) || names_active_directory(job) || holds(job, "2ad")));
  return kind;
}

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

namespace {

/// Of short names one letter makes another product: Box and Fox.
constexpr std::size_t kShortestMisspelt = 5;

}  // namespace

void hint_at_gallery(const DesiredApplication& application, const std::vector<std::string>& known,
                     Diagnostics& diagnostics) {
  const std::string& gallery = application.gallery;
  const std::string near = nearest(gallery, known);
  const bool is_meant = ascii::lower(near) == ascii::lower(gallery);
  if (near.empty() || is_meant || gallery.size() < kShortestMisspelt) return;
  diagnostics.add(kNearGalleryCode, application.gallery_where,
                  fmt::format("`{}` is no gallery name that is known offline", gallery),
                  fmt::format("did you mean `{}`? The tenant's gallery has many more: `syncwright "
                              "plan` asks it",
                              near));
}

namespace {

/// Where a name comes from: the row that made it, else the manifest.
const SourceRange& origin_of(const DesiredApplication& application) {
  return application.row.line > 0 ? application.row : application.where;
}

std::string place_text(const SourceRange& where) {
  return fmt::format("{}:{}:{}", where.file, where.line, where.column);
}

void report_equal_names(const std::vector<DecodedApplication>& applications,
                        Diagnostics& diagnostics) {
  for (std::size_t index = 1; index < applications.size(); ++index) {
    const DesiredApplication& first = applications[index - 1].application;
    const DesiredApplication& second = applications[index].application;
    if (first.name != second.name) continue;
    const bool both_rows = first.row.line > 0 && second.row.line > 0;
    diagnostics.add(Code::SW2001, origin_of(second),
                    fmt::format("the name `{}` is taken by {}{}", second.name,
                                both_rows ? "the row " : "", place_text(origin_of(first))),
                    both_rows ? "give the rows different names" : "rename one of the two");
  }
}

struct ByName {
  bool operator()(const DecodedApplication& left, const std::string& right) const {
    return left.application.name < right;
  }
  bool operator()(const std::string& left, const DecodedApplication& right) const {
    return left < right.application.name;
  }
};

bool is_there(const std::vector<DecodedApplication>& applications, const std::string& name) {
  return std::binary_search(applications.begin(), applications.end(), name, ByName());
}

}  // namespace

void check_names(const std::vector<DecodedApplication>& applications, Diagnostics& diagnostics) {
  report_equal_names(applications, diagnostics);
  std::map<std::string, const DesiredApplication*> claimed;
  for (const DecodedApplication& decoded : applications) {
    const DesiredApplication& application = decoded.application;
    for (std::size_t index = 0; index < application.previously.size(); ++index) {
      const std::string& earlier = application.previously[index];
      const SourceRange& where = decoded.previously_where[index];
      const auto [first, added] = claimed.emplace(earlier, &application);
      if (earlier == application.name) {
        diagnostics.add(Code::SW2026, where, fmt::format("`{}` is its own earlier name", earlier),
                        "write the name that it had before");
      } else if (is_there(applications, earlier)) {
        diagnostics.add(Code::SW2026, where,
                        fmt::format("`{}` is an earlier name of `{}`, and a manifest has it still",
                                    earlier, application.name),
                        "remove it here, or rename the other one");
      } else if (!added && first->second->name != application.name) {
        diagnostics.add(Code::SW2026, where,
                        fmt::format("`{}` and `{}` both had the name `{}`", first->second->name,
                                    application.name, earlier),
                        "only one of them can be what was renamed");
      }
    }
  }
}

}  // namespace syncwright
