#include "syncwright/graph_read/audits.h"

#include <doctest/doctest.h>

#include "fake_graph.h"

using namespace syncwright;
using namespace syncwright::graph_read;

namespace {

const Instant kSince{std::chrono::seconds(1767225600)};

constexpr const char* kEntries = R"({"value":[
  {"activityDateTime":"2026-01-02T10:00:00Z","activityDisplayName":"Update attribute mappings or scope",
   "result":"success","initiatedBy":{"user":{"id":"u1","userPrincipalName":"ada@contoso.com"}},
   "targetResources":[{"id":"other"},{"id":"sp-1"}]},
  {"activityDateTime":"2026-01-03T10:00:00Z","activityDisplayName":"Disable/pause provisioning configuration",
   "initiatedBy":{"user":null,"app":{"appId":"app-9","displayName":"ci\u001b[31m"}},
   "targetResources":[{"id":"sp-1"}]},
  {"activityDateTime":"2026-01-04T10:00:00Z","activityDisplayName":"failed","result":"failure",
   "targetResources":[{"id":"sp-1"}]},
  {"activityDateTime":"2026-01-05T10:00:00Z","activityDisplayName":"somebody else's",
   "targetResources":[{"id":"sp-2"}]},
  {"targetResources":"nonsense"}]})";

}  // namespace

TEST_CASE("edits of the asked service principals, newest first, without failures") {
  FakeConnection fake(always(200, kEntries));
  const auto log = graph_read::read_edits(fake.connection, {{"sp-1"}, {}, kSince, 10}, {});
  REQUIRE(log);
  CHECK_FALSE(log->cut);
  const std::vector<model::LiveEdit>* edits = &log->edits;
  REQUIRE(edits->size() == 2);
  CHECK(edits->at(0).by == "ci [31m");
  CHECK(edits->at(0).by_id == "app-9");
  CHECK(edits->at(0).activity == "Disable/pause provisioning configuration");
  CHECK(edits->at(1) == model::LiveEdit{"sp-1",
                                        "Update attribute mappings or scope",
                                        "ada@contoso.com",
                                        "u1",
                                        "2026-01-02T10:00:00Z",
                                        {},
                                        false});
  REQUIRE(fake.graph.lines().size() == 1);
  CHECK(fake.graph.lines()[0].starts_with(
      "GET "
      "/auditLogs/directoryAudits?$filter=loggedByService%20eq%20%27Account%20Provisioning%27"));
  CHECK(fake.graph.lines()[0].ends_with(
      "%20and%20activityDateTime%20ge%202026-01-01T00%3A00%3A00Z&$orderby=activityDateTime%20desc&"
      "$top=500"));
  const auto first = graph_read::read_edits(fake.connection, {{"sp-1"}, {}, kSince, 1}, {});
  CHECK(first->edits.size() == 1);
  CHECK(first->cut);
}

TEST_CASE("edits of the directory's own are a query of their own, joined by time") {
  FakeConnection fake(always(200, kEntries));
  const auto log = graph_read::read_edits(fake.connection, {{"sp-2"}, {"sp-1"}, kSince, 10}, {});
  REQUIRE(log);
  const std::vector<model::LiveEdit>* edits = &log->edits;
  REQUIRE(edits->size() == 3);
  CHECK(edits->at(0).service_principal_id == "sp-2");
  CHECK(edits->at(2).service_principal_id == "sp-1");
  REQUIRE(fake.graph.lines().size() == 2);
  CHECK(fake.graph.lines()[1].find("Core%20Directory") != std::string::npos);
}

TEST_CASE("without a service principal nothing is asked, and a refusal is told") {
  FakeConnection fake(always(403, R"({"error":{"code":"Authorization_RequestDenied"}})"));
  CHECK(graph_read::read_edits(fake.connection, {{}, {}, kSince, 10}, {})->edits.empty());
  CHECK(fake.graph.lines().empty());
  const auto refused = graph_read::read_edits(fake.connection, {{"sp-1"}, {}, kSince, 10}, {});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == ErrorKind::forbidden);
}

TEST_CASE("what an edit modified, and whether it was the last step of an apply") {
  const auto edit_of = [](const std::string& properties) {
    FakeConnection fake(always(
        200, R"({"value":[{"activityDisplayName":"Update service principal","targetResources":
             [{"id":"sp-1","modifiedProperties":)" +
                 properties + "}]}]}"));
    return graph_read::read_edits(fake.connection, {{}, {"sp-1"}, kSince, 10}, {})
        .value()
        .edits.at(0);
  };
  CHECK(edit_of("null").properties.empty());
  CHECK(edit_of(R"([{"displayName":"DisplayName"},{"displayName":"tags"}])").properties ==
        std::vector<std::string>{"displayname", "tags"});
  CHECK_FALSE(edit_of(R"([{"displayName":"tags","newValue":"[\"syncwright-hold:x\"]"}])").applied);
  CHECK(edit_of(R"([{"displayName":"tags","oldValue":"[]",
                     "newValue":"[\"syncwright-applied:0a1b\",\"x\"]"}])")
            .applied);
  CHECK_FALSE(edit_of(R"([{"displayName":"tags","oldValue":"[\"syncwright-applied:0a1b\"]",
                           "newValue":"[\"y\",\"syncwright-applied:0a1b\"]"}])")
                  .applied);
  CHECK(edit_of(R"([{"displayName":"tags","oldValue":"[\"syncwright-applied:0a1b\"]",
                     "newValue":"[\"syncwright-applied:0a1c\"]"}])")
            .applied);
}

TEST_CASE("what an edit modified is bounded and plain, and of credentials there are no values") {
  const auto modified_by = [](const std::string& activity, const Json& properties) {
    const Json entry = {
        {"activityDisplayName", activity},
        {"targetResources", Json::array({{{"id", "sp-1"}, {"modifiedProperties", properties}}})}};
    FakeConnection fake(always(200, canonical_json({{"value", Json::array({entry})}})));
    return graph_read::read_edits(fake.connection, {{"sp-1"}, {}, kSince, 10}, {})
        .value()
        .edits.at(0)
        .modified;
  };
  const auto property = [](const std::string& name, const std::string& before,
                           const std::string& after) {
    return Json{{"displayName", name}, {"oldValue", before}, {"newValue", after}};
  };
  using Modified = std::vector<model::LiveModification>;
  CHECK(modified_by("Update attribute mappings or scope",
                    Json::array({property("Name\n\x1b[31m", "a\tb", std::string(500, 'x'))})) ==
        Modified{{"Name [31m", "a b", std::string(97, 'x') + "..."}});
  CHECK(modified_by("Update provisioning setting or credentials",
                    Json::array({property("SecretToken", "hush", "hush-hush")})) ==
        Modified{{"SecretToken", "", ""}});
  CHECK(modified_by("Update service principal",
                    Json::array({property("KeyDescription", "hush", "hush"),
                                 property("notes", "a", "b")})) ==
        Modified{{"KeyDescription", "", ""}, {"notes", "a", "b"}});
  CHECK(modified_by("Update service principal",
                    Json(std::vector<Json>(1000, property("notes", "a", "b"))))
            .size() == 20);
}
