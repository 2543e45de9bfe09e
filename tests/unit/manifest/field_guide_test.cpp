#include "syncwright/manifest/field_guide.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

using namespace syncwright;
using namespace syncwright::manifest;

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

TEST_CASE("a field is found by its path in a manifest, or by its name") {
  const auto paths = [](const char* word) {
    std::string text;
    for (const FieldPage& page : find_fields(word)) text += page.path + " ";
    return text;
  };
  CHECK(paths("spec") == "spec ");
  CHECK(paths("spec.scope") == "spec.scope ");
  CHECK(paths("spec.jobs.default.schema.mode") == "spec.jobs.schema.mode ");
  CHECK(paths("spec.template.spec.jobs.scim.state") == "spec.jobs.state ");
  CHECK(paths("spec.template.metadata.labels") == "metadata.labels ");
  CHECK(paths("spec.overrides.aws-payroll.spec.lifecycle.protect") == "spec.lifecycle.protect ");
  CHECK(paths("spec.environments.prod.cloud") == "spec.environments.cloud ");
  CHECK(paths("spec.jobs.default.schema.mappings.attributes.officeCode.flowType") ==
        "spec.jobs.schema.mappings.attributes.flowType ");
  CHECK(paths("spec.credentials.values.SecretToken.env") == "spec.credentials.values.env ");
  CHECK(paths("command") == "spec.credentials.values.command ");
  CHECK(paths("forEach") == "spec.forEach ");
  CHECK(paths("matchingPriority") == "spec.jobs.schema.mappings.attributes.matchingPriority ");
  CHECK(paths("rule") == "spec.jobs.schema.attributes.rule spec.jobs.schema.mappings.rule ");
  CHECK(paths("expressions.branches") == "spec.expressions.branches ");
  CHECK(paths("jobs.schema.mode") == "spec.jobs.schema.mode ");
  for (const char* unknown : {"", "matching", "spec.jobs.default.stat", "schemas.mode"}) {
    CAPTURE(unknown);
    CHECK(find_fields(unknown).empty());
  }
}

TEST_CASE("a set's template is explained by the Application's pages") {
  for (const FieldPage& page : field_guide()) {
    CAPTURE(page.path);
    CHECK_FALSE(page.path.starts_with("spec.template.spec."));
    CHECK_FALSE(page.path.starts_with("spec.overrides.spec."));
  }
}

TEST_CASE("every kind has a page of its own fields") {
  std::string kinds;
  for (const KindPage& page : kind_guide()) {
    CAPTURE(page.kind);
    kinds += page.kind + " ";
    CHECK_FALSE(page.summary.empty());
    CHECK(page.fields.front().path == "apiVersion");
    for (const FieldPage& field : page.fields) {
      const auto found = find_fields(page.kind + "." + field.path);
      REQUIRE(found.size() == 1);
      CHECK(found.front().text == field.text);
    }
  }
  CHECK(kinds == "Application ApplicationSet MappingSet MappingTest Project ");
  CHECK(find_kind("mappingset") == &kind_guide()[2]);
  CHECK(find_kind("Mapping") == nullptr);
}

TEST_CASE("a field is looked for in the kind that stands before it") {
  const auto text = [](const char* word) {
    const auto found = find_fields(word);
    return found.size() == 1 ? found.front().text : std::string();
  };
  CHECK(text("MappingTest.spec.application").starts_with("The application's name"));
  CHECK(text("mappingtest.metadata.name").starts_with("The test's name"));
  CHECK(text("Project.metadata.name").starts_with("The project's name"));
  CHECK(text("ApplicationSet.spec.template.spec.jobs.default.state") == text("spec.jobs.state"));
  CHECK(text("ApplicationSet.spec.overrides.a.spec.scope") == text("spec.scope"));
  CHECK(text("Application.spec.from").empty());
  CHECK(text("ApplicationSet.spec.scope").empty());
}
