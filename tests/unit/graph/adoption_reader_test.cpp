#include <doctest/doctest.h>

#include "tenant_table.h"

using namespace syncwright;
using namespace syncwright::graph_read;

namespace {

model::DesiredApplication adopting(model::Adopt::Mode mode, const std::string& id = "") {
  model::DesiredApplication application = box("a");
  application.adopt = {mode, id, {}};
  application.jobs = {job("default")};
  return application;
}

Table tenant_with(const std::string& rows_for, const std::string& answer) {
  return Table{{{"applicationTemplates", kBox},
                {"/schema", kSchema},
                {kJobs, list(R"({"id":"j.1","templateId":"j"})")},
                {rows_for, answer}}};
}

}  // namespace

TEST_CASE("an application named by id or appId is read with all that its plan needs") {
  SUBCASE("by the service principal's id") {
    Reading reading(tenant_with("/servicePrincipals/sp-old?", principal("old", "Old box", "")),
                    desired_of({adopting(model::Adopt::Mode::service_principal, "sp-old")}));
    const model::Findings& found = reading.findings.at("a");
    REQUIRE(found.adoptable);
    CHECK(found.adoptable->reference.display_name == "Old box");
    REQUIRE(found.adoptable->jobs.size() == 1);
    CHECK(found.adoptable->jobs[0].schema);
    CHECK(found.neighbours.empty());
  }
  SUBCASE("by appId") {
    Reading reading(tenant_with("appId='app-old'", principal("old", "Old box", "")),
                    desired_of({adopting(model::Adopt::Mode::app_id, "app-old")}));
    CHECK(reading.findings.at("a").adoptable->reference.app_id == "app-old");
  }
  SUBCASE("one that is not there") {
    Reading reading(tenant_with("nowhere", ""),
                    desired_of({adopting(model::Adopt::Mode::app_id, "app-old")}));
    const model::Findings& found = reading.findings.at("a");
    CHECK_FALSE(found.adoptable);
    CHECK_FALSE(found.unreadable);
  }
}

TEST_CASE("what is taken over is read with its application's unique name") {
  const std::string row = application("old", "Old box", "theirs");
  for (const model::Adopt& adopt :
       {model::Adopt{model::Adopt::Mode::service_principal, "sp-old", {}},
        model::Adopt{model::Adopt::Mode::by_name, "", {}}}) {
    model::DesiredApplication desired = adopting(adopt.mode, *adopt.id);
    Reading reading(Table{{{"applicationTemplates", kBox},
                           {"/schema", kSchema},
                           {kJobs, list(R"({"id":"j.1","templateId":"j"})")},
                           {"/applications(appId='app-old')", row},
                           {"/servicePrincipals/sp-old?", principal("old", "Old box", "")},
                           {"displayName eq 'Box a'", list(principal("old", "Box a", ""))}}},
                    desired_of({desired}));
    const model::Findings& found = reading.findings.at("a");
    const model::LiveReference& reference =
        found.adoptable ? found.adoptable->reference : found.neighbours.at(0).reference;
    CHECK(reference.application_id == "obj-old");
    CHECK(reference.unique_name == "theirs");
  }
}

TEST_CASE("by-name reads the only neighbour whole, several only by name") {
  const std::string filter = "displayName eq 'Box a'";
  Reading one(tenant_with(filter, list(principal("n", "Box a", ""))),
              desired_of({adopting(model::Adopt::Mode::by_name)}));
  REQUIRE(one.findings.at("a").neighbours.size() == 1);
  CHECK(one.findings.at("a").neighbours[0].jobs.size() == 1);

  Reading two(
      tenant_with(filter, list(principal("n", "Box a", "") + "," + principal("m", "Box a", ""))),
      desired_of({adopting(model::Adopt::Mode::by_name)}));
  REQUIRE(two.findings.at("a").neighbours.size() == 2);
  CHECK(two.findings.at("a").neighbours[0].jobs.empty());
}

TEST_CASE("what an earlier name of the project owns is found by that name's tag, else its key") {
  const std::string key = "syncwright/default/-/a";
  const std::string tags = R"("syncwright:default/-","syncwright-app:a")";
  const auto tenant = [&](const std::string& listed, const std::string& now) {
    Table table{{{"applicationTemplates", kBox},
                 {kJobs, list("")},
                 {"uniqueName='" + key + "'", application("old", "Box a", key)},
                 {"/applications(appId='app-old')", application("old", "Box a", key)},
                 {"servicePrincipals(appId='app-old')", principal("old", "Box a", now)},
                 {"/servicePrincipals/sp-old?", principal("old", "Box a", now)}}};
    table.rows.insert(table.rows.begin(), {"t eq 'syncwright:default/-'", list(listed)});
    return table;
  };
  model::Desired desired = desired_of({box("a")});
  desired.previously = {"default"};
  const std::string listed = principal("old", "Box a", tags);
  SUBCASE("by its tag") {
    Reading reading(tenant(listed, tags), desired);
    REQUIRE(reading.findings.at("a").adoptable);
    CHECK(reading.findings.at("a").adoptable->reference.unique_name == key);
    CHECK(reading.orphans().empty());
  }
  SUBCASE("moved by now, which the list does not show") {
    Reading reading(tenant(listed, our_tags("a")), desired);
    CHECK_FALSE(reading.findings.at("a").adoptable);
    REQUIRE(reading.findings.at("a").owned.size() == 1);
    CHECK(reading.findings.at("a").owned[0].reference.unique_name == key);
  }
  SUBCASE("by its key, where its tags are gone or no list shows it") {
    for (const std::string& now : {std::string(), tags}) {
      Reading reading(tenant("", now), desired);
      REQUIRE(reading.findings.at("a").claimed);
      CHECK(reading.findings.at("a").claimed->reference.application_id == "obj-old");
    }
  }
  SUBCASE("not where another project has it by now, or another application") {
    for (const char* now : {R"("syncwright:fabrikam/-","syncwright-app:a")",
                            R"("syncwright:default/-","syncwright-app:renamed")"}) {
      Reading reading(tenant("", now), desired);
      CHECK_FALSE(reading.findings.at("a").claimed);
      CHECK_FALSE(reading.findings.at("a").adoptable);
      CHECK(reading.findings.at("a").owned.empty());
    }
  }
  SUBCASE("and what no manifest describes is another folder's, perhaps: no orphan") {
    Reading reading(
        tenant(principal("b", "Box b", R"("syncwright:default/-","syncwright-app:b")"), "x"),
        desired);
    REQUIRE(reading.result);
    CHECK(reading.orphans().empty());
  }
}

TEST_CASE("an application of an earlier name is found by its tag and is no orphan") {
  model::DesiredApplication renamed = box("a");
  renamed.previously = {"older", "old"};
  Table table = tenant_with("tags/any", list(principal("old", "Box old", our_tags("old")) + "," +
                                             principal("gone", "Gone", our_tags("gone"))));
  table.rows.push_back(
      {"/servicePrincipals/sp-old?", principal("old", "Box old", our_tags("old"))});
  model::Desired desired = desired_of({renamed});
  Reading reading(table, desired);
  REQUIRE(reading.result);
  REQUIRE(reading.findings.at("a").adoptable);
  CHECK(reading.findings.at("a").adoptable->reference.service_principal_id == "sp-old");
  CHECK(reading.orphans() == std::vector<std::string>{"gone app-gone"});
  CHECK(reading.result->orphans.at(0).tags ==
        std::vector<std::string>{"syncwright:shop/-", "syncwright-app:gone"});

  // Nor where it cannot be read.
  const auto forbidden = [table](const http::HttpRequest& request) -> Result<http::HttpResponse> {
    if (request.url.ends_with(kJobs)) return graph_failure(403, "Forbidden", "no");
    return table(request);
  };
  Reading unreadable(forbidden, desired);
  REQUIRE(unreadable.result);
  CHECK(unreadable.findings.at("a").unreadable);
  CHECK(unreadable.orphans() == std::vector<std::string>{"gone app-gone"});
}

TEST_CASE("an application that was renamed is found where the list shows its earlier name") {
  model::DesiredApplication renamed = box("a");
  renamed.previously = {"old"};
  Table table = tenant_with("tags/any", list(principal("old", "Box old", our_tags("old"))));
  table.rows.push_back({"/servicePrincipals/sp-old?", principal("old", "Box a", our_tags("a"))});
  Reading reading(table, desired_of({renamed}));
  CHECK_FALSE(reading.findings.at("a").adoptable);
  REQUIRE(reading.findings.at("a").owned.size() == 1);
  CHECK(reading.orphans().empty());
}

TEST_CASE("an application that was renamed keeps its key, by which it is found without its tags") {
  model::DesiredApplication renamed = box("a");
  renamed.previously = {"older", "old"};
  const std::string key = "syncwright/shop/-/old";
  Table table = tenant_with("uniqueName='" + key + "'", application("old", "Box a", key));
  SUBCASE("once somebody took them off") {
    table.rows.push_back({"servicePrincipals(appId='app-old')", principal("old", "Box a", "")});
    Reading reading(table, desired_of({renamed}));
    REQUIRE(reading.findings.at("a").claimed);
    CHECK(reading.findings.at("a").claimed->reference.unique_name == key);
    CHECK_FALSE(reading.findings.at("a").name_is_free);
  }
  SUBCASE("and where its service principal is gone") {
    table.rows.push_back({"deletedItems/microsoft.graph.servicePrincipal",
                          list(R"({"id":"sp-old","appId":"app-old"})")});
    Reading reading(table, desired_of({renamed}));
    REQUIRE(reading.findings.at("a").claimed);
    CHECK(reading.findings.at("a").claimed->principal_deleted);
  }
  SUBCASE("but not where another application has it by now") {
    table.rows.push_back(
        {"servicePrincipals(appId='app-old')", principal("old", "Box a", our_tags("third"))});
    Reading reading(table, desired_of({renamed}));
    CHECK_FALSE(reading.findings.at("a").claimed);
  }
}

TEST_CASE("what came after a deleted application of its name has the next key") {
  const std::string first = "syncwright/shop/-/a";
  const std::string second = first + "/after-obj-1";
  const std::string third = first + "/after-obj-2";
  Table table = tenant_with("uniqueName='" + third + "'", application("a", "Box a", third));
  table.rows.push_back({"servicePrincipals(appId='app-a')", principal("a", "Box a", "")});
  table.rows.push_back(
      {"deletedItems/microsoft.graph.application",
       list(application("9", "Box a", first) + "," + application("1", "Box a", first) + "," +
            application("2", "Box a", second))});
  Reading reading(table, desired_of({box("a")}));
  REQUIRE(reading.findings.at("a").claimed);
  CHECK(reading.findings.at("a").claimed->reference.unique_name == third);
  CHECK_FALSE(reading.findings.at("a").name_is_free);
}
