#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "syncwright/manifest/loader.h"
#include "syncwright/provisioning/mapping_program.h"
#include "syncwright/schema/synchronization_schema.h"

namespace syncwright::mapping_tests {

/// The object mappings that the cases of one MappingTest run through.
///
/// A manifest holds a part of a job's schema only, so a test has to say what the rest is. There are
/// three answers, in this order: the schema document that the test names, the whole document that
/// the job names, the manifest alone. Over a document the manifest is laid as a plan lays it over
/// the live schema (docs/architecture.md#decision-3): a test that ran anything else would pass
/// where the tenant does something different.
///
/// A mapping is compiled once, however many cases use it. What cannot be read, laid over, found or
/// compiled goes to the diagnostics once, and program() is nullptr from then on.
class TestedMappings {
 public:
  TestedMappings(const model::MappingTest& test, const model::DesiredJob& job,
                 provisioning::ProvisioningSettings settings, Diagnostics& diagnostics);

  /// nullptr where there is none, and the diagnostics say why. Valid as long as this object.
  [[nodiscard]] const provisioning::MappingProgram* program(
      const model::MappingTestCase& test_case);

  /// Whether nothing flows to the attribute because the manifest says so.
  [[nodiscard]] bool leaves_out(const model::MappingTestCase& test_case,
                                const std::string& attribute) const;

 private:
  void read_schema();
  void overlay_manifest(const schema::SynchronizationSchema& saved);
  [[nodiscard]] std::optional<Json> saved_mapping(const model::MappingTestCase& test_case);
  [[nodiscard]] std::optional<Json> manifest_mapping(const model::MappingTestCase& test_case) const;

  const model::MappingTest& test_;
  const model::DesiredJob& job_;
  provisioning::ProvisioningSettings settings_;
  Diagnostics& diagnostics_;
  std::optional<schema::SynchronizationSchema> schema_;  ///< overlaid
  /// By rule, source and target object as the cases name them.
  std::map<std::string, std::unique_ptr<const provisioning::MappingProgram>> programs_;
};

}  // namespace syncwright::mapping_tests
