#include "syncwright/mapping_tests/mapping_tests.h"

#include <fmt/format.h>

#include <algorithm>

#include "mapping_tests/case_run.h"
#include "mapping_tests/tested_mappings.h"
#include "syncwright/core/text.h"
#include "syncwright/manifest/loader.h"

namespace syncwright::mapping_tests {
namespace {

provisioning::NullRule null_rule(manifest::FilterNulls nulls) {
  switch (nulls) {
    case manifest::FilterNulls::strict:
      return provisioning::NullRule::strict;
    case manifest::FilterNulls::lenient:
      return provisioning::NullRule::lenient;
  }
  return provisioning::NullRule::strict;
}

provisioning::ProvisioningSettings settings_of(const manifest::ExpressionSettings& expressions) {
  return {expressions.evaluation, null_rule(expressions.scope_nulls),
          null_rule(expressions.input_nulls)};
}

/// The job that a test is about, as its manifest has it. Both are null where the test names none:
/// the manifests have an error already.
struct TestedJob {
  const model::DesiredApplication* application = nullptr;
  const model::DesiredJob* job = nullptr;
};

TestedJob find_tested_job(const model::Desired& desired, const model::MappingTest& test) {
  TestedJob tested;
  tested.application = desired.find(test.application);
  if (tested.application == nullptr) {
    return tested;
  }
  for (const model::DesiredJob& job : tested.application->jobs) {
    if (job.key == test.job) {
      tested.job = &job;
    }
  }
  return tested;
}

CaseContext context_of(const model::DesiredApplication& application, Instant now) {
  CaseContext context;
  context.everybody_assigned = application.scope == model::Scope::all;
  context.skip_out_of_scope_deletions =
      application.deletions && application.deletions->skip_out_of_scope.value_or(false);
  context.now = now;
  return context;
}

void check_target(const TestedMappings& mappings, const provisioning::MappingProgram& program,
                  const model::MappingTestCase& test_case, Diagnostics& diagnostics) {
  std::vector<std::string> names;
  names.reserve(program.flows.size());
  for (const provisioning::AttributeFlow& flow : program.flows) {
    names.push_back(flow.target_attribute_name);
  }
  for (const model::ExpectedValue& expected : test_case.expect.target) {
    const bool is_removed =
        expression::is_null(expected.value) && mappings.leaves_out(test_case, expected.attribute);
    if (!is_removed && std::find(names.begin(), names.end(), expected.attribute) == names.end()) {
      diagnostics.add(Code::SW2014, expected.where,
                      fmt::format("no attribute mapping writes `{}`", expected.attribute),
                      did_you_mean(expected.attribute, names));
    }
  }
}

/// One warning of a test, and the cases that have it.
struct WarningGroup {
  const MappingWarning* warning = nullptr;
  const MappingCaseResult* first = nullptr;
  std::size_t cases = 0;
};

/// A group for each attribute and code: the same expression stands behind every case.
std::vector<WarningGroup> group_warnings(const MappingTestResult& test) {
  std::vector<WarningGroup> groups;
  for (const MappingCaseResult& each : test.cases) {
    for (const MappingWarning& warning : each.warnings) {
      auto found =
          std::find_if(groups.begin(), groups.end(), [&warning](const WarningGroup& other) {
            return other.warning->attribute == warning.attribute &&
                   other.warning->code == warning.code;
          });
      if (found == groups.end()) found = groups.insert(groups.end(), {&warning, &each, 0});
      ++found->cases;
    }
  }
  return groups;
}

}  // namespace

std::size_t MappingTestResult::count_failed() const {
  return static_cast<std::size_t>(
      std::count_if(cases.begin(), cases.end(),
                    [](const MappingCaseResult& result) { return !result.faults.empty(); }));
}

std::vector<MappingTestResult> run_mapping_tests(const manifest::Loaded& loaded, Instant now,
                                                 Diagnostics& diagnostics) {
  std::vector<MappingTestResult> results;
  for (const model::MappingTest& test : loaded.tests) {
    const TestedJob tested = find_tested_job(loaded.desired, test);
    if (tested.job == nullptr) {
      continue;
    }
    const CaseContext context = context_of(*tested.application, now);
    TestedMappings mappings(test, *tested.job, settings_of(loaded.expressions), diagnostics);
    MappingTestResult result{test.name, test.application, test.job, test.where, {}};
    for (const model::MappingTestCase& test_case : test.cases) {
      const provisioning::MappingProgram* program = mappings.program(test_case);
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
    for (const auto& [warning, first, cases] : group_warnings(test)) {
      warnings.add(
          warning->code, first->where,
          fmt::format("`{}` in the case `{}`{}: {}", warning->attribute, first->name,
                      cases == 1 ? "" : fmt::format(" and {} more", cases - 1), warning->message),
          warning->advice);
    }
  }
  return with_severities(std::move(warnings), severities);
}

}  // namespace syncwright::mapping_tests
