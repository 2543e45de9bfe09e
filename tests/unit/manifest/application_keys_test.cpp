#include <doctest/doctest.h>

#include "project_folder.h"

using namespace syncwright;
using namespace syncwright::manifest;

namespace {

model::DesiredApplication with(const std::string& keys) {
  ProjectFolder folder;
  folder.write("manifests/a.yaml", application("a", keys));
  return folder.application();
}

std::string faults_with(const std::string& keys) {
  ProjectFolder folder;
  folder.write("manifests/a.yaml", application("a", keys));
  (void)folder.load();
  return folder.faults;
}

}  // namespace

TEST_CASE("assignments keep their order, and know principal, role and place") {
  const model::DesiredApplication made = with(
      "  assignments:\n"
      "    members:\n"
      "      - {servicePrincipal: Bot, role: User}\n"
      "      - {user: ada@contoso.com, absent: true}\n"
      "      - {group: Sales}\n");
  REQUIRE(made.assignments.has_value());
  CHECK(made.assignments->mode == model::DesiredAssignments::Mode::additive);
  CHECK(made.assignments->where == SourceRange{"manifests/a.yaml", 7, 3, 14});
  const auto& members = made.assignments->members;
  REQUIRE(members.size() == 3);
  CHECK(members[0].type == model::DesiredMember::Type::service_principal);
  CHECK(members[0].principal == "Bot");
  CHECK(members[0].role == "User");
  CHECK(members[1].type == model::DesiredMember::Type::user);
  CHECK(members[1].absent);
  CHECK_FALSE(members[1].role.has_value());
  CHECK(members[2].type == model::DesiredMember::Type::group);
  CHECK(members[2].where.line == 11);
}

TEST_CASE("under exact nobody may be assigned, under additive an empty list means nothing") {
  const model::DesiredApplication made = with("  assignments: {mode: exact, members: []}\n");
  CHECK(made.assignments->mode == model::DesiredAssignments::Mode::exact);
  CHECK(made.assignments->members.empty());
  CHECK(faults_with("  assignments: {members: []}\n").starts_with("SW1013 "));
}

TEST_CASE("one principal with two roles is no duplicate, one without a role twice is") {
  CHECK(with("  assignments: {members: [{group: S, role: A}, {group: S, role: a}, {group: S}, "
             "{user: S}]}\n")
            .assignments->members.size() == 4);
  CHECK(faults_with("  assignments: {members: [{user: A@b.c}, {user: a@B.C}]}\n") ==
        "SW2027 manifests/a.yaml:7:42 the user `a@B.C` has an entry already, by line 7\n");
}

TEST_CASE("every way to adopt") {
  const auto adopt = [](const std::string& value) {
    return with("  lifecycle: {adopt: " + value + "}\n").adopt;
  };
  CHECK(with("").adopt.mode == model::Adopt::Mode::refuse);
  CHECK(adopt("refuse").mode == model::Adopt::Mode::refuse);
  CHECK(adopt("never").mode == model::Adopt::Mode::never);
  CHECK(adopt("by-name").mode == model::Adopt::Mode::by_name);
  const std::string id = "0f8b5a4e-1dd2-430b-a150-2ef79cd700f5";
  CHECK(adopt("0F8B5A4E-1DD2-430B-A150-2EF79CD700F5").mode ==
        model::Adopt::Mode::service_principal);
  CHECK(adopt("0F8B5A4E-1DD2-430B-A150-2EF79CD700F5").id == id);
  CHECK(adopt("{appId: " + id + "}").mode == model::Adopt::Mode::app_id);
  CHECK(adopt("{appId: " + id + "}").id == id);
  CHECK(adopt("by-name").where == SourceRange{"manifests/a.yaml", 7, 22, 29});
}

TEST_CASE("protect and earlier names") {
  CHECK_FALSE(with("").protect.has_value());
  CHECK(with("  lifecycle: {protect: false}\n").protect == false);
  const model::DesiredApplication made = with("  lifecycle: {protect: true, previously: [x, b]}\n");
  CHECK(made.protect == true);
  CHECK(made.previously == std::vector<std::string>{"x", "b"});
}

TEST_CASE("an earlier name that a generated application has is refused") {
  ProjectFolder folder;
  folder.write("manifests/a.yaml", application("a", "  lifecycle: {previously: [x-1]}\n"))
      .write(
          "manifests/set.yaml",
          manifest_text("ApplicationSet", "s",
                        "  forEach: [{n: 1}]\n  template:\n    metadata: {name: \"x-${each.n}\"}\n"
                        "    spec: {gallery: Box, displayName: Box}\n"));
  (void)folder.load();
  CHECK(folder.faults ==
        "SW2026 manifests/a.yaml:7:28 `x-1` is an earlier name of `a`, and a "
        "manifest has it still\n");
}

TEST_CASE("a job that must not exist may be named by template or id") {
  const model::DesiredApplication made =
      with("  jobs:\n    default: {absent: true}\n    b: {absent: true, id: live.1}\n    c: {}\n");
  REQUIRE(made.jobs.size() == 3);
  CHECK(made.jobs[0].key == "b");
  CHECK(made.jobs[0].absent);
  CHECK(made.jobs[0].job_id == "live.1");
  CHECK_FALSE(made.jobs[1].absent);
  CHECK(made.jobs[2].absent);
}

TEST_CASE("selectors: all must hold, together with --only") {
  ProjectFolder folder;
  const auto labelled = [](const std::string& name, const std::string& labels) {
    return "apiVersion: syncwright/v1\nkind: Application\nmetadata: {name: " + name +
           ", labels: {" + labels + "}}\nspec: {gallery: Box, displayName: Box}\n";
  };
  folder.write("manifests/all.yaml", labelled("a", "env: prod, team: x") + "---\n" +
                                         labelled("b", "env: prod, team: y") + "---\n" +
                                         labelled("c", "env: test, team: x"));
  const auto names = [&folder](std::vector<std::string> selectors, std::vector<std::string> only) {
    folder.options.selectors = std::move(selectors);
    folder.options.only = std::move(only);
    std::string text;
    for (const model::DesiredApplication& each : folder.load().desired.applications)
      text += each.name;
    return text + folder.faults;
  };
  CHECK(names({"env=prod"}, {}) == "ab");
  CHECK(names({"env=prod", "team=x"}, {}) == "a");
  CHECK(names({"env=prod"}, {"b"}) == "b");
  CHECK(names({"env=prod"}, {"c"}) ==
        "SW2022 :0:0 no application matches every --selector and --only\n");
  CHECK(names({"env="}, {}) == "SW2022 :0:0 --selector env= matches no application\n");
}

TEST_CASE("ids are in small letters, as Graph writes them; names are as written") {
  const char* small = "8b1025e4-1dd2-430b-a150-2ef79cd700f5";
  ProjectFolder folder;
  folder.write("manifests/a.yaml",
               manifest_text("Application", "a",
                             "  gallery: 8B1025E4-1DD2-430B-A150-2EF79CD700F5\n  displayName: Box\n"
                             "  assignments:\n    members:\n"
                             "      - {user: 8B1025E4-1DD2-430B-A150-2EF79CD700F5, role: "
                             "8B1025E4-1DD2-430B-A150-2EF79CD700F5}\n"
                             "      - {group: Sales ABC, role: ABC}\n"
                             "  jobs: {one: {id: 8B1025E4-1DD2-430B-A150-2EF79CD700F5}, "
                             "two: {id: Box.ABC}}\n"));
  const model::DesiredApplication made = folder.application();
  CHECK(made.gallery == small);
  REQUIRE(made.assignments->members.size() == 2);
  CHECK(made.assignments->members[0].principal == small);
  CHECK(made.assignments->members[0].role == small);
  CHECK(made.assignments->members[1].principal == "Sales ABC");
  CHECK(made.assignments->members[1].role == "ABC");
  CHECK(made.jobs[0].job_id == small);
  CHECK(made.jobs[1].job_id == "Box.ABC");
}
