#include "syncwright/graph_read/export_reader.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "tenant_table.h"

using namespace syncwright;
using namespace syncwright::graph_read;

namespace {

const std::string kAda = "aaaaaaaa-0000-0000-0000-000000000001";
const std::string kSales = "bbbbbbbb-0000-0000-0000-000000000002";
const std::string kTwin = "cccccccc-0000-0000-0000-000000000003";

std::string assignment(const std::string& id, const std::string& type) {
  return R"({"id":"x)" + id + R"(","principalId":")" + id + R"(","principalType":")" + type +
         R"(","appRoleId":"r-1"})";
}

/// A tenant with the service principals in `listed`, each with one job, and `more` before the rest.
Table tenant(const std::string& listed,
             std::vector<std::pair<std::string, std::string>> more = {}) {
  const std::vector<std::pair<std::string, std::string>> rest = {
      {"applicationTemplates/t-box", R"({"id":"t-box","displayName":"Box"})"},
      {"applicationTemplates?", kBox},
      {"/servicePrincipals?$select", list(listed)},
      {"/templates/j/schema", R"({"id":"standard","synchronizationRules":[],"directories":[]})"},
      {"/schema", kSchema},
      {"/synchronization/templates", list(R"({"id":"j","default":true})")},
      {kJobs, list(R"({"id":"j.1","templateId":"echoed"})")},
      {"/secrets", list(R"({"key":"SyncAll","value":"true"})")},
      {"/appRoleAssignedTo", list("")},
      {"$select=id,appRoles", R"({"id":"x","appRoles":[]})"}};
  more.insert(more.end(), rest.begin(), rest.end());
  return Table{std::move(more)};
}

struct Export {
  explicit Export(FakeGraph::Handler handler, std::vector<std::string> applications = {},
                  bool managed = false)
      : fake(std::move(handler)) {
    graph_read::GraphReader reader(fake.connection);
    graph_read::ExportRequest request;
    request.owner = {"shop", ""};
    request.applications = std::move(applications);
    request.managed = managed;
    request.parallelism = 1;
    request.on_progress = [this](std::size_t done, std::size_t total) {
      progress += std::to_string(done) + "/" + std::to_string(total) + " ";
    };
    result = graph_read::read_for_export(
        reader, request,
        [this](model::ExportedApplication one) { found.push_back(std::move(one)); }, {});
  }

  FakeConnection fake;
  std::string progress;
  std::vector<model::ExportedApplication> found;
  Result<graph_read::ExportSummary> result;
};

}  // namespace

TEST_CASE("everything that a manifest can say of an application is read") {
  Export all(tenant(
      principal("a", "Box a", ""),
      {{"/appRoleAssignedTo", list(assignment(kAda, "User") + "," + assignment(kSales, "Group") +
                                   "," + assignment(kTwin, "Group"))},
       {"appRoles", R"({"id":"sp-a","appRoles":[{"id":"r-1","value":"User"}]})"},
       {"/users/", R"({"id":")" + kAda + R"(","userPrincipalName":"ada@contoso.com"})"},
       {"/groups/" + kSales, R"({"id":")" + kSales + R"(","displayName":"Sales"})"},
       {"/groups/" + kTwin, R"({"id":")" + kTwin + R"(","displayName":"Twin"})"},
       {"displayName eq 'Sales'", list(R"({"id":")" + kSales + R"(","displayName":"Sales"})")},
       {"displayName eq 'Twin'", list(R"({"id":"1","displayName":"Twin"},{"id":")" + kTwin +
                                      R"(","displayName":"Twin"})")}}));
  REQUIRE(all.result);
  REQUIRE(all.found.size() == 1);
  const model::ExportedApplication& one = all.found.front();
  CHECK(one.reference.service_principal_id == "sp-a");
  CHECK(one.gallery == "Box");
  CHECK(one.template_ids == std::vector<std::string>{"j"});
  CHECK(one.secrets.size() == 1);
  REQUIRE(one.jobs.size() == 1);
  CHECK(one.jobs[0].template_id == "j");  // the answered id is none of the templates
  CHECK(one.jobs[0].job.schema->id() == "j");
  CHECK(one.jobs[0].standard->id() == "standard");
  REQUIRE(one.members.size() == 3);
  CHECK(one.members[0].principal == "ada@contoso.com");
  CHECK(one.members[1].principal == "Sales");
  CHECK(one.members[2].principal == kTwin);
  CHECK(one.unread_members == "");
  CHECK(all.progress == "1/1 ");
  for (const std::string& line : all.fake.graph.lines()) CHECK(line.starts_with("GET "));
}

TEST_CASE("without --app it is every gallery application with a job that nobody has yet") {
  Export all(tenant(
      principal("a", "Box a", "") + "," + principal("b", "Box b", R"("syncwright:other/-")") + "," +
          principal("c", "Box c", our_tags("c")) + "," + principal("d", "Plain", "", "") + "," +
          principal("e", "Box e", "") + "," + principal("f", "syncwright:shop/-/f", ""),
      {{"sp-e/synchronization/jobs", list("")}}));
  REQUIRE(all.result);
  REQUIRE(all.found.size() == 1);
  CHECK(all.found[0].reference.display_name == "Box a");
  CHECK(all.result->taken == std::vector<std::string>{"c"});
  CHECK(all.result->left_out ==
        std::vector<std::string>{
            "1 application belongs to this project already (`syncwright:shop/-`): --app exports "
            "one all the same, --managed all of them",
            "1 gallery application has no provisioning job: --app exports one all the same",
            "`Box b` (sp-b) belongs to `syncwright:other/-`",
            "`syncwright:shop/-/f` (sp-f) is a creation that another run has not finished"});
}

TEST_CASE("with --managed it is what the project owns as well, a job or none") {
  Export all(tenant(principal("a", "Box a", "") + "," + principal("c", "Box c", our_tags("c")) +
                        "," + principal("e", "Box e", our_tags("e")),
                    {{"sp-e/synchronization/jobs", list("")}}),
             {}, true);
  REQUIRE(all.result);
  std::vector<std::string> names;
  for (const model::ExportedApplication& one : all.found) names.push_back(one.name);
  std::sort(names.begin(), names.end());
  CHECK(names == std::vector<std::string>{"", "c", "e"});
  CHECK(all.result->left_out.empty());
}

TEST_CASE("a name that is unknown, means several or is another's is refused") {
  const std::string twins = list(principal("a", "Box", "") + "," + principal("b", "Box", ""));
  Export several(tenant("", {{"displayName eq 'Box'", twins}}), {"Box"});
  REQUIRE_FALSE(several.result);
  CHECK(several.result.error().kind == ErrorKind::invalid_input);
  CHECK(several.result.error().message ==
        "2 applications are named `Box`: `Box` (sp-a), `Box` (sp-b)");

  Export nobody(tenant(""), {"Nobody"});
  CHECK(nobody.result.error().message == "the tenant has no application `Nobody`");

  Export foreign(tenant("", {{"displayName eq 'Box'",
                              list(principal("a", "Box", R"("syncwright:other/prod")"))}}),
                 {"Box"});
  CHECK(foreign.result.error().kind == ErrorKind::guard);

  Export plain(tenant("", {{"displayName eq 'Box'", list(principal("a", "Box", "", ""))}}),
               {"Box"});
  CHECK(plain.result.error().kind == ErrorKind::guard);
}

TEST_CASE("an application that this project has is exported under its name when it is named") {
  const std::string ours = list(principal("a", "Box", our_tags("mine")));
  Export one(tenant("", {{"displayName eq 'Box'", ours},
                         {"tags/any", list(principal("a", "Box", our_tags("mine")) + "," +
                                           principal("b", "Other", our_tags("yours")))}}),
             {"Box", "Box"});
  REQUIRE(one.result);
  REQUIRE(one.found.size() == 1);
  CHECK(one.found[0].name == "mine");
  CHECK(one.result->taken == std::vector<std::string>{"yours"});
}

TEST_CASE("what fails for one application does not stop the others, a missing permission does") {
  const Table table = tenant(principal("a", "Box a", "") + "," + principal("b", "Box b", ""));
  const auto failing = [&table](const std::string& where, int status) {
    return [&table, where, status](const http::HttpRequest& request) -> Result<http::HttpResponse> {
      if (request.url.find(where) != std::string::npos) {
        return graph_failure(status, "Any_Code", "sorry");
      }
      return table(request);
    };
  };
  Export partly(failing("sp-a/synchronization/secrets", 400));
  REQUIRE(partly.result);
  CHECK(partly.found.size() == 1);
  REQUIRE(partly.result->failures.size() == 1);
  CHECK(partly.result->failures[0].message.starts_with("Box a: "));
  CHECK(partly.progress == "1/2 2/2 ");

  Export refused(failing("sp-a/synchronization/secrets", 403));
  CHECK(refused.result.error().kind == ErrorKind::forbidden);

  Export assignments(failing("sp-a/appRoleAssignedTo", 403));
  REQUIRE(assignments.found.size() == 2);
  CHECK(assignments.found[0].unread_members.starts_with("who is assigned cannot be read: "));
  CHECK(assignments.found[1].unread_members == "");

  Export standard(failing("/templates/j/schema", 404));
  REQUIRE(standard.found.size() == 2);
  CHECK(standard.found[0].jobs[0].standard == nullptr);
}

TEST_CASE("a template whose display name the gallery has twice is named by its id") {
  const Table table =
      tenant(principal("a", "Box a", ""),
             {{"displayName eq 'Box'",
               list(R"({"id":"t-box","displayName":"Box"},{"id":"t-2","displayName":"Box"})")}});
  Export twice(table);
  REQUIRE(twice.found.size() == 1);
  CHECK(twice.found[0].gallery == "t-box");
  CHECK(twice.found[0].gallery_name == "Box");
}
