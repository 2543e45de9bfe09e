#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>

#include "syncwright/provisioning/mapping_program.h"
#include "syncwright/provisioning/scoping_filter.h"

using namespace syncwright;

namespace {

std::filesystem::path shared_file(const char* name) {
  return std::filesystem::path(SYNCWRIGHT_SHARED_DIR) / name;
}

/// False where the reference material is not beside the project; says so.
bool has_shared() {
  const bool exists = std::filesystem::exists(shared_file("expressions"));
  if (!exists) std::cout << "skipped: ../shared is not here\n";
  return exists;
}

Json load(const char* name) {
  std::ifstream stream(shared_file(name), std::ios::binary);
  std::ostringstream content;
  content << stream.rdbuf();
  auto document = parse_json(content.str());
  if (!document) FAIL(document.error().message);
  return std::move(*document);
}

}  // namespace

TEST_CASE("every documented scoping filter decides as documented") {
  if (!has_shared()) return;
  const Json cases = load("expressions/cases.json")["filterCases"];
  CHECK(cases.size() == 17);
  for (const Json& each : cases) {
    const std::string id = each["id"];
    CAPTURE(id);
    const auto filter = ScopingFilter::compile(each["groups"]);
    if (!filter) FAIL(filter.error());
    const auto attributes = AttributeMap::from_json(each["attributes"]);
    if (!attributes) FAIL(attributes.error());
    const bool expected = each["expected"];
    CHECK(filter->passes(*attributes, NullRule::strict) == expected);
    CHECK(filter->explain(*attributes, NullRule::strict).passes == expected);
  }
}

TEST_CASE("every object mapping of the real documents compiles") {
  if (!has_shared()) return;
  int mappings = 0;
  for (const char* name : {"fixtures/schemas/salesforce-outbound-2017.json",
                           "fixtures/schemas/cloudsync-ad2aad-2021-ou-scope.json",
                           "fixtures/schemas/cloudsync-ad2aad-2025-default.json"}) {
    const Json document = load(name);
    for (const Json& rule : member_or_null(document, "synchronizationRules")) {
      for (const Json& mapping : rule["objectMappings"]) {
        const auto program = MappingProgram::compile(mapping);
        if (!program) FAIL(name << ": " << program.error().front());
        CHECK(program->flows.size() == mapping["attributeMappings"].size());
        ++mappings;
      }
    }
  }
  CHECK(mappings > 10);
}
