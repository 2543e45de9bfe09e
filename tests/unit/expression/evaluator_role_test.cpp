#include <array>

#include "evaluator_cases.h"

using namespace syncwright;
using namespace syncwright::expression;

namespace {

std::string with_roles(std::string_view text, std::span<const AppRole> roles,
                       std::string_view attributes = {}) {
  const AttributeMap map = attributes_from(attributes);
  EvaluationInput input{.attributes = map};
  input.roles = roles;
  return shown(Evaluator(parsed_expression(text)).evaluate(input));
}

const std::array<AppRole, 2> kRoles = {{{"id-1", "admin", "Administrator"}, {"id-2", "", "Guest"}}};

}  // namespace

TEST_CASE("role functions give what the object is assigned") {
  CHECK(with_roles("SingleAppRoleAssignment([appRoleAssignments])", kRoles) == "admin");
  CHECK(with_roles("AppRoleAssignments([appRoleAssignments])", kRoles) == R"(["admin","Guest"])");
  const Json complex = {R"({"id":"id-1","value":"admin","displayName":"Administrator"})",
                        R"({"id":"id-2","value":"","displayName":"Guest"})"};
  CHECK(with_roles("AppRoleAssignmentsComplex([appRoleAssignments])", kRoles) == complex.dump());
  CHECK(with_roles("AssertiveAppRoleAssignmentsComplex([appRoleAssignments])", kRoles) ==
        complex.dump());
}

TEST_CASE("without roles there is no value") {
  for (const char* expression :
       {"SingleAppRoleAssignment([r])", "AppRoleAssignments([r])", "AppRoleAssignmentsComplex([r])",
        "AssertiveAppRoleAssignmentsComplex([r])"}) {
    CHECK(with_roles(expression, {}) == "null");
  }
}

TEST_CASE("an attribute may stand for the roles") {
  const char* const attributes =
      R"({"r": ["plain", {"id": "7", "value": "v", "displayName": "V"}]})";
  CHECK(with_roles("AppRoleAssignments([r])", {}, attributes) == R"(["plain","v"])");
  CHECK(with_roles("SingleAppRoleAssignment([r])", {}, R"({"r": "only"})") == "only");
}
