#include <string>
#include <string_view>

#include "emulator/routes.h"
#include "tenant_fixture.h"

/// docs/graph.md#5.5.1: what lies below `applications/{id}/synchronization/jobs`.
namespace syncwright::emulator {

namespace {

constexpr std::string_view job_routes = "servicePrincipals/*/synchronization/jobs";

/// The path of the route below `owner`: of the job, and of nothing that is there.
std::string path_below(const Route& route, const std::string& owner, const std::string& job) {
  std::string path = route.versions == Versions::beta ? "/beta" : "";
  path += owner + "/synchronization/jobs";
  bool names_job = true;
  for (const char letter : route.pattern.substr(job_routes.size())) {
    if (letter != '*') {
      path += letter;
      continue;
    }
    path += names_job ? job : "x";
    names_job = false;
  }
  return path;
}

std::string jobs_of_application(const App& app) {
  return "/applications/" + app.application + "/synchronization/jobs";
}

}  // namespace

TEST_CASE("an application shows every read of its service principal's jobs") {
  TenantFixture fixture;
  const App app = fixture.started();
  int compared = 0;
  for (const Route& route : all_routes()) {
    if (!route.pattern.starts_with(job_routes) || route.method != http::HttpMethod::get) continue;
    CAPTURE(route.pattern);
    const Answer of_application =
        fixture.get(path_below(route, "/applications/" + app.application, fixture.job));
    const Answer of_service_principal =
        fixture.get(path_below(route, "/servicePrincipals/" + app.service_principal, fixture.job));
    CHECK(of_application.status == of_service_principal.status);
    CHECK(of_application.code() == of_service_principal.code());
    CHECK(of_application.message() == of_service_principal.message());
    if (of_application.status != 200) continue;
    CHECK(of_application.body == of_service_principal.body);
    ++compared;
  }
  CHECK(compared >= 6);
}

TEST_CASE("a job is created, started, changed and deleted below its application") {
  TenantFixture fixture;
  const App app = fixture.instantiate();
  fixture.save_secrets(app);
  const std::string jobs = jobs_of_application(app);
  for (const std::string version : {"", "/beta"}) {
    const auto send = [&](http::HttpMethod method, const std::string& path, const Json& body = {}) {
      return fixture.send(method, version + jobs + path, body);
    };
    const Answer made = send(http::HttpMethod::post, "", {{"templateId", "crm"}});
    REQUIRE(made.status == 201);
    const std::string job = "/" + made.body["id"].get<std::string>();
    CHECK(made.headers.get("Location") == "https://graph.example/" +
                                              std::string(version.empty() ? "v1.0" : "beta") +
                                              "/servicePrincipals('" + app.service_principal +
                                              "')/synchronization/jobs('" + job.substr(1) + "')");
    CHECK(fixture.get(TenantFixture::jobs(app) + job).body["id"] == job.substr(1));
    CHECK(send(http::HttpMethod::post, job + "/start").status == 204);
    CHECK(fixture.get(TenantFixture::jobs(app) + job).body["schedule"]["state"] == "Active");
    CHECK(send(http::HttpMethod::post, job + "/pause").status == 204);
    CHECK(send(http::HttpMethod::post, job + "/restart",
               {{"criteria", {{"resetScope", "Watermark"}}}})
              .status == 204);
    const Json schema = send(http::HttpMethod::get, job + "/schema").body;
    CHECK(send(http::HttpMethod::put, job + "/schema", schema).status == 204);
    CHECK(send(http::HttpMethod::del, job + "/schema").status == 204);
    CHECK(
        send(http::HttpMethod::post, job + "/validateCredentials", {{"useSavedCredentials", true}})
            .status == 204);
    CHECK(send(http::HttpMethod::patch, job, Json::object()).status == 404);
    CHECK(send(http::HttpMethod::del, job).status == 204);
    CHECK(fixture.get(TenantFixture::jobs(app) + job).status == 404);
  }
  CHECK(fixture.get("/applications(appId='" + app.app_id + "')/synchronization/jobs").status ==
        200);
}

TEST_CASE("an application that is not there, or has no service principal, has no jobs") {
  TenantFixture fixture;
  CHECK(fixture.get("/applications/none/synchronization/jobs").code() ==
        "Request_ResourceNotFound");
  const Answer made =
      fixture.send(http::HttpMethod::post, "/applications", {{"displayName", "Portal"}});
  const std::string id = made.body["id"];
  for (const char* path : {"/synchronization/jobs", "/synchronization/jobs/x/schema"}) {
    CHECK(fixture.get("/applications/" + id + path).code() == "Request_ResourceNotFound");
  }
}

}  // namespace syncwright::emulator
