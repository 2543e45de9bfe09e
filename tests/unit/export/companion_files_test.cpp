#include "syncwright/export/companion_files.h"

#include <doctest/doctest.h>

#include <filesystem>

#include "syncwright/export/described_applications.h"
#include "unit/manifest/project_folder.h"
#include "unit/temporary_folder.h"

using namespace syncwright;
using namespace syncwright::exporting;

namespace {

constexpr const char* kHead =
    R"(# The project that the manifests belong to. Its name is written into the tags of whatever it
# owns: after a change of it, the old one belongs under metadata.previously.
apiVersion: syncwright/v1
kind: Project
metadata: {name: contoso}
)";

}  // namespace

TEST_CASE(
    "a project file has the name, and where the manifests lie if that is not the usual place") {
  CHECK(write_project_file({"contoso", {}, {}}) == kHead);
  CHECK(write_project_file({"contoso", {"manifests", "${var.x} #"}, {}}) ==
        std::string(kHead) + "spec: {manifests: [manifests, \"$${var.x} #\"]}\n");
}

TEST_CASE("a project file has its environments in their order, each with its tenant") {
  const std::string test = "0f8b5a4e-1dd2-430b-a150-2ef79cd700f5";
  const std::string prod = "8b1025e4-1dd2-430b-a150-2ef79cd700f5";
  const std::string written = write_project_file({"contoso", {}, {{"test", test}, {"prod", prod}}});
  CHECK(written == std::string(kHead) + "spec:\n  environments:\n    test: {tenant: " + test +
                       "}\n    prod: {tenant: " + prod + "}\n");
}

TEST_CASE("what is written is a project that the loader knows") {
  manifest::ProjectFolder project;
  project.write("syncwright.yaml", write_project_file({"yes", {"tenant"}, {}}));
  project.write("tenant/a.yaml",
                "apiVersion: syncwright/v1\nkind: Application\nmetadata: {name: a}\n"
                "spec: {gallery: Salesforce, displayName: A}\n");
  const manifest::Loaded loaded = project.load();
  CHECK(project.faults == "");
  CHECK(loaded.desired.project == "yes");
  CHECK(loaded.desired.applications.size() == 1);
}

TEST_CASE("a project file lists its manifests where leaving them out would mean others") {
  const TemporaryFolder folder;
  const std::filesystem::path root = folder.path();
  std::filesystem::create_directories(root / "apps");
  CHECK(list_manifests({root / "manifests"}, root, root / "manifests").empty());
  CHECK(list_manifests({root / "apps"}, root, root / "manifests") ==
        std::vector<std::string>{"apps", "manifests"});
  CHECK(list_manifests({root / "apps"}, root, root / "apps" / "more") ==
        std::vector<std::string>{"apps"});
}

TEST_CASE("export finds the manifest that means a live application") {
  model::DesiredApplication box;
  box.name = "box";
  box.previously = {"old-box"};
  box.adopt.mode = model::Adopt::Mode::app_id;
  box.adopt.id = "A1";
  DescribedApplications described;
  described.add({box, "/project/manifests/box.yaml", true});

  model::ExportedApplication live;
  CHECK(described.find(live) == nullptr);
  live.reference.app_id = "a1";
  CHECK(described.find(live) != nullptr);
  live.name = "old-box";
  REQUIRE(described.find(live) != nullptr);
  CHECK(described.find(live)->is_file_in("/project/manifests"));
  live.name = "another";
  CHECK(described.find(live) == nullptr);
  CHECK(described.names() == std::vector<std::string>{"box"});
}
