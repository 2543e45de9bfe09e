#include "syncwright/emulator/server.h"

#include <httplib.h>
#include <sys/stat.h>

#include <future>
#include <thread>

#include "syncwright/core/file.h"
#include "syncwright/core/random.h"
#include "tenant_fixture.h"
#include "unit/temporary_folder.h"

namespace syncwright::emulator {

namespace {

/// A tenant behind a socket until the end of the test.
class RunningServer {
 public:
  explicit RunningServer(const char* host = "127.0.0.1") {
    options.host = host;
    options.request_log = log;
    std::promise<std::string> listening;
    options.on_listening = [&](const std::string& url) { listening.set_value(url); };
    thread_ = std::jthread([this](const std::stop_token& stop) {
      result = serve(fixture.tenant, options, stop).has_value();
    });
    root = listening.get_future().get();
  }
  ~RunningServer() { std::filesystem::remove(log); }
  void stop() {
    thread_.request_stop();
    thread_.join();
  }

  httplib::Headers headers() const { return {{"Authorization", "Bearer " + fixture.token}}; }

  TenantFixture fixture;
  ServerOptions options;
  std::string root;
  std::filesystem::path log =
      std::filesystem::temp_directory_path() / ("syncwright-" + random_uuid() + ".jsonl");
  std::atomic<bool> result = false;

 private:
  std::jthread thread_;
};

}  // namespace

TEST_CASE("the tenant is served on the undecoded target, logged without headers and bodies") {
  RunningServer server;
  const App app = server.fixture.instantiate();
  const std::uint64_t revision = server.fixture.tenant.revision();
  httplib::Client client(server.root);
  const auto patched =
      client.Patch("/v1.0/applications/" + app.application, server.headers(),
                   R"({"uniqueName": "a/b", "notes": "hidden"})", "application/json");
  REQUIRE(patched);
  CHECK(patched->status == 204);
  const auto found =
      client.Get("/v1.0/applications(uniqueName='a%2Fb')?$select=id", server.headers());
  REQUIRE(found);
  CHECK(found->status == 200);
  CHECK(found->has_header("request-id"));
  const Json body = Json::parse(found->body);
  CHECK(body["id"] == app.application);
  CHECK(body["@odata.context"].get<std::string>().starts_with(server.root));
  CHECK(server.fixture.tenant.revision() == revision + 1);
  server.stop();
  CHECK(server.result);
  const std::string log = read_file(server.log).value();
  CHECK(log.find("%2Fb") != std::string::npos);
  CHECK(log.find(R"("query":"$select=id")") != std::string::npos);
  CHECK(log.find(found->get_header_value("request-id")) != std::string::npos);
  CHECK(log.find("hidden") == std::string::npos);
  CHECK(log.find("Bearer") == std::string::npos);
}

TEST_CASE("a batch is one line of the request log, with its items") {
  RunningServer server;
  httplib::Client client(server.root);
  REQUIRE(client.Post("/_emulator/faults",
                      "GET */users nth=1 status=503; GET */users nth=1 reset-before",
                      "text/plain"));
  const auto read = [](const char* id, const char* url, const char* depends_on) {
    Json item = {{"id", id}, {"method", "GET"}, {"url", url}};
    if (depends_on) item["dependsOn"] = {depends_on};
    return item;
  };
  const std::string body = Json{{"requests",
                                 {read("1", "/organization?$select=id", nullptr),
                                  read("2", "users", "1"), read("3", "/groups", "2")}}}
                               .dump();
  const auto answer = client.Post("/v1.0/$batch", server.headers(), body, "application/json");
  REQUIRE(answer);
  CHECK_FALSE(client.Post("/v1.0/$batch", server.headers(), body, "application/json"));
  const auto logged = client.Get("/_emulator/requests");
  REQUIRE(logged);
  const auto line = [](const char* method, const char* path, const char* query, int status,
                       const Json& id, const Json& time) {
    return Json{{"method", method}, {"path", path},    {"query", query},
                {"status", status}, {"requestId", id}, {"time", time}};
  };
  const auto of_item = [&](std::size_t index, const char* path, const char* query, int status) {
    const Json headers = Json::parse(answer->body)["responses"][index]["headers"];
    return line("GET", path, query, status, headers["request-id"], headers["Date"]);
  };
  Json whole = line("POST", "/v1.0/$batch", "", 200, answer->get_header_value("request-id"),
                    answer->get_header_value("Date"));
  whole["items"] = {of_item(0, "/v1.0/organization", "$select=id", 200),
                    of_item(1, "/v1.0/users", "", 503), of_item(2, "/v1.0/groups", "", 424)};
  whole["items"][1]["fault"] = "GET */users nth=1 status=503";
  const Json lines = Json::parse(logged->body)["requests"];
  REQUIRE(lines.size() == 2);
  CHECK(lines[0] == whole);
  Json lost = lines[1];  // whose ids nobody was told
  for (Json* const each : {&lost, &lost["items"][0], &lost["items"][1]}) {
    CHECK(each->erase("requestId") == 1);
    CHECK(each->erase("time") == 1);
  }
  CHECK(lost == Json::parse(R"({"items": [
      {"method": "GET", "path": "/v1.0/organization", "query": "$select=id", "status": 200},
      {"fault": "GET */users nth=1 reset-before",
       "method": "GET", "path": "/v1.0/users", "query": "", "status": 0}],
    "method": "POST", "path": "/v1.0/$batch", "query": "", "status": 0})"));
  server.stop();
  CHECK(read_file(server.log).value() ==
        canonical_json(lines[0]) + "\n" + canonical_json(lines[1]) + "\n");
}

TEST_CASE("its own endpoints are there on loopback only") {
  RunningServer local;
  httplib::Client here(local.root);
  const auto listed = here.Get("/_emulator/faults");
  REQUIRE(listed);
  CHECK(listed->status == 200);
  CHECK(listed->body == R"({"faults":[]})");
  CHECK(here.Get("/_emulator/clock")->status == 404);  // this tenant's clock is not to be moved
  RunningServer everywhere("0.0.0.0");
  httplib::Client there("127.0.0.1",
                        std::stoi(everywhere.root.substr(everywhere.root.rfind(':') + 1)));
  for (const char* path : {"/_emulator", "/_emulator/faults", "/_emulator/requests"}) {
    CAPTURE(path);
    CHECK(here.Get(path)->status == 200);
    CHECK(there.Get(path)->status == 404);
  }
}

TEST_CASE("a connection is kept for the next request, also under weather") {
  RunningServer server;
  httplib::Client client(server.root);
  client.set_keep_alive(true);
  REQUIRE(client.Post("/_emulator/faults", "GET */organization nth=2 truncate=4", "text/plain"));
  const auto whole = client.Get("/v1.0/organization", server.headers());
  REQUIRE(whole);
  CHECK(whole->status == 200);
  CHECK_FALSE(client.Get("/v1.0/organization", server.headers()));
  const auto again = client.Get("/v1.0/organization", server.headers());
  REQUIRE(again);
  CHECK(again->body == whole->body);
}

TEST_CASE("the body of a GET is no request: the connection ends with the answer") {
  RunningServer server;
  httplib::Client client(server.root);
  client.set_keep_alive(true);
  httplib::Request request;
  request.method = "GET";
  request.path = "/v1.0/organization";
  request.headers = server.headers();
  request.body = "GET /v1.0/evil HTTP/1.1\r\n\r\n";
  const auto answer = client.send(request);
  REQUIRE(answer);
  CHECK(answer->status == 200);
  CHECK(answer->get_header_value("Connection") == "close");
  server.stop();
  CHECK(read_file(server.log)->find("evil") == std::string::npos);
}

TEST_CASE("an address that cannot be bound is an error") {
  RunningServer server;
  ServerOptions taken;
  taken.port = std::stoi(server.root.substr(server.root.rfind(':') + 1));
  TenantFixture other;
  const auto result = serve(other.tenant, taken, {});
  REQUIRE_FALSE(result.has_value());
  CHECK(result.error().kind == ErrorKind::io);
  server.stop();
}

TEST_CASE("a request log that is a FIFO needs somebody who reads it") {
  const TemporaryFolder folder;
  ServerOptions options;
  options.request_log = folder.path() / "requests";
  REQUIRE(::mkfifo(options.request_log.c_str(), 0600) == 0);
  TenantFixture fixture;
  const auto refused = serve(fixture.tenant, options, {});
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().kind == ErrorKind::io);
  CHECK(refused.error().message == "the request log: cannot write " + options.request_log.string() +
                                       ": nobody reads this pipe");
}

}  // namespace syncwright::emulator
