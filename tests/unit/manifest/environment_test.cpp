#include <doctest/doctest.h>

#include "project_folder.h"
#include "syncwright/core/diagnostic_catalog.h"

using namespace syncwright;
using namespace syncwright::manifest;

namespace {

std::string project(const std::string& spec) {
  return manifest_text("Project", "contoso", spec);
}

constexpr const char* two_environments =
    "  environments:\n"
    "    dev: {variables: {a: dev, b: dev, c: dev}}\n"
    "    prod:\n"
    "      tenant: 8B1025E4-1DD2-430B-A150-2EF79CD700F5\n"
    "      cloud: usgovdod\n"
    "      variables: {a: prod, b: prod, c: prod}\n"
    "      writers: [ci@contoso.com]\n";

}  // namespace

TEST_CASE("variables: the environment, then --var-file, then --var") {
  ProjectFolder folder;
  folder.write("syncwright.yaml", project(two_environments))
      .write("manifests/a.yaml",
             manifest_text("Application", "a",
                           "  gallery: Box\n  displayName: ${var.a} ${var.b} ${var.c}\n"))
      .write("vars.json", R"({"b": "file", "c": "file"})");
  folder.options.variable_files = {"vars.json"};
  folder.options.variables["c"] = "flag";
  folder.options.environment = "prod";
  CHECK(folder.application().display_name == "prod file flag");
  folder.options.environment = "dev";
  const Loaded dev = folder.load();
  REQUIRE(dev.desired.applications.size() == 1);
  CHECK(dev.desired.applications[0].display_name == "dev file flag");
}

TEST_CASE("a value of --var is text, as everything in a manifest") {
  ProjectFolder folder;
  folder.write("syncwright.yaml", project(two_environments))
      .write("manifests/a.yaml",
             manifest_text("Application", "a", "  gallery: Box\n  displayName: ${var.a}\n"));
  folder.options.environment = "prod";
  folder.options.variables["a"] = "q\xff";
  (void)folder.load();
  CHECK(folder.faults == "SW0106 :0:0 --var a: byte 0xFF is not valid UTF-8 here\n");
}

TEST_CASE("an environment that is used and does not say its tenant is warned of") {
  ProjectFolder folder;
  folder.write("syncwright.yaml", project(two_environments))
      .write("manifests/a.yaml", application("a"));
  folder.options.environment = "dev";
  (void)folder.load();
  CHECK(folder.faults ==
        "SW2019 syncwright.yaml:6:5 the environment `dev` does not say its tenant\n");
  CHECK_FALSE(folder.has_errors);
  folder.options.environment = "prod";
  (void)folder.load();
  CHECK(folder.faults == "");
}

TEST_CASE("the environment says which tenant, cloud and writers are meant") {
  ProjectFolder folder;
  folder.write("syncwright.yaml", project(two_environments))
      .write("manifests/a.yaml", application("a"));
  folder.options.environment = "prod";
  const model::Desired prod = folder.load().desired;
  CHECK(prod.environment == "prod");
  CHECK(prod.tenant_id == "8b1025e4-1dd2-430b-a150-2ef79cd700f5");
  CHECK(prod.cloud == "usgovdod");
  CHECK(prod.writers == std::vector<std::string>{"ci@contoso.com"});
  folder.options.environment = "dev";
  const model::Desired dev = folder.load().desired;
  CHECK(dev.environment == "dev");
  CHECK_FALSE(dev.tenant_id.has_value());
  CHECK(dev.cloud.empty());
  CHECK(manifest_digest(dev) != manifest_digest(prod));
}

TEST_CASE("without an environment manifests are checked, and no variable seems missing") {
  ProjectFolder folder;
  folder.write("syncwright.yaml", project(two_environments))
      .write("manifests/a.yaml", application("\"${var.a}\""))
      .write("manifests/b.yaml", application("b", "  scop: all\n"));
  CHECK(folder.load().files == 2);
  CHECK(folder.faults ==
        "SW1001 manifests/b.yaml:7:3 `spec` has no key `scop`\n"
        "SW2020 syncwright.yaml:0:0 the project has environments, and none is chosen\n");
  folder.options.environment = "Prod";
  folder.options.only = {"${var.a}"};
  (void)folder.load();
  CHECK(folder.faults ==
        "SW1001 manifests/b.yaml:7:3 `spec` has no key `scop`\n"
        "SW2021 syncwright.yaml:0:0 -e names `Prod`, which the project does not declare\n");
}

TEST_CASE("guards keep their defaults where they are left out") {
  ProjectFolder folder;
  folder.write("manifests/a.yaml", application("a"))
      .write("syncwright.yaml",
             project("  guards: {maxDeletes: 3, maxAssignmentRemovals: {count: 1}}\n"));
  const model::Guards guards = folder.load().desired.guards;
  CHECK(folder.faults == "");
  CHECK(guards.max_deletes == 3);
  CHECK(guards.max_assignment_removals_count == 1);
  CHECK(guards.max_assignment_removals_percent == 25);
  CHECK(guards.max_updates_percent == 30);
  CHECK(guards.floor == 10);
  CHECK(guards.secrets_put == model::SecretsPut::complete);
}

TEST_CASE("a project's severities change what load reports, and whether it is an error") {
  ProjectFolder folder;
  folder.write("manifests/a.yaml", application("a", "  credentials: {values: {Domain: yes}}\n"));
  const auto level = [&folder](const std::string& word) {
    folder.write("syncwright.yaml", project("  severity: {SW0109: " + word + "}\n"));
    Diagnostics diagnostics;
    CHECK(load(folder.options, diagnostics).desired.severities.size() == 1);
    REQUIRE(diagnostics.size() == 1);
    CHECK(diagnostics.has_errors() == (word == "error"));
    return diagnostics.items()[0].severity;
  };
  CHECK(level("error") == Severity::error);
  CHECK(level("warning") == Severity::warning);
  CHECK(level("note") == Severity::note);
}

TEST_CASE("errors about what was not understood cannot be lowered") {
  for (const CatalogEntry& entry : diagnostic_catalog()) {
    CAPTURE(entry.code);
    const bool lint = entry.code.starts_with("SW31") || entry.code.starts_with("SW32");
    CHECK(may_be_lowered(entry) == (lint || entry.severity != Severity::error));
  }
  Diagnostics found;
  found.add(Code::SW0109, {}, "a");
  found.add(Code::SW1001, {}, "b");
  const Diagnostics changed = with_severities(found, {{"SW0109", Severity::note}});
  CHECK(changed.items()[0].severity == Severity::note);
  CHECK(changed.items()[1].severity == Severity::error);
}
