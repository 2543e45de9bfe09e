#include "mapping_tests/tested_mappings.h"

#include <fmt/format.h>

#include "syncwright/core/file.h"
#include "syncwright/manifest/job_schema.h"
#include "syncwright/schema/customization.h"
#include "syncwright/schema/overlay.h"
#include "syncwright/schema/part_json.h"

namespace syncwright::mapping_tests {
namespace {

bool agrees(const std::string& asked, const std::string& given) {
  return asked.empty() || asked == given;
}

std::string key_of(const model::MappingTestCase& test_case) {
  return test_case.rule + '\n' + test_case.object + '\n' + test_case.target_object;
}

}  // namespace

TestedMappings::TestedMappings(const model::MappingTest& test, const model::DesiredJob& job,
                               provisioning::ProvisioningSettings settings,
                               Diagnostics& diagnostics)
    : test_(test), job_(job), settings_(settings), diagnostics_(diagnostics) {
  if (test_.schema) {
    read_schema();
  } else if (job_.base_schema) {
    overlay_manifest(*job_.base_schema->document);
  }
}

void TestedMappings::read_schema() {
  auto text = read_file(*test_.schema);
  auto schema = text ? schema::SynchronizationSchema::decode(std::move(*text))
                     : Result<schema::SynchronizationSchema>(fail(text.error()));
  if (!schema) {
    diagnostics_.add(Code::SW2015, test_.schema_where,
                     fmt::format("the saved schema cannot be used: {}", describe(schema.error())),
                     "save the job's schema again");
    return;
  }
  overlay_manifest(*schema);
}

void TestedMappings::overlay_manifest(const schema::SynchronizationSchema& saved) {
  if (!job_.schema) {
    schema_ = saved;
    return;
  }
  auto overlaid = schema::overlay(saved, *job_.schema);
  if (overlaid) {
    schema_ = std::move(*overlaid);
    return;
  }
  for (schema::OverlayProblem& problem : overlaid.error()) {
    const SourceRange where = problem.where.file.empty() ? test_.schema_where : problem.where;
    diagnostics_.add(problem.code, where, std::move(problem.message),
                     fmt::format("the schema is the saved one of the test {}", test_.name));
  }
}

std::optional<Json> TestedMappings::saved_mapping(const model::MappingTestCase& test_case) {
  if (!schema_) {
    return std::nullopt;  // reported
  }
  std::vector<std::string> there;
  const schema::ObjectMapping* found = nullptr;
  std::size_t count = 0;
  for (const schema::SynchronizationRule& rule : schema_->rules()) {
    for (const schema::ObjectMapping& mapping : rule.object_mappings) {
      there.push_back(fmt::format("{}/{}->{}", rule.name, mapping.source_object_name,
                                  mapping.target_object_name));
      if (mapping.source_object_name == test_case.object &&
          agrees(test_case.target_object, mapping.target_object_name) &&
          (agrees(test_case.rule, rule.name) || test_case.rule == rule.id)) {
        found = &mapping;
        ++count;
      }
    }
  }
  if (count != 1) {
    diagnostics_.add(Code::SW2013, test_case.object_where,
                     fmt::format("{} object mappings of the saved schema are of `{}`",
                                 count == 0 ? "no" : std::to_string(count), test_case.object),
                     fmt::format("there is: {}", fmt::join(there, ", ")));
    return std::nullopt;
  }
  return std::optional(schema::part_json(*schema_, found->span));
}

std::optional<Json> TestedMappings::manifest_mapping(
    const model::MappingTestCase& test_case) const {
  if (!job_.schema) {
    return std::nullopt;  // the loader has reported it, as it has what comes out double
  }
  const manifest::MeantMapping meant = manifest::find_meant_mapping(*job_.schema, test_case);
  return meant.number == 1 ? std::optional(schema::to_object_mapping(meant.request)) : std::nullopt;
}

bool TestedMappings::leaves_out(const model::MappingTestCase& test_case,
                                const std::string& attribute) const {
  if (!job_.schema) {
    return false;
  }
  const manifest::MeantMapping meant = manifest::find_meant_mapping(*job_.schema, test_case);
  return meant.number == 1 && manifest::leaves_out(*job_.schema, meant.request, attribute);
}

const provisioning::MappingProgram* TestedMappings::program(
    const model::MappingTestCase& test_case) {
  const auto [place, is_new] = programs_.try_emplace(key_of(test_case));
  if (!is_new) {
    return place->second.get();
  }
  const bool is_saved = test_.schema || job_.base_schema;
  const auto json = is_saved ? saved_mapping(test_case) : manifest_mapping(test_case);
  if (!json) {
    return nullptr;
  }
  auto compiled = provisioning::MappingProgram::compile(*json, settings_);
  if (!compiled) {
    for (const std::string& problem : compiled.error()) {
      diagnostics_.add(Code::SW2015, test_case.object_where, problem, {});
    }
    return nullptr;
  }
  place->second = std::make_unique<const provisioning::MappingProgram>(std::move(*compiled));
  return place->second.get();
}

}  // namespace syncwright::mapping_tests
