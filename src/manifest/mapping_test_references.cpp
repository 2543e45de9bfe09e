#include "manifest/mapping_test_references.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "manifest/yaml/text_check.h"
#include "syncwright/core/text.h"
#include "syncwright/manifest/meant_mapping.h"

namespace syncwright {
namespace {

using Names = std::vector<std::string>;

/// The near miss, else all that there is.
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
std::optional<ObjectMappingRequest> find_mapping(const Customization& schema,
                                                 const MappingTestCase& test_case,
                                                 Diagnostics& diagnostics) {
  MeantMapping meant = find_meant_mapping(schema, test_case);
  if (meant.number == 1) return std::move(meant.request);
  if (meant.number == 0) {
    Names objects;
    for (const ObjectMappingRequest& mapping : schema.mappings) objects.push_back(mapping.object);
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

void check_target(const Customization& schema, const ObjectMappingRequest& mapping,
                  const MappingTestCase& test_case, Diagnostics& diagnostics) {
  Names names;
  for (const AttributeMappingRequest& attribute : mapping.attributes) {
    if (!attribute.absent && attribute.source) names.push_back(attribute.target_attribute_name);
  }
  for (const ExpectedValue& expected : test_case.expect.target) {
    if (std::find(names.begin(), names.end(), expected.attribute) != names.end()) continue;
    if (is_null(expected.value) && leaves_out(schema, mapping, expected.attribute)) continue;
    const std::string hint = did_you_mean(expected.attribute, names);
    diagnostics.add(
        Code::SW2014, expected.where,
        fmt::format("the manifest has no source for {}", quote_value(expected.attribute)),
        hint.empty() ? "what the connector ships with is known by a saved schema: spec.schema"
                     : hint);
  }
}

void check_cases(const MappingTest& test, const DesiredJob& job, Diagnostics& diagnostics) {
  if (test.schema || job.base_schema) return;  // the test run knows the whole schema, and reads it
  static const Customization nothing;
  const Customization& schema = job.schema ? *job.schema : nothing;
  for (const MappingTestCase& test_case : test.cases) {
    if (test_case.object.empty()) continue;
    const auto mapping = find_mapping(schema, test_case, diagnostics);
    if (mapping) check_target(schema, *mapping, test_case, diagnostics);
  }
}

void check_job(const MappingTest& test, const DesiredApplication& application,
               Diagnostics& diagnostics) {
  Names keys;
  for (const DesiredJob& job : application.jobs) {
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

void sort_by_name(std::vector<MappingTest>& tests, Diagnostics& diagnostics) {
  std::stable_sort(
      tests.begin(), tests.end(),
      [](const MappingTest& left, const MappingTest& right) { return left.name < right.name; });
  for (std::size_t index = 1; index < tests.size(); ++index) {
    const MappingTest& first = tests[index - 1];
    const MappingTest& second = tests[index];
    if (first.name != second.name || first.name.empty()) continue;
    diagnostics.add(Code::SW2001, second.where,
                    fmt::format("the name `{}` is taken by {}:{}:{}", second.name, first.where.file,
                                first.where.line, first.where.column),
                    "rename one of the two");
  }
}

void check_references(const std::vector<MappingTest>& tests,
                      const std::vector<DesiredApplication>& applications, bool all_applications,
                      Diagnostics& diagnostics) {
  Names names;
  for (const DesiredApplication& application : applications) names.push_back(application.name);
  for (const MappingTest& test : tests) {
    if (test.application.empty()) continue;
    const auto found =
        std::find_if(applications.begin(), applications.end(),
                     [&](const DesiredApplication& one) { return one.name == test.application; });
    if (found != applications.end()) {
      check_job(test, *found, diagnostics);
    } else if (all_applications) {
      diagnostics.add(Code::SW2012, test.application_where,
                      fmt::format("no application is named {}", quote_value(test.application)),
                      advice_for(test.application, names, "the manifests hold no application"));
    }
  }
}

}  // namespace syncwright
