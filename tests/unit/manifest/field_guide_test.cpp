#include "syncwright/manifest/field_guide.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

using namespace syncwright;

namespace {

bool has_page(const std::string& path) {
  const auto& pages = field_guide();
  return std::any_of(pages.begin(), pages.end(),
                     [&path](const FieldPage& page) { return page.path == path; });
}

}  // namespace

TEST_CASE("every kind's fields have a page") {
  for (const char* path :
       {"spec.assignments.members.servicePrincipal", "spec.lifecycle.adopt.appId",
        "spec.lifecycle.previously", "spec.jobs.absent", "spec.jobs.schema.include",
        "spec.jobs.schema.file", "spec.jobs.schema.mappings.attributes.define.mutability",
        "spec.from", "spec.forEach", "spec.template", "spec.overrides", "spec.mappings.attributes",
        "spec.attributes.mutability", "spec.environments.tenant", "spec.environments.cloud",
        "spec.environments.variables", "spec.environments.writers",
        "spec.guards.maxAssignmentRemovals.percent", "spec.severity"}) {
    CAPTURE(path);
    CHECK(has_page(path));
  }
}

TEST_CASE("a set's template is explained by the Application's pages") {
  for (const FieldPage& page : field_guide()) {
    CAPTURE(page.path);
    CHECK_FALSE(page.path.starts_with("spec.template.spec."));
    CHECK_FALSE(page.path.starts_with("spec.overrides.spec."));
  }
}
