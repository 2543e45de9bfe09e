#include "manifest/decode/mapping_test_decoder.h"

#include <string>
#include <utility>

#include "manifest/decode/keys.h"
#include "manifest/decode/mapping_case_decoder.h"
#include "manifest/decode/scalar_fields.h"
#include "manifest/project_path.h"

namespace syncwright {
namespace {

void read_metadata(const Field& field, MappingTest& test) {
  if (!field.expect_mapping()) return;
  Keys keys(field);
  test.name = keys.require("name", as_name).value_or(std::string());
  if (const auto name = keys.find("name")) test.where = name->range();
  keys.done();
}

void read_spec(const Field& field, MappingTest& test) {
  if (!field.expect_mapping()) return;
  Keys keys(field);
  test.application = keys.require("application", as_text).value_or(std::string());
  if (const auto name = keys.find("application")) test.application_where = name->range();
  test.job = keys.read("job", as_text).value_or("default");
  const auto job = keys.find("job");
  test.job_where = job ? job->range() : test.application_where;
  test.schema = keys.read("schema", as_project_file);
  if (const auto schema = keys.find("schema")) test.schema_where = schema->range();
  if (auto cases = keys.require("cases", as_mapping_cases)) test.cases = std::move(*cases);
  keys.done();
}

}  // namespace

std::optional<MappingTest> as_mapping_test(const Field& document) {
  Keys keys(document);
  MappingTest test;
  test.where = document.range();
  for (const char* key : {"apiVersion", "kind", "metadata", "spec"}) {
    if (!keys.has(key)) keys.report_missing(key, "SW1003");
  }
  if (const auto metadata = keys.find("metadata")) read_metadata(*metadata, test);
  if (const auto spec = keys.find("spec")) read_spec(*spec, test);
  keys.done();
  return test;
}

}  // namespace syncwright
