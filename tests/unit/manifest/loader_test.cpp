#include "syncwright/manifest/loader.h"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include "syncwright/core/file.h"
#include "unit/temporary_folder.h"

using namespace syncwright;
using namespace syncwright::manifest;
namespace fs = std::filesystem;

namespace {

std::string application(const std::string& name, const std::string& more = "") {
  return fmt::format(
      "apiVersion: syncwright/v1\nkind: Application\nmetadata: {{name: {}}}\n"
      "spec:\n  gallery: Box\n  displayName: Box\n{}",
      name, more);
}

constexpr const char* project =
    "apiVersion: syncwright/v1\nkind: Project\nmetadata: {name: contoso}\n";

void write(const TemporaryFolder& folder, const fs::path& file, std::string_view text) {
  REQUIRE(write_file_atomically(folder.path() / file, text).has_value());
}

struct Reading {
  Loaded loaded;
  std::string names;  ///< of the applications
  std::string codes;  ///< of the diagnostics
};

Reading run(const LoadOptions& options) {
  Diagnostics diagnostics;
  Reading outcome{load(options, diagnostics), {}, {}};
  for (const auto& each : outcome.loaded.desired.applications) outcome.names += each.name + " ";
  for (const auto& each : diagnostics.items())
    outcome.codes += std::string(to_string(each.code)) + " ";
  return outcome;
}

LoadOptions in(const fs::path& folder) {
  LoadOptions options;
  options.working_folder = folder;
  return options;
}

}  // namespace

TEST_CASE("--project names the project of a folder without a file, and no other") {
  const TemporaryFolder folder;
  write(folder, "manifests/a.yaml", application("a"));
  LoadOptions options = in(folder.path());
  options.project = "contoso";
  const Reading by_flag = run(options);
  CHECK(by_flag.codes.empty());
  CHECK(by_flag.loaded.desired.project == "contoso");
  CHECK(by_flag.loaded.desired.previously.empty());

  write(folder, "syncwright.yaml",
        "apiVersion: syncwright/v1\nkind: Project\nmetadata: {name: contoso, previously: "
        "[default]}\n");
  const Reading of_both = run(options);
  CHECK(of_both.codes.empty());
  CHECK(of_both.loaded.desired.previously == std::vector<std::string>{"default"});
  options.project = "fabrikam";
  CHECK(run(options).codes == "SW1019 ");
}

TEST_CASE("without a project file the project is `default`, and `manifests` is read") {
  const TemporaryFolder folder;
  write(folder, "manifests/b.yaml", application("b") + "---\n" + application("a"));
  write(folder, "manifests/sub/c.yml", application("c"));
  const Reading outcome = run(in(folder.path()));
  CHECK(outcome.codes.empty());
  CHECK(outcome.names == "a b c ");
  CHECK(outcome.loaded.desired.project == "default");
  CHECK(outcome.loaded.desired.complete);
  CHECK(outcome.loaded.root == folder.path());
  CHECK(outcome.loaded.files == 2);
  CHECK(outcome.loaded.texts.empty());
}

TEST_CASE("the project is the nearest syncwright.yaml at or above PATH") {
  const TemporaryFolder folder;
  write(folder, "team/syncwright.yaml", project);
  write(folder, "team/manifests/aws/a.yaml", application("a"));
  write(folder, "team/manifests/b.yaml", application("b"));
  const fs::path root = folder.path() / "team";
  for (const char* path :
       {"team/manifests/aws", "team/manifests/aws/a.yaml", "./team/../team/manifests/aws/"}) {
    CAPTURE(path);
    LoadOptions options = in(folder.path());
    options.paths = {path};
    const Reading outcome = run(options);
    CHECK(outcome.codes.empty());
    CHECK(outcome.names == "a ");
    CHECK(outcome.loaded.desired.project == "contoso");
    CHECK_FALSE(outcome.loaded.desired.complete);
    CHECK(outcome.loaded.root == root);
  }
  const Reading inside = run(in(root / "manifests" / "aws"));
  CHECK(inside.names == "a b ");
  CHECK(inside.loaded.desired.complete);
  CHECK(find_project_root("nowhere/at/all", folder.path()) == folder.path());
  CHECK(find_project_root("team/not/there", folder.path()) == root);
  CHECK(find_project_root("team/syncwright.yaml", folder.path()) == root);
}

TEST_CASE("overlapping paths are read once") {
  const TemporaryFolder folder;
  write(folder, "manifests/a.yaml", application("a"));
  LoadOptions options = in(folder.path());
  options.paths = {"manifests", "manifests/a.yaml", folder.path() / "manifests"};
  const Reading outcome = run(options);
  CHECK(outcome.codes.empty());
  CHECK(outcome.loaded.files == 1);
}

TEST_CASE("--only keeps the named applications, and the plan is not complete") {
  const TemporaryFolder folder;
  write(folder, "manifests/all.yaml", application("a") + "---\n" + application("b"));
  LoadOptions options = in(folder.path());
  options.only = {"b"};
  const Reading outcome = run(options);
  CHECK(outcome.names == "b ");
  CHECK_FALSE(outcome.loaded.desired.complete);
}

TEST_CASE("no application at all is not complete") {
  const TemporaryFolder folder;
  write(folder, "manifests/none.yaml", "# all gone\n");
  const Reading outcome = run(in(folder.path()));
  CHECK(outcome.codes == "SW0111 ");
  CHECK_FALSE(outcome.loaded.desired.complete);
  fs::remove(folder.path() / "manifests/none.yaml");
  CHECK(run(in(folder.path())).codes == "SW0107 ");
}

TEST_CASE("hidden files and links to folders are not followed") {
  const TemporaryFolder folder;
  write(folder, "manifests/a.yaml", application("a"));
  write(folder, "manifests/.b.yaml", "[");
  write(folder, "manifests/.git/c.yaml", "[");
  fs::create_directory_symlink(folder.path() / "manifests", folder.path() / "manifests/loop");
  const Reading outcome = run(in(folder.path()));
  CHECK(outcome.names == "a ");
  CHECK(outcome.codes == "SW0111 ");
}

TEST_CASE("the input is not complete while something among the manifests is not read") {
  const TemporaryFolder folder;
  const fs::path manifests = folder.path() / "manifests";
  write(folder, "manifests/a.yaml", application("a"));
  write(folder, "elsewhere/b.yaml", application("b"));
  REQUIRE(run(in(folder.path())).loaded.desired.complete);
  SUBCASE("a file that is empty") {
    write(folder, "manifests/b.yaml", "");
  }
  SUBCASE("one with a comment alone") {
    write(folder, "manifests/b.yaml", "# later\n");
  }
  SUBCASE("a link to no file") {
    fs::create_symlink("nowhere", manifests / "b.yaml");
  }
  SUBCASE("a link to itself") {
    fs::create_symlink("b.yaml", manifests / "b.yaml");
  }
  SUBCASE("a link to no folder") {
    fs::create_symlink("nowhere", manifests / "team");
  }
  SUBCASE("a link to a folder") {
    fs::create_directory_symlink(folder.path() / "elsewhere", manifests / "team");
  }
  SUBCASE("a folder with a manifest's name") {
    fs::create_directory(manifests / "b.yaml");
  }
  SUBCASE("a pipe") {
    REQUIRE(::mkfifo((manifests / "b.yaml").c_str(), 0600) == 0);
  }
  SUBCASE("another ending") {
    write(folder, "manifests/b.YAML", application("b"));
  }
  const Reading outcome = run(in(folder.path()));
  CHECK(outcome.codes == "SW0111 ");
  CHECK(outcome.names == "a ");
  CHECK_FALSE(outcome.loaded.desired.complete);
}

TEST_CASE("a manifest path that a link leads out of the project is refused") {
  const TemporaryFolder folder;
  write(folder, "outside/b.yaml", application("b"));
  write(folder, "team/syncwright.yaml", std::string(project) + "spec: {manifests: linked}\n");
  fs::create_directory_symlink(folder.path() / "outside", folder.path() / "team/linked");
  CHECK(run(in(folder.path() / "team")).codes == "SW2009 ");
}

TEST_CASE("secret files start at the manifest, and are kept from the root") {
  const TemporaryFolder folder;
  write(folder, "manifests/deep/a.yaml",
        application("a",
                    "  credentials:\n    values:\n"
                    "      ClientSecret: {file: ../../../elsewhere/x}\n"
                    "      Password: {file: ../secrets/p}\n"
                    "      SecretToken: {file: /run/secrets/t}\n"));
  const Reading outcome = run(in(folder.path()));
  REQUIRE(outcome.codes.empty());
  std::vector<std::string> references;
  for (const model::CredentialValue& value :
       outcome.loaded.desired.applications[0].credentials->values) {
    references.push_back(describe(std::get<SecretReference>(value.value)));
  }
  const std::string elsewhere = (folder.path().parent_path() / "elsewhere/x").generic_string();
  CHECK(references == std::vector<std::string>{"file " + elsewhere, "file manifests/secrets/p",
                                               "file /run/secrets/t"});
}

TEST_CASE("origins point at the lines that a plan names") {
  const TemporaryFolder folder;
  write(folder, "manifests/a.yaml",
        application("a",
                    "  scope: all\n"
                    "  credentials: {validate: false}\n"
                    "  jobs:\n"
                    "    default:\n"
                    "      state: started\n"
                    "      schema:\n"
                    "        mappings:\n"
                    "          - object: User\n"
                    "            attributes:\n"
                    "              Email: \"[mail]\"\n"));
  const Reading outcome = run(in(folder.path()));
  REQUIRE(outcome.codes.empty());
  const model::DesiredApplication& found = outcome.loaded.desired.applications[0];
  const auto at = [](int line, int column, int end) {
    return SourceRange{"manifests/a.yaml", line, column, end};
  };
  CHECK(found.where == at(3, 18, 19));
  CHECK(found.gallery_where == at(5, 12, 15));
  CHECK(found.scope_where == at(7, 10, 13));
  CHECK(found.credentials->where == at(8, 3, 14));
  CHECK(found.jobs[0].where == at(10, 5, 12));
  CHECK(found.jobs[0].state_where == at(11, 14, 21));
  CHECK(found.jobs[0].schema_where == at(12, 7, 13));
  CHECK(found.jobs[0].schema->mappings[0].where == at(14, 13, 0));
  CHECK(found.jobs[0].schema->mappings[0].attributes[0].where == at(16, 15, 20));
}

TEST_CASE("many files, loaded in parallel, give one order and one digest") {
  const TemporaryFolder folder;
  for (int index = 0; index < 60; ++index) {
    write(folder, fmt::format("manifests/{:02}.yaml", 59 - index),
          application(fmt::format("app-{:02}", index), index % 7 == 0 ? "  typo: 1\n" : ""));
  }
  const Reading first = run(in(folder.path()));
  const Reading second = run(in(folder.path()));
  CHECK(first.loaded.desired.applications.size() == 60);
  CHECK(first.loaded.texts.size() == 9);
  CHECK(first.codes == second.codes);
  CHECK(model::manifest_digest(first.loaded.desired) ==
        model::manifest_digest(second.loaded.desired));
}

TEST_CASE("the quickstart works wherever it is copied to") {
  const TemporaryFolder folder;
  const fs::path copy = folder.path() / "starter";
  fs::copy(fs::path(SYNCWRIGHT_SOURCE_DIR) / "manifests/quickstart", copy,
           fs::copy_options::recursive);
  const Reading outcome = run(in(copy));
  CHECK(outcome.codes.empty());
  CHECK(outcome.names == "aws-contoso salesforce-contoso ");
  CHECK(outcome.loaded.desired.project == "contoso");
  CHECK(outcome.loaded.desired.complete);
  for (const model::DesiredApplication& each : outcome.loaded.desired.applications) {
    for (const model::CredentialValue& value : each.credentials->values) {
      const auto* reference = std::get_if<SecretReference>(&value.value);
      if (reference != nullptr) CHECK(resolve(*reference, {}, outcome.loaded.root).has_value());
    }
  }
}

TEST_CASE("a folder that nobody named and that is missing means no manifests") {
  const TemporaryFolder folder;
  Diagnostics diagnostics;
  (void)load(in(folder.path()), diagnostics);
  REQUIRE(diagnostics.size() == 1);
  const Diagnostic& found = diagnostics.items()[0];
  CHECK(found.code == Code::SW0107);
  CHECK(found.message == "no manifests: there is no folder manifests");
  CHECK(found.advice.find("`syncwright init`") != std::string::npos);
  CHECK(found.advice.find("--help") != std::string::npos);

  LoadOptions named = in(folder.path());
  named.paths = {"manifests"};
  CHECK(run(named).codes == "SW0106 ");
}

TEST_CASE("a run tells a bounded number of faults and counts the rest") {
  const TemporaryFolder folder;
  std::string labels;
  for (int index = 0; index < 1'200; ++index) labels += fmt::format("key{}: [x], ", index);
  write(folder, "manifests/a.yaml", application("a, labels: {" + labels + "}"));
  Diagnostics diagnostics;
  (void)load(in(folder.path()), diagnostics);
  REQUIRE(diagnostics.size() == kMaxLoadDiagnostics + 1);
  const Diagnostic& last = diagnostics.items().back();
  CHECK(last.code == Code::SW0110);
  CHECK(last.message == "and 200 more");
  CHECK(last.severity == Severity::error);
}

TEST_CASE("warnings that are not told are no error") {
  const TemporaryFolder folder;
  std::string labels;
  for (int index = 0; index < 1'001; ++index) labels += fmt::format("key{}: yes, ", index);
  write(folder, "manifests/a.yaml", application("a, labels: {" + labels + "}"));
  Diagnostics diagnostics;
  (void)load(in(folder.path()), diagnostics);
  REQUIRE(diagnostics.size() == kMaxLoadDiagnostics + 1);
  CHECK(diagnostics.items().back().message == "and 1 more");
  CHECK_FALSE(diagnostics.has_errors());
}

TEST_CASE("a project of an unknown kind hides no manifest that it names") {
  const TemporaryFolder folder;
  write(folder, "m/a.yaml", application("Not A Name"));
  for (const char* head : {"apiVersion: syncwright/v1\nkind: Projekt\n",
                           "apiVersion: syncwright/v3\nkind: Project\n"}) {
    write(folder, "syncwright.yaml",
          std::string(head) + "metadata: {name: contoso}\nspec: {manifests: m}\n");
    const std::string code =
        std::string(head).find("Projekt") == std::string::npos ? "SW1007 " : "SW1008 ";
    CHECK(run(in(folder.path())).codes == "SW1006 " + code);
  }
}

TEST_CASE("an empty PATH is none, and neither is a device") {
  const TemporaryFolder folder;
  write(folder, "manifests/a.yaml", application("a"));
  for (const auto& [path, message] :
       {std::pair{"", "a PATH is empty"},
        std::pair{"/dev/null", "/dev/null is neither a file nor a folder"}}) {
    LoadOptions options = in(folder.path());
    options.paths = {path};
    Diagnostics diagnostics;
    (void)load(options, diagnostics);
    REQUIRE(diagnostics.size() == 1);
    CHECK(diagnostics.items()[0].code == Code::SW0106);
    CHECK(diagnostics.items()[0].message == message);
  }
}

TEST_CASE("what only a comment calls a manifest is none, also where it cannot be read") {
  const TemporaryFolder folder;
  write(folder, "a.yaml", application("a"));
  write(folder, "b.yaml", "# apiVersion: syncwright/v1\nx: {\n");
  const Reading outcome = run(in(folder.path()));
  CHECK(outcome.codes.empty());
  CHECK(outcome.names == "a ");
}

TEST_CASE("no number of warnings hides an error behind them") {
  const TemporaryFolder folder;
  std::string labels;
  for (int index = 0; index < 1'001; ++index) labels += fmt::format("key{}: yes, ", index);
  write(folder, "manifests/a.yaml", application("a, labels: {" + labels + "}"));
  write(folder, "manifests/z.yaml", application("z, labels: {bad: [x]}"));
  Diagnostics diagnostics;
  (void)load(in(folder.path()), diagnostics);
  REQUIRE(diagnostics.size() == kMaxLoadDiagnostics + 1);
  const Diagnostic& error = diagnostics.items()[kMaxLoadDiagnostics - 1];
  CHECK(error.code == Code::SW1002);
  CHECK(error.where.file == "manifests/z.yaml");
  const Diagnostic& last = diagnostics.items().back();
  CHECK(last.code == Code::SW0110);
  CHECK(last.message == "and 2 more");
  CHECK(last.severity == Severity::warning);
}

TEST_CASE("files of rows and variables may lie among the manifests that name them") {
  const TemporaryFolder folder;
  write(folder, "manifests/rows.yaml", "- {n: x}\n- {n: y}\n");
  write(folder, "manifests/set.yaml",
        "apiVersion: syncwright/v1\nkind: ApplicationSet\nmetadata: {name: set}\nspec:\n"
        "  from: ../manifests/rows.yaml\n  template:\n    metadata: {name: 'a-${each.n}'}\n"
        "    spec: {gallery: Box, displayName: '${var.title}'}\n");
  write(folder, "manifests/env/prod.yaml", "title: Box\n");
  LoadOptions options = in(folder.path());
  options.variable_files = {"manifests/env/../env/prod.yaml"};
  const Reading outcome = run(options);
  CHECK(outcome.codes.empty());
  CHECK(outcome.names == "a-x a-y ");
  CHECK(outcome.loaded.files == 1);
}

TEST_CASE("rows lie among hundreds of manifests, far from the set that names them") {
  const TemporaryFolder folder;
  write(folder, "manifests/a-rows.yaml", "- {n: x}\n");
  for (int index = 0; index < 300; ++index) {
    write(folder, fmt::format("manifests/m-{:03}.yaml", index),
          application(fmt::format("app-{:03}", 299 - index)));
  }
  write(folder, "manifests/z-set.yaml",
        "apiVersion: syncwright/v1\nkind: ApplicationSet\nmetadata: {name: set}\nspec:\n"
        "  from: a-rows.yaml\n  template:\n    metadata: {name: 'a-${each.n}'}\n"
        "    spec: {gallery: Box, displayName: Box}\n");
  const Reading outcome = run(in(folder.path()));
  CHECK(outcome.codes.empty());
  CHECK(outcome.loaded.files == 301);
  REQUIRE(outcome.loaded.desired.applications.size() == 301);
  CHECK(outcome.loaded.desired.applications.front().name == "a-x");
  CHECK(outcome.loaded.desired.applications.at(1).name == "app-000");
  CHECK(outcome.loaded.desired.applications.at(1).where.file == "manifests/m-299.yaml");
  CHECK(outcome.loaded.desired.applications.back().name == "app-299");
}

TEST_CASE("rows and variables that nobody names are told from manifests that lack a key") {
  const TemporaryFolder folder;
  write(folder, "manifests/a.yaml", application("a"));
  write(folder, "manifests/rows.yaml", "- {n: x}\n");
  write(folder, "manifests/test.yaml", "title: Box\n");
  write(folder, "manifests/without.yaml", "kind: Application\n");
  Diagnostics diagnostics;
  (void)load(in(folder.path()), diagnostics);
  REQUIRE(diagnostics.size() == 5);  // the last three of what `without.yaml` lacks
  CHECK(diagnostics.items()[0].code == Code::SW1002);
  CHECK(diagnostics.items()[1].message == "the document has neither `apiVersion` nor `kind`");
  for (std::size_t index : {0u, 1u}) {
    CHECK(diagnostics.items()[index].advice.find("out of the folders of manifests") !=
          std::string::npos);
  }
  CHECK(diagnostics.items()[2].message == "`Application` has no `apiVersion`");
}

TEST_CASE("a file that is left out for the case of its ending is remarked") {
  const TemporaryFolder folder;
  write(folder, "manifests/a.yaml", application("a"));
  write(folder, "manifests/sub/b.YAML", application("b"));
  Diagnostics diagnostics;
  (void)load(in(folder.path()), diagnostics);
  REQUIRE(diagnostics.size() == 1);
  CHECK(diagnostics.items()[0].code == Code::SW0111);
  CHECK(diagnostics.items()[0].where.file == "manifests/sub/b.YAML");
  CHECK_FALSE(diagnostics.has_errors());
}

TEST_CASE("a manifest that a set names as its rows stays a manifest") {
  const TemporaryFolder folder;
  write(folder, "manifests/set.yaml",
        "apiVersion: syncwright/v1\nkind: ApplicationSet\nmetadata: {name: set}\nspec:\n"
        "  from: set.yaml\n  template:\n    metadata: {name: 'a-${each.n}'}\n"
        "    spec: {gallery: Box, displayName: Box}\n");
  const Reading outcome = run(in(folder.path()));
  CHECK(outcome.codes == "SW1002 ");
  CHECK(outcome.loaded.files == 1);
}

TEST_CASE("without a folder `manifests` the manifests that lie beside it are taken") {
  const TemporaryFolder folder;
  write(folder, "b.yml", application("b"));
  write(folder, "a.yaml", application("a"));
  write(folder, "c.json",
        R"({"apiVersion": "syncwright/v1", "kind": "Application", "metadata": {"name": "c"},)"
        R"( "spec": {"gallery": "Box", "displayName": "Box c"}})");
  write(folder, "docker-compose.yaml", "services: {web: {image: nginx}}\n");
  write(folder, "deployment.yaml", "apiVersion: apps/v1\nkind: Deployment\n");
  write(folder, "package.json", R"({"name": "x"})");
  write(folder, "chart.yaml", "{{ template }}\n");
  write(folder, "sub/d.yaml", application("d"));
  const Reading outcome = run(in(folder.path()));
  CHECK(outcome.codes.empty());
  CHECK(outcome.names == "a b c ");
  CHECK(outcome.loaded.desired.complete);

  write(folder, "broken.yaml", "apiVersion: syncwright/v1\nkind: [\n");
  CHECK(run(in(folder.path())).codes == "SW0101 ");

  write(folder, "manifests/e.yaml", application("e"));
  CHECK(run(in(folder.path())).names == "e ");
}
