#include "syncwright/export/project_file.h"

#include <doctest/doctest.h>

#include "unit/manifest/project_folder.h"

using namespace syncwright;

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
  CHECK(write_project_file("contoso", {}) == kHead);
  CHECK(write_project_file("contoso", {"manifests", "${var.x} #"}) ==
        std::string(kHead) + "spec: {manifests: [manifests, \"$${var.x} #\"]}\n");
}

TEST_CASE("what is written is a project that the loader knows") {
  ProjectFolder project;
  project.write("syncwright.yaml", write_project_file("yes", {"tenant"}));
  project.write("tenant/a.yaml",
                "apiVersion: syncwright/v1\nkind: Application\nmetadata: {name: a}\n"
                "spec: {gallery: Salesforce, displayName: A}\n");
  const Loaded loaded = project.load();
  CHECK(project.faults == "");
  CHECK(loaded.desired.project == "yes");
  CHECK(loaded.desired.applications.size() == 1);
}
