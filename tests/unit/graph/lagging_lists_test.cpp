#include <doctest/doctest.h>

#include <algorithm>

#include "syncwright/model/ownership.h"
#include "tenant_table.h"

using namespace syncwright;
using namespace syncwright::graph_read;

TEST_CASE("an application that the tag list lacks is found by its key") {
  Table table{
      {{"applicationTemplates", kBox},
       {"uniqueName='syncwright/shop/-/a'", application("a", "Box a", "syncwright/shop/-/a")},
       {"servicePrincipals(appId='app-a')", principal("a", "Box a", our_tags("a"))},
       {kJobs, list("")},
       {"startswith(displayName,'syncwright:shop/-/')",
        list(application("a", "syncwright:shop/-/a"))}}};
  Reading reading(table, desired_of({box("a")}));
  const model::Findings& found = reading.findings.at("a");
  REQUIRE(found.owned.size() == 1);
  CHECK(found.owned[0].reference.application_id == "obj-a");
  CHECK(found.owned[0].reference.service_principal_id == "sp-a");
  CHECK(found.unclaimed.empty());
  CHECK(reading.orphans().empty());
  // Who else has its name is asked side by side with its key.
  std::vector<std::string> requests = reading.own_requests();
  std::sort(requests.begin(), requests.end());
  CHECK(requests == std::vector<std::string>{"/applications(uniqueName='syncwright/shop/-/a')?",
                                             "/servicePrincipals(appId='app-a')?",
                                             "/servicePrincipals/sp-a/synchronization/jobs",
                                             "/servicePrincipals?$filter=displayName eq 'Box a'&"});
}

TEST_CASE(
    "claimed by a killed run: the name without the tags, perhaps without a service principal") {
  Table table{
      {{"applicationTemplates", kBox},
       {"uniqueName='syncwright/shop/-/a'", application("a", "Box a", "syncwright/shop/-/a")}}};
  Reading early(table, desired_of({box("a")}));
  REQUIRE(early.findings.at("a").claimed);
  CHECK(early.findings.at("a").claimed->reference.service_principal_id.empty());
  CHECK(early.findings.at("a").owned.empty());

  table.rows.push_back({"servicePrincipals(appId='app-a')",
                        principal("a", "syncwright:shop/-/a", R"("Integrated")")});
  Reading late(table, desired_of({box("a")}));
  REQUIRE(late.findings.at("a").claimed);
  CHECK(late.findings.at("a").claimed->reference.service_principal_id == "sp-a");
  CHECK(late.findings.at("a").claimed->reference.application_id == "obj-a");
  CHECK(late.findings.at("a").claimed->tags == std::vector<std::string>{"Integrated"});
  CHECK_FALSE(late.findings.at("a").unreadable);  // its jobs answer 404 so far
}

TEST_CASE("a listed difference is believed only when the object itself says so") {
  const std::string old_tags = our_tags("a") + R"(,"syncwright-credentials:1")";
  const std::string new_tags = our_tags("a") + R"(,"syncwright-credentials:2")";
  Table table{{{"applicationTemplates", kBox},
               {"tags/any", list(principal("a", "Box a", old_tags))},
               {kJobs, list("")},
               {"/secrets", list("")},
               {"/servicePrincipals/sp-a?", principal("a", "Box a", new_tags)}}};
  model::DesiredApplication desired = box("a");
  desired.credentials.emplace().revision = "2";
  Reading stale(table, desired_of({desired}));
  CHECK(model::tag_value(stale.findings.at("a").owned.at(0).tags, model::kCredentialsTag) == "2");
  CHECK(stale.own_requests().front() == "/servicePrincipals/sp-a?");

  desired.credentials->revision = "1";
  Reading equal(table, desired_of({desired}));
  CHECK(equal.own_requests() ==
        std::vector<std::string>{"/servicePrincipals/sp-a/synchronization/secrets",
                                 "/servicePrincipals/sp-a/synchronization/jobs"});
}

TEST_CASE("what a list still names but is deleted is not owned") {
  Table table{
      {{"applicationTemplates", kBox}, {"tags/any", list(principal("a", "Box a", our_tags("a")))}}};
  Reading reading(table, desired_of({box("a")}));
  CHECK(reading.findings.at("a").owned.empty());
  CHECK_FALSE(reading.findings.at("a").unreadable);
  std::vector<std::string> requests = reading.own_requests();
  std::sort(requests.begin(), requests.end());
  CHECK(requests == std::vector<std::string>{"/applications(uniqueName='syncwright/shop/-/a')?",
                                             "/servicePrincipals/sp-a/synchronization/jobs",
                                             "/servicePrincipals/sp-a?",
                                             "/servicePrincipals?$filter=displayName eq 'Box a'&"});

  table.rows.push_back({"/servicePrincipals/sp-a?", principal("a", "Box a", our_tags("a"))});
  Reading settling(table, desired_of({box("a")}));
  REQUIRE(settling.findings.at("a").owned.size() == 1);
  CHECK(settling.findings.at("a").owned[0].jobs.empty());
}

TEST_CASE("what a killed run left under the pending name") {
  Table table{{{"applicationTemplates", kBox},
               {"/servicePrincipals?$filter=startswith",
                list(principal("u", "syncwright:shop/-/a", "") + "," +
                     principal("w", "syncwright:shop/-/gone", ""))},
               {"/applications?$filter=startswith",
                list(application("u", "syncwright:shop/-/a") + "," +
                     application("v", "syncwright:shop/-/a") + "," +
                     application("x", "syncwright:shop/-/other") + "," +
                     application("y", "syncwright:shop/-/a", "syncwright/shop/-/a"))}}};
  model::Desired desired = desired_of({box("a")});

  SUBCASE("is to be resumed where its name is free") {
    Reading reading(table, desired);
    const std::vector<model::LiveReference>& unclaimed = reading.findings.at("a").unclaimed;
    REQUIRE(unclaimed.size() == 2);
    CHECK(unclaimed[0].application_id == "obj-u");
    CHECK(unclaimed[0].service_principal_id == "sp-u");
    CHECK(unclaimed[1].application_id == "obj-v");
    CHECK(unclaimed[1].service_principal_id.empty());
    CHECK(reading.orphans() == std::vector<std::string>{"gone app-w", "other app-x"});
  }
  SUBCASE("is an orphan where the name is claimed by now") {
    table.rows.push_back({"tags/any", list(principal("a", "Box a", our_tags("a")) + "," +
                                           principal("z", "Box z", our_tags("z")))});
    table.rows.push_back({kJobs, list("")});
    Reading reading(table, desired);
    CHECK(reading.findings.at("a").unclaimed.empty());
    CHECK(reading.orphans() ==
          std::vector<std::string>{"a app-u", "a app-v", "gone app-w", "other app-x", "z app-z"});
  }
  SUBCASE("is nobody's orphan where the input is not complete") {
    desired.complete = false;
    Reading reading(table, desired);
    CHECK(reading.findings.at("a").unclaimed.size() == 2);
    CHECK(reading.orphans().empty());
  }
}

TEST_CASE("the application object has a name of its own, which costs nothing while it is listed") {
  Table table{{{"applicationTemplates", kBox},
               {"tags/any", list(principal("a", "Box a", our_tags("a")))},
               {kJobs, list("")}}};
  Reading listed(table, desired_of({box("a")}));
  CHECK(listed.findings.at("a").owned.at(0).reference.application_display_name == "Box a");
  CHECK(listed.own_requests() ==
        std::vector<std::string>{"/servicePrincipals/sp-a/synchronization/jobs"});

  Table lagging{{{"applicationTemplates", kBox},
                 {"tags/any", list(principal("a", "Old name", our_tags("a")))},
                 {"displayName in (", list(application("a", "Box a", "syncwright/shop/-/a"))},
                 {"/servicePrincipals/sp-a?", principal("a", "Box a", our_tags("a"))},
                 {kJobs, list("")}}};
  Reading asked_again(lagging, desired_of({box("a")}));
  CHECK(asked_again.findings.at("a").owned.at(0).reference.application_display_name == "Box a");
  CHECK(asked_again.findings.at("a").owned.at(0).reference.application_id == "obj-a");
  CHECK(asked_again.own_requests() ==
        std::vector<std::string>{"/servicePrincipals/sp-a?",
                                 "/servicePrincipals/sp-a/synchronization/jobs"});

  table.rows.push_back({"displayName in (", list("")});
  table.rows.push_back(
      {"/applications(appId='app-a')", application("a", "Renamed", "syncwright/shop/-/a")});
  Reading renamed(table, desired_of({box("a")}));
  CHECK(renamed.findings.at("a").owned.at(0).reference.application_display_name == "Renamed");
  CHECK(renamed.own_requests() ==
        std::vector<std::string>{"/servicePrincipals/sp-a/synchronization/jobs",
                                 "/applications(appId='app-a')?"});

  table.rows.pop_back();  // in another tenant
  Reading elsewhere(table, desired_of({box("a")}));
  REQUIRE(elsewhere.findings.at("a").owned.size() == 1);
  CHECK(elsewhere.findings.at("a").owned[0].reference.application_display_name.empty());
}
