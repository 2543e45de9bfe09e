#include <doctest/doctest.h>
#include <fmt/format.h>

#include "project_folder.h"

using namespace syncwright;
using namespace syncwright::manifest;
namespace fs = std::filesystem;

namespace {

constexpr const char* form =
    "  template:\n"
    "    metadata: {name: \"aws-${each.name}\", labels: {region: \"${each.region}\"}}\n"
    "    spec:\n"
    "      gallery: AWS\n"
    "      displayName: AWS ${each.name}\n"
    "      scope: ${each.scope}\n";

std::string set_from(const std::string& file, const std::string& more = "") {
  return manifest_text("ApplicationSet", "aws", "  from: " + file + "\n" + form + more);
}

}  // namespace

TEST_CASE("500 rows make 500 applications with the right names, rows and labels") {
  ProjectFolder project;
  std::string csv = "name,region,scope\n";
  for (int index = 0; index < 500; ++index) {
    csv += fmt::format("{:03},eu-{},{}\n", index, index % 3, index % 2 == 0 ? "all" : "assigned");
  }
  project.write("manifests/set.yaml", set_from("rows.csv")).write("manifests/rows.csv", csv);
  const Loaded loaded = project.load();
  CHECK(project.faults == "");
  REQUIRE(loaded.desired.applications.size() == 500);
  CHECK(loaded.desired.complete);
  CHECK(loaded.desired.empty_sets.empty());
  for (int index = 0; index < 500; ++index) {
    const model::DesiredApplication& made =
        loaded.desired.applications[static_cast<std::size_t>(index)];
    CAPTURE(index);
    CHECK(made.name == fmt::format("aws-{:03}", index));
    CHECK(made.display_name == fmt::format("AWS {:03}", index));
    CHECK(made.labels->at("region") == fmt::format("eu-{}", index % 3));
    CHECK(made.scope == (index % 2 == 0 ? model::Scope::all : model::Scope::assigned));
    CHECK(made.row == SourceRange{"manifests/rows.csv", index + 2, 1, 4});
    CHECK(made.where == SourceRange{"manifests/set.yaml", 7, 22, 40});
    CHECK(made.scope_where == SourceRange{"manifests/set.yaml", 11, 14, 27});
  }
}

TEST_CASE("CSV, YAML, JSON and rows in the manifest mean the same") {
  const std::pair<const char*, const char*> files[] = {
      {"rows.csv", "region,name,scope\n\"a,b\",one,all\n,two,assigned\n"},
      {"rows.yaml",
       "- {name: one, region: 'a,b', scope: all}\n- {name: two, region: \"\", scope: assigned}\n"},
      {"rows.json", R"([{"name": "one", "region": "a,b", "scope": "all"},
                        {"name": "two", "region": "", "scope": "assigned"}])"}};
  std::string digest;
  for (const auto& [file, text] : files) {
    CAPTURE(file);
    ProjectFolder project;
    // An empty label is refused: the region goes where a text may be empty.
    std::string set = set_from(std::string("../data/") + file);
    set.replace(set.find(", labels"), set.find("}\n    spec") - set.find(", labels"), "");
    set += "      credentials: {values: {InstanceName: \"-${each.region}\"}}\n";
    project.write("manifests/set.yaml", set).write(fs::path("data") / file, text);
    const Loaded loaded = project.load();
    CHECK(project.faults == "");
    CHECK(loaded.desired.applications.size() == 2);
    if (digest.empty()) digest = model::manifest_digest(loaded.desired);
    CHECK(model::manifest_digest(loaded.desired) == digest);
  }
}

TEST_CASE("a value that is one reference takes its field's type, and a part of a text does not") {
  ProjectFolder project;
  project.write("manifests/set.yaml",
                manifest_text("ApplicationSet", "s",
                              "  forEach: [{name: a, limit: 5, mail: true, text: \"7\"}]\n"
                              "  template:\n"
                              "    metadata: {name: \"${each.name}\"}\n"
                              "    spec:\n      gallery: Box\n      displayName: ${each.text}\n"
                              "      deletions: {threshold: \"${each.limit}\"}\n"
                              "      notifications: {enabled: \"${each.mail}\"}\n"));
  const model::DesiredApplication made = project.application();
  CHECK(made.display_name == "7");
  CHECK(made.deletions->threshold == 5);
  CHECK(made.notifications->enabled == true);
  CHECK(made.row == SourceRange{"manifests/set.yaml", 5, 13, 0});
}

TEST_CASE("cells are not looked at again, and variables of the manifest are") {
  ProjectFolder project;
  project.options.variables["v"] = "${each.name}";
  project
      .write("manifests/set.yaml",
             manifest_text(
                 "ApplicationSet", "s",
                 "  from: rows.csv\n  template:\n    metadata: {name: \"${each.name}\"}\n"
                 "    spec: {gallery: \"${each.x}\", displayName: \"${var.v} $${each.x}\"}\n"))
      .write("manifests/rows.csv", "name,x\na,${var.v}${each.name}\n");
  const model::DesiredApplication made = project.application();
  CHECK(made.gallery == "${var.v}${each.name}");
  CHECK(made.display_name == "${each.name} ${each.x}");
}

TEST_CASE("an override is joined with the template before the row fills it") {
  ProjectFolder project;
  project
      .write("manifests/set.yaml",
             set_from("rows.csv",
                      "      jobs: {default: {state: started}}\n"
                      "  overrides:\n"
                      "    \"aws-${var.which}\":\n"
                      "      metadata: {labels: {owner: \"${each.name}!\"}}\n"
                      "      spec: {jobs: {default: {state: paused}, more: {}}}\n"))
      .write("manifests/rows.csv", "name,region,scope\na,x,all\nb,x,all\n");
  project.options.variables["which"] = "b";
  const Loaded loaded = project.load();
  REQUIRE(project.faults == "");
  const auto& made = loaded.desired.applications;
  CHECK(*made[0].labels == model::Labels{{"region", "x"}});
  CHECK(made[0].jobs.size() == 1);
  CHECK(*made[1].labels == model::Labels{{"region", "x"}, {"owner", "b!"}});
  REQUIRE(made[1].jobs.size() == 2);
  CHECK(made[1].jobs[0].state == model::JobState::paused);
  CHECK(made[1].jobs[0].state_where->line == 16);
}

TEST_CASE("generated applications are found by --only and by their labels") {
  ProjectFolder project;
  project.write("manifests/set.yaml", set_from("rows.csv"))
      .write("manifests/rows.csv", "name,region,scope\na,x,all\nb,y,all\nc,y,all\n");
  project.options.only = {"aws-b"};
  CHECK(project.application().name == "aws-b");
  project.options.only.clear();
  project.options.selectors = {"region=x"};
  CHECK(project.application().name == "aws-a");
  CHECK_FALSE(project.load().desired.complete);
}

TEST_CASE("sets without rows are told apart from no set at all") {
  ProjectFolder project;
  project.write("manifests/set.yaml", set_from("rows.csv")).write("manifests/rows.csv", "name\n");
  const Loaded loaded = project.load();
  CHECK(project.faults == "");
  REQUIRE(loaded.desired.empty_sets.size() == 1);
  CHECK(loaded.desired.empty_sets[0] == SourceRange{"manifests/set.yaml", 5, 9, 17});
  CHECK_FALSE(loaded.desired.complete);
}

TEST_CASE("a link that leads the file of rows out of the project is refused") {
  ProjectFolder project;
  project.write("outside.csv", "name,region,scope\na,x,all\n")
      .write("team/syncwright.yaml",
             "apiVersion: syncwright/v1\nkind: Project\nmetadata: {name: p}\n")
      .write("team/manifests/set.yaml", set_from("rows.csv"));
  fs::create_symlink(project.path() / "outside.csv", project.path() / "team/manifests/rows.csv");
  project.options.working_folder = project.path() / "team";
  (void)project.load();
  CHECK(project.faults == "SW2009 manifests/set.yaml:5:9 `rows.csv` lies outside of the project\n");
}

TEST_CASE("a fault of the template is told once, one of a row with its row") {
  ProjectFolder project;
  project.write("manifests/set.yaml", set_from("rows.csv", "      deletions: {threshold: 0}\n"))
      .write("manifests/rows.csv", "name,region,scope\na,x,all\nB C,y,all\nc,,some\n");
  (void)project.load();
  CHECK(project.faults ==
        "SW1005 manifests/rows.csv:4:4 `scope` must be one of assigned, all, found `some`\n"
        "SW1006 manifests/set.yaml:7:22 `aws-B C` is no name (row manifests/rows.csv:3:1)\n"
        "SW1009 manifests/set.yaml:12:30 `threshold` must lie between 1 and 2147483647, found 0\n");
}

TEST_CASE("more rows than a set may have are refused") {
  ProjectFolder project;
  std::string csv = "name,region,scope\n";
  for (int index = 0; index < 10'001; ++index) csv += fmt::format("{},x,all\n", index);
  project.write("manifests/set.yaml", set_from("rows.csv")).write("manifests/rows.csv", csv);
  (void)project.load();
  CHECK(project.faults == "SW0103 manifests/set.yaml:5:9 10001 rows, 10000 at most\n");
}

TEST_CASE("a row that may hold a secret is never shown") {
  ProjectFolder project;
  const std::string with_token =
      set_from("rows.csv", "      credentials: {values: {SecretToken: \"${each.region}\"}}\n");
  project.write("manifests/set.yaml", with_token)
      .write("manifests/rows.csv", "name,region,scope\na,hunter2,some\n");
  const Loaded loaded = project.load();
  CHECK(project.faults.find("SW1005 manifests/rows.csv:2:11") != std::string::npos);
  CHECK(project.faults.find("hunter2") == std::string::npos);
  for (const SourceText& text : loaded.texts) CHECK(text.file == "manifests/set.yaml");
}
