#include <doctest/doctest.h>

#include "syncwright/graph_write/graph_writer.h"
#include "tenant_table.h"

using namespace syncwright;
using namespace syncwright::graph_read;

namespace {

using Type = model::DesiredMember::Type;

model::DesiredMember member(Type type, const std::string& principal) {
  model::DesiredMember member;
  member.type = type;
  member.principal = principal;
  return member;
}

model::DesiredApplication assigned(const std::string& name,
                                   std::vector<model::DesiredMember> members) {
  model::DesiredApplication application = box(name);
  application.assignments.emplace();
  application.assignments->members = std::move(members);
  return application;
}

constexpr const char* kRoles =
    R"({"id":"sp-a","appRoles":[
      {"id":"r1","value":"admin","displayName":"Administrators","isEnabled":true,
       "allowedMemberTypes":["User"]},
      {"id":"r2","value":null,"displayName":"User","isEnabled":false,
       "allowedMemberTypes":["User","Application"]}]})";

}  // namespace

TEST_CASE("an application with assignments costs its roles and who is assigned, sorted") {
  Table table{{{"applicationTemplates", kBox},
               {"tags/any", list(principal("a", "Box a", our_tags("a")))},
               {"appRoleAssignedTo", list(R"({"id":"x2","principalId":"p2","principalType":"Group",
                         "principalDisplayName":"Sales","appRoleId":"r1"},
                        {"id":"x1","principalId":"p1","principalType":"User",
                         "principalDisplayName":"Ada","appRoleId":"r2"})")},
               {"/servicePrincipals/sp-a?$select=id,appRoles", kRoles},
               {kJobs, list("")}}};
  Reading reading(table, desired_of({assigned("a", {})}));
  REQUIRE(reading.result);
  CHECK(reading.own_requests() ==
        std::vector<std::string>{"/servicePrincipals/sp-a/synchronization/jobs",
                                 "/servicePrincipals/sp-a?",
                                 "/servicePrincipals/sp-a/appRoleAssignedTo?$top=999"});
  const model::LiveApplication& live = reading.findings.at("a").owned.at(0);
  REQUIRE(live.app_roles.size() == 2);
  CHECK(live.app_roles[0].value == "admin");
  CHECK(live.app_roles[0].enabled);
  CHECK(live.app_roles[1].value.empty());
  CHECK_FALSE(live.app_roles[1].enabled);
  CHECK(live.app_roles[1].allowed_member_types == std::vector<std::string>{"User", "Application"});
  REQUIRE(live.assignments.size() == 2);
  CHECK(live.assignments[0].id == "x1");
  CHECK(live.assignments[1].principal_name == "Sales");

  Reading unmanaged(table, desired_of({box("a")}));
  CHECK(unmanaged.own_requests() ==
        std::vector<std::string>{"/servicePrincipals/sp-a/synchronization/jobs"});
}

TEST_CASE("members are looked up by id, principal name or display name, each once a run") {
  const std::string id = "0b9c2f4e-1111-4222-8333-944444444444";
  Table table{
      {{"applicationTemplates", kBox},
       {"/users/ada@contoso.com", R"({"id":"u1","displayName":"Ada",
                                              "userPrincipalName":"ada@contoso.com"})"},
       {"displayName eq 'Grace'", list(R"({"id":"u3","displayName":"grace"},
                                                  {"id":"u2","displayName":"Grace"})")},
       {"/groups?$filter=displayName eq 'Sales'", list(R"({"id":"g1"})")},
       {"/groups/" + id, R"({"id":"g2","displayName":"By id"})"},
       {"/servicePrincipals?$filter=displayName eq 'Robot'", list(principal("r", "Robot", ""))}}};
  const std::vector<model::DesiredMember> members = {member(Type::user, "ada@contoso.com"),
                                                     member(Type::user, "Grace"),
                                                     member(Type::group, "Sales"),
                                                     member(Type::group, id),
                                                     member(Type::service_principal, "Robot"),
                                                     member(Type::user, "nobody@contoso.com")};
  Reading reading(table, desired_of({assigned("a", members), assigned("b", members)}));
  REQUIRE(reading.result);
  for (const char* name : {"a", "b"}) {
    const auto& principals = reading.findings.at(name).principals;
    REQUIRE(principals.size() == members.size());
    CHECK(principals[0].at(0).id == "u1");
    REQUIRE(principals[1].size() == 2);
    CHECK(principals[1][0].id == "u2");
    CHECK(principals[2].at(0).id == "g1");
    CHECK(principals[3].at(0).display_name == "By id");
    CHECK(principals[4].at(0).id == "sp-r");
    CHECK(principals[5].empty());
  }
  const std::vector<std::string> requests = reading.own_requests();
  CHECK(std::count(requests.begin(), requests.end(), "/users/ada@contoso.com?") == 1);
}

TEST_CASE("an assignment without its principal is malformed") {
  Table table{{{"applicationTemplates", kBox},
               {"tags/any", list(principal("a", "Box a", our_tags("a")))},
               {"appRoleAssignedTo", list(R"({"id":"x2","appRoleId":"r1"})")},
               {"/servicePrincipals/sp-a?", kRoles},
               {kJobs, list("")}}};
  Reading reading(table, desired_of({assigned("a", {})}));
  REQUIRE(reading.findings.at("a").unreadable);
  CHECK(reading.findings.at("a").unreadable->kind == ErrorKind::malformed);
}

TEST_CASE("the writes of assignments and the deletion of a job") {
  FakeConnection fake(always(201, "{}"));
  graph_write::GraphWriter writer(fake.connection);
  REQUIRE(writer.add_assignment("sp", "p1", "r1", {}));
  CHECK(fake.graph.requests().back().repeatable == http::Repeatable::no);
  CHECK(fake.graph.requests().back().body ==
        R"({"appRoleId":"r1","principalId":"p1","resourceId":"sp"})");
  REQUIRE(writer.remove_assignment("sp", "a/b", {}));
  REQUIRE(writer.delete_job("sp", "j.1", {}));
  CHECK(fake.graph.lines() ==
        std::vector<std::string>{"POST /servicePrincipals/sp/appRoleAssignedTo",
                                 "DELETE /servicePrincipals/sp/appRoleAssignedTo/a%2Fb",
                                 "DELETE /servicePrincipals/sp/synchronization/jobs/j.1"});
}
