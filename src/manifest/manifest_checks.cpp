#include "manifest/manifest_checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "manifest/yaml/yaml_text.h"
#include "syncwright/core/ascii.h"
#include "syncwright/core/text.h"
#include "syncwright/expression/lint.h"
#include "syncwright/manifest/job_schema.h"
#include "syncwright/schema/definition_conflicts.h"

namespace syncwright::manifest {

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

/// Lints the source where it is an expression: the letters of a constant mean nothing.
void check_expression(const schema::AttributeMappingRequest& request,
                      expression::LintContext context, Diagnostics& diagnostics) {
  if (!request.source) return;
  const auto* expression = std::get_if<expression::Expression>(&request.source->value);
  if (expression == nullptr) return;
  context.matches = request.matching_priority.value_or(0) > 0;
  context.only_at_creation = request.flow_type == "ObjectAddOnly";
  const schema::ExpressionText& text = request.source_text;
  for (expression::LintFinding& finding : expression::lint(*expression, text.text, context)) {
    diagnostics.add(finding.code, text.text.empty() ? request.where : text.at(finding.offset),
                    std::move(finding.message), std::move(finding.advice));
  }
}

expression::LintContext context_of(const model::DesiredApplication& application,
                                   const model::DesiredJob& job) {
  const JobKind kind = job_kind(application.gallery.text(), job.template_id.value_or(job.key));
  expression::LintContext context;
  context.scope_all = application.scope == model::Scope::all;
  context.cloud_sync = kind.cloud_sync;
  context.hr_inbound = kind.hr_inbound;
  context.to_active_directory = kind.to_active_directory;
  return context;
}

/// The schema that the job's mappings are checked against. It is the whole document that the job
/// names, or nearly: live attributes that the document lacks stay as well.
std::optional<schema::KnownSchema> schema_of(const model::DesiredApplication& application,
                                             const model::DesiredJob& job,
                                             const TemplateSchemas& schemas) {
  if (job.base_schema)
    return schema::KnownSchema{*job.base_schema->document, true, job.base_schema->file};
  if (!schemas || job.job_id)
    return std::nullopt;  // what a live job was made from is not known offline
  return schemas(application.gallery.text(), job.template_id.value_or(job.key));
}

void check_job(const model::DesiredApplication& application, const model::DesiredJob& job,
               const expression::EvaluationSettings& settings, const TemplateSchemas& schemas,
               Diagnostics& diagnostics) {
  const std::optional<schema::KnownSchema> found = schema_of(application, job, schemas);
  const schema::KnownSchema* known = found ? &*found : nullptr;
  expression::LintContext context = context_of(application, job);
  context.settings = settings;
  for (const schema::ObjectMappingRequest& mapping : job.schema->mappings) {
    context.reference_attributes = schema::reference_attributes(*job.schema, mapping, known);
    for (const schema::AttributeMappingRequest& request : mapping.attributes) {
      check_expression(request, context, diagnostics);
    }
    diagnostics.append(schema::lint_mapping(*job.schema, mapping, known));
  }
}

}  // namespace

void check_mapping_rules(const model::DesiredApplication& application,
                         const expression::EvaluationSettings& settings,
                         const TemplateSchemas& schemas, Diagnostics& diagnostics) {
  for (const model::DesiredJob& job : application.jobs) {
    if (job.schema) check_job(application, job, settings, schemas, diagnostics);
  }
}

void check_definitions(const model::DesiredApplication& application, const TemplateSchemas& schemas,
                       Diagnostics& diagnostics) {
  for (const model::DesiredJob& job : application.jobs) {
    if (!job.schema || !schema::may_define_twice(*job.schema)) continue;
    const std::optional<schema::KnownSchema> known = schema_of(application, job, schemas);
    if (known) diagnostics.append(schema::find_definition_conflicts(*job.schema, known->schema));
  }
}

namespace {

/// In shorter names one letter makes another product: Box and Fox.
constexpr std::size_t kShortestMisspelt = 5;

}  // namespace

void hint_at_gallery(const model::DesiredApplication& application,
                     const std::vector<std::string>& known, Diagnostics& diagnostics) {
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

std::string place_text(const SourceRange& where) {
  return fmt::format("{}:{}:{}", where.file, where.line, where.column);
}

void report_equal_names(const std::vector<DecodedApplication>& applications,
                        Diagnostics& diagnostics) {
  for (std::size_t index = 1; index < applications.size(); ++index) {
    const model::DesiredApplication& first = applications[index - 1].application;
    const model::DesiredApplication& second = applications[index].application;
    if (first.name != second.name) continue;
    const bool both_rows = first.row && second.row;
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
  std::map<std::string, const model::DesiredApplication*> claimed;
  for (const DecodedApplication& decoded : applications) {
    const model::DesiredApplication& application = decoded.application;
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

namespace {

using Names = std::vector<std::string>;

/// "did you mean ...", else the list of all candidates.
std::string advice_for(const std::string& word, const Names& candidates, const char* none) {
  Names names;  // each once, in the order of the manifests
  for (const std::string& name : candidates) {
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  std::string hint = did_you_mean(word, names);
  if (!hint.empty()) return hint;
  return names.empty() ? none : fmt::format("there is: {}", fmt::join(names, ", "));
}

/// What a case is about; nullopt, and reported, where it is no one mapping.
std::optional<schema::ObjectMappingRequest> find_mapping(const schema::Customization& schema,
                                                         const model::MappingTestCase& test_case,
                                                         Diagnostics& diagnostics) {
  MeantMapping meant = find_meant_mapping(schema, test_case);
  if (meant.number == 1) return std::move(meant.request);
  if (meant.number == 0) {
    Names objects;
    for (const schema::ObjectMappingRequest& mapping : schema.mappings)
      objects.push_back(mapping.object);
    diagnostics.add(Code::SW2013, test_case.object_where,
                    fmt::format("the job has no mapping of {}", quote_value(test_case.object)),
                    advice_for(test_case.object, objects, "name a saved schema under spec.schema"));
  } else {
    diagnostics.add(Code::SW2013, test_case.object_where,
                    fmt::format("{} mappings of {}", meant.number, quote_value(test_case.object)),
                    "say which with rule: or targetObject:");
  }
  return std::nullopt;
}

void check_target(const schema::Customization& schema, const schema::ObjectMappingRequest& mapping,
                  const model::MappingTestCase& test_case, Diagnostics& diagnostics) {
  Names names;
  for (const schema::AttributeMappingRequest& attribute : mapping.attributes) {
    if (!attribute.absent && attribute.source) names.push_back(attribute.target_attribute_name);
  }
  for (const model::ExpectedValue& expected : test_case.expect.target) {
    if (std::find(names.begin(), names.end(), expected.attribute) != names.end()) continue;
    if (expression::is_null(expected.value) && leaves_out(schema, mapping, expected.attribute))
      continue;
    const std::string hint = did_you_mean(expected.attribute, names);
    diagnostics.add(
        Code::SW2014, expected.where,
        fmt::format("the manifest has no source for {}", quote_value(expected.attribute)),
        hint.empty() ? "what the connector ships with is known by a saved schema: spec.schema"
                     : hint);
  }
}

void check_cases(const model::MappingTest& test, const model::DesiredJob& job,
                 Diagnostics& diagnostics) {
  if (test.schema || job.base_schema) return;  // the test run knows the whole schema, and reads it
  static const schema::Customization nothing;
  const schema::Customization& schema = job.schema ? *job.schema : nothing;
  for (const model::MappingTestCase& test_case : test.cases) {
    if (test_case.object.empty()) continue;
    const auto mapping = find_mapping(schema, test_case, diagnostics);
    if (mapping) check_target(schema, *mapping, test_case, diagnostics);
  }
}

void check_job(const model::MappingTest& test, const model::DesiredApplication& application,
               Diagnostics& diagnostics) {
  Names keys;
  for (const model::DesiredJob& job : application.jobs) {
    if (job.key == test.job) {
      check_cases(test, job, diagnostics);
      return;
    }
    keys.push_back(job.key);
  }
  diagnostics.add(Code::SW2012, test.job_where,
                  fmt::format("the application {} has no job {}", quote_value(test.application),
                              quote_value(test.job)),
                  advice_for(test.job, keys, "add it under spec.jobs of the application"));
}

}  // namespace

void sort_by_name(std::vector<model::MappingTest>& tests, Diagnostics& diagnostics) {
  std::stable_sort(tests.begin(), tests.end(),
                   [](const model::MappingTest& left, const model::MappingTest& right) {
                     return left.name < right.name;
                   });
  for (std::size_t index = 1; index < tests.size(); ++index) {
    const model::MappingTest& first = tests[index - 1];
    const model::MappingTest& second = tests[index];
    if (first.name != second.name || first.name.empty()) continue;
    diagnostics.add(Code::SW2001, second.where,
                    fmt::format("the name `{}` is taken by {}:{}:{}", second.name, first.where.file,
                                first.where.line, first.where.column),
                    "rename one of the two");
  }
}

void check_references(const std::vector<model::MappingTest>& tests,
                      const std::vector<model::DesiredApplication>& applications,
                      bool all_applications, Diagnostics& diagnostics) {
  Names names;
  for (const model::DesiredApplication& application : applications)
    names.push_back(application.name);
  for (const model::MappingTest& test : tests) {
    if (test.application.empty()) continue;
    const auto found = std::find_if(
        applications.begin(), applications.end(),
        [&](const model::DesiredApplication& one) { return one.name == test.application; });
    if (found != applications.end()) {
      check_job(test, *found, diagnostics);
    } else if (all_applications) {
      diagnostics.add(Code::SW2012, test.application_where,
                      fmt::format("no application is named {}", quote_value(test.application)),
                      advice_for(test.application, names, "the manifests hold no application"));
    }
  }
}

}  // namespace syncwright::manifest
