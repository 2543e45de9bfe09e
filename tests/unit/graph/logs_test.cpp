#include "syncwright/graph_read/logs.h"

#include <doctest/doctest.h>

#include "fake_graph.h"

using namespace syncwright;
using namespace syncwright::graph_read;

namespace {

std::vector<graph_read::ProvisioningLogEntry> entries_of(const std::string& items,
                                                         const graph_read::LogQuery& query = {}) {
  FakeConnection fake(always(200, R"({"value":[)" + items + "]}"));
  auto entries = graph_read::read_provisioning_logs(fake.connection, query, {});
  REQUIRE(entries);
  return std::move(*entries);
}

}  // namespace

TEST_CASE("the query of the logs") {
  FakeConnection fake(always(200, R"({"value":[]})"));
  graph_read::LogQuery query;
  query.limit = 20;
  CHECK(graph_read::read_provisioning_logs(fake.connection, query, {}));
  query.service_principal_id = "sp1";
  query.since = Instant(std::chrono::seconds(1767225600));
  query.failed_only = true;
  query.limit = 4000;
  CHECK(graph_read::read_provisioning_logs(fake.connection, query, {}));
  CHECK(fake.graph.lines() ==
        std::vector<std::string>{
            "GET /auditLogs/provisioning?$orderby=activityDateTime%20desc&$top=20",
            "GET /auditLogs/provisioning?$filter=servicePrincipal%2Fid%20eq%20%27sp1%27%20and%20"
            "activityDateTime%20gt%202026-01-01T00%3A00%3A00Z%20and%20%28provisioningStatusInfo%2F"
            "status%20eq%20%27failure%27%20or%20provisioningStatusInfo%2Fstatus%20eq%20%27Failure%"
            "27%29&$orderby=activityDateTime%20desc&$top=500"});
}

TEST_CASE("an entry as v1.0 writes it") {
  const auto entries = entries_of(R"({"id":"e1","activityDateTime":"2026-03-02T10:01:20Z",
    "jobId":"scim.1","provisioningAction":"create","servicePrincipal":{"id":"sp1"},
    "sourceIdentity":{"id":"u1","displayName":"Avery Howard"},
    "targetIdentity":{"id":"5021","displayName":""},
    "provisioningStatusInfo":{"status":"failure","errorInformation":{"errorCode":"BoxEntryConflict",
      "reason":"taken\r\nalready","recommendedAction":"rename"}},
    "modifiedProperties":[{"displayName":"userName","oldValue":null,"newValue":"avery"}]})");
  REQUIRE(entries.size() == 1);
  const graph_read::ProvisioningLogEntry& entry = entries.front();
  CHECK(entry.id == "e1");
  CHECK(entry.time == "2026-03-02T10:01:20Z");
  CHECK(entry.action == "create");
  CHECK(entry.status == "failure");
  CHECK(entry.source == "Avery Howard");
  CHECK(entry.target == "5021");
  CHECK(entry.error_code == "BoxEntryConflict");
  CHECK(entry.reason == "taken already");
  CHECK(entry.recommended_action == "rename");
  CHECK(entry.job_id == "scim.1");
  CHECK(entry.service_principal_id == "sp1");
  CHECK(entry.modified == std::vector<std::pair<std::string, std::string>>{{"userName", "avery"}});
}

TEST_CASE("an entry as the guide's beta wrote it reads the same") {
  const auto entries = entries_of(R"({"id":"e1","activityDateTime":"2026-03-02T10:01:20Z",
    "action":"StagedDelete","servicePrincipal":[{"id":"sp1"}],
    "statusInfo":{"@odata.type":"#microsoft.graph.statusDetails","status":"Failure",
      "errorCode":"BoxEntryConflict","reason":"taken"}})");
  REQUIRE(entries.size() == 1);
  CHECK(entries[0].action == "stagedDelete");
  CHECK(entries[0].status == "failure");
  CHECK(entries[0].error_code == "BoxEntryConflict");
  CHECK(entries[0].reason == "taken");
  CHECK(entries[0].service_principal_id == "sp1");
}

TEST_CASE("newest first, whatever the order of the answer") {
  const auto entries = entries_of(
      R"({"id":"old","activityDateTime":"2026-03-02T10:00:00Z"},
         {"id":"new","activityDateTime":"2026-03-02T10:00:00.5Z"},{"id":"odd"},7)");
  REQUIRE(entries.size() == 4);
  CHECK(entries[0].id == "new");
  CHECK(entries[1].id == "old");
}

TEST_CASE("no more pages are read than the limit needs") {
  FakeConnection fake([](const http::HttpRequest&) -> Result<http::HttpResponse> {
    return json_answer(200, R"({"@odata.nextLink":"https://graph.example/v1.0/next",
                                "value":[{"id":"1"},{"id":"2"}]})");
  });
  graph_read::LogQuery query;
  query.limit = 2;
  CHECK(graph_read::read_provisioning_logs(fake.connection, query, {})->size() == 2);
  CHECK(fake.graph.requests().size() == 1);
}
