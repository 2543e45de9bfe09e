#include "cli/mapping_tests.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/mapping_case.h"
#include "cli/tested_mappings.h"
#include "syncwright/core/suggestion.h"

namespace syncwright::cli {
namespace {

NullRule null_rule(FilterNulls nulls) {
  switch (nulls) {
    case FilterNulls::strict:
      return NullRule::strict;
    case FilterNulls::lenient:
      return NullRule::lenient;
  }
  return NullRule::strict;
}

ProvisioningSettings settings_of(const ExpressionSettings& expressions) {
  return {expressions.evaluation, null_rule(expressions.scope_nulls),
          null_rule(expressions.input_nulls)};
}

/// The manifest's part of a case; without a reference (another file's application) the manifests
/// have an error already.
struct Subject {
  const DesiredApplication* application = nullptr;
  const DesiredJob* job = nullptr;
};

Subject subject_of(const Desired& desired, const MappingTest& test) {
  Subject subject;
  subject.application = desired.find(test.application);
  if (subject.application == nullptr) {
    return subject;
  }
  for (const DesiredJob& job : subject.application->jobs) {
    if (job.key == test.job) {
      subject.job = &job;
    }
  }
  return subject;
}

CaseContext context_of(const DesiredApplication& application, Instant now) {
  CaseContext context;
  context.everybody_assigned = application.scope == Scope::all;
  context.skip_out_of_scope_deletions =
      application.deletions && application.deletions->skip_out_of_scope.value_or(false);
  context.now = now;
  return context;
}

void check_target(const TestedMappings& mappings, const MappingProgram& program,
                  const MappingTestCase& test_case, Diagnostics& diagnostics) {
  std::vector<std::string> names;
  names.reserve(program.flows.size());
  for (const AttributeFlow& flow : program.flows) {
    names.push_back(flow.target_attribute_name);
  }
  for (const ExpectedValue& expected : test_case.expect.target) {
    const bool is_removed =
        is_null(expected.value) && mappings.leaves_out(test_case, expected.attribute);
    if (!is_removed && std::find(names.begin(), names.end(), expected.attribute) == names.end()) {
      diagnostics.add("SW2014", expected.where,
                      fmt::format("no attribute mapping writes `{}`", expected.attribute),
                      did_you_mean(expected.attribute, names));
    }
  }
}

/// A warning of one test, and the cases that have it.
struct MetWarning {
  const MappingWarning* warning = nullptr;
  const MappingCaseResult* first = nullptr;
  std::size_t cases = 0;
};

/// Once for each attribute and code: the same expression stands behind every case.
std::vector<MetWarning> met_warnings(const MappingTestResult& test) {
  std::vector<MetWarning> met;
  for (const MappingCaseResult& each : test.cases) {
    for (const MappingWarning& warning : each.warnings) {
      auto found = std::find_if(met.begin(), met.end(), [&warning](const MetWarning& other) {
        return other.warning->attribute == warning.attribute && other.warning->code == warning.code;
      });
      if (found == met.end()) found = met.insert(met.end(), {&warning, &each, 0});
      ++found->cases;
    }
  }
  return met;
}

}  // namespace

std::vector<MappingTestResult> run_mapping_tests(const Loaded& loaded, Instant now,
                                                 Diagnostics& diagnostics) {
  std::vector<MappingTestResult> results;
  for (const MappingTest& test : loaded.tests) {
    const Subject subject = subject_of(loaded.desired, test);
    if (subject.job == nullptr) {
      continue;
    }
    const CaseContext context = context_of(*subject.application, now);
    TestedMappings mappings(test, *subject.job, settings_of(loaded.expressions), diagnostics);
    MappingTestResult result{test.name, test.application, test.job, test.where, {}};
    for (const MappingTestCase& test_case : test.cases) {
      const MappingProgram* program = mappings.program(test_case);
      if (program == nullptr) {
        continue;
      }
      check_target(mappings, *program, test_case, diagnostics);
      result.cases.push_back(run_case(*program, test_case, context));
    }
    results.push_back(std::move(result));
  }
  diagnostics.sort();
  return results;
}

Diagnostics mapping_warnings(const std::vector<MappingTestResult>& results,
                             const Severities& severities) {
  Diagnostics warnings;
  for (const MappingTestResult& test : results) {
    for (const auto& [warning, first, cases] : met_warnings(test)) {
      warnings.add(
          warning->code, first->where,
          fmt::format("`{}` in the case `{}`{}: {}", warning->attribute, first->name,
                      cases == 1 ? "" : fmt::format(" and {} more", cases - 1), warning->message),
          warning->advice);
    }
  }
  return with_severities(std::move(warnings), severities);
}

}  // namespace syncwright::cli
