#include <string>

#include "reference.h"
#include "syncwright/provisioning/mapping_program.h"
#include "syncwright/provisioning/scoping_filter.h"

using namespace syncwright;

TEST_CASE("every documented scoping filter decides as documented") {
  if (!reference::is_there()) return;
  const Json cases = reference::load("expressions/cases.json")["filterCases"];
  CHECK(cases.size() == 17);
  for (const Json& each : cases) {
    const std::string id = each["id"];
    CAPTURE(id);
    const auto filter = provisioning::ScopingFilter::compile(each["groups"]);
    if (!filter) FAIL(filter.error());
    const auto attributes = expression::AttributeMap::from_json(each["attributes"]);
    if (!attributes) FAIL(attributes.error());
    const bool expected = each["expected"];
    CHECK(filter->passes(*attributes, provisioning::NullRule::strict) == expected);
    CHECK(filter->explain(*attributes, provisioning::NullRule::strict).passes == expected);
  }
}

TEST_CASE("every object mapping of the real documents compiles") {
  if (!reference::is_there()) return;
  int mappings = 0;
  for (const std::string& name : reference::schemas) {
    const Json document = reference::load(name);
    for (const Json& rule : member_or_null(document, "synchronizationRules")) {
      for (const Json& mapping : rule["objectMappings"]) {
        const auto program = provisioning::MappingProgram::compile(mapping);
        if (!program) FAIL(name << ": " << program.error().front());
        CHECK(program->flows.size() == mapping["attributeMappings"].size());
        ++mappings;
      }
    }
  }
  CHECK(mappings > 10);
}
