#include "tenant_fixture.h"

namespace syncwright::emulator {

TEST_CASE("answers carry Graph's headers") {
  TenantFixture fixture;
  fixture.headers.set("client-request-id", "c11e4700-0000-4000-8000-0000000000aa");
  const Answer answer = fixture.get("/organization");
  CHECK(answer.status == 200);
  CHECK(answer.headers.get("Content-Type") ==
        "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;"
        "charset=utf-8");
  CHECK(answer.headers.get("OData-Version") == "4.0");
  CHECK(answer.headers.get("Date") == "Thu, 01 Jan 2026 00:00:00 GMT");
  CHECK(answer.headers.get("client-request-id") == "c11e4700-0000-4000-8000-0000000000aa");
  CHECK(answer.headers.get("request-id").value_or("").size() == 36);
  CHECK(answer.body["@odata.context"] == "https://graph.example/v1.0/$metadata#organization");
  CHECK(answer.body["value"][0]["displayName"] == "Fabrikam");
  CHECK(answer.body["value"][0]["verifiedDomains"][0]["name"] == "fabrikam.example");
}

TEST_CASE("errors carry the ids and the time of the request") {
  TenantFixture fixture;
  const Answer answer = fixture.get("/servicePrincipals/none");
  CHECK(answer.status == 404);
  CHECK(answer.code() == "Request_ResourceNotFound");
  const Json& inner = answer.body["error"]["innerError"];
  CHECK(inner["date"] == "2026-01-01T00:00:00");
  CHECK(inner["request-id"] == *answer.headers.get("request-id"));
  CHECK(inner["client-request-id"] == *answer.headers.get("request-id"));
}

TEST_CASE("paths and methods that Graph lacks are refused") {
  TenantFixture fixture;
  const App app = fixture.instantiate();
  fixture.job = fixture.create_job(app);
  const auto unknown = [&](const std::string& path) {
    const Answer refused = fixture.get(path);
    CHECK(refused.status == 400);
    CHECK(refused.code() == "BadRequest");
    return refused.message();
  };
  for (const std::string version : {"", "/beta"}) {
    CHECK(unknown(version + "/servicePrincipal") ==
          "Resource not found for the segment 'servicePrincipal'.");
    CHECK(unknown(version + "/jobs/1/start") == "Resource not found for the segment 'jobs'.");
    CHECK(unknown(version + "/users/1/colours/2") ==
          "Resource not found for the segment 'colours'.");
    CHECK(unknown(version + "/auditLogs") == "Resource not found for the segment 'auditLogs'.");
  }
  const Answer unknown_method = fixture.send(http::HttpMethod::put, "/users", Json::object());
  CHECK(unknown_method.status == 405);
  CHECK(unknown_method.code() == "Request_BadRequest");
  for (const std::string& path :
       {TenantFixture::jobs(app) + "/" + fixture.job, fixture.schema_path(app)}) {
    const Answer patch = fixture.send(http::HttpMethod::patch, path, Json::object());
    CHECK(patch.status == 404);
    CHECK(patch.code() == "UnknownError");
    CHECK(Json::parse(patch.message())["Message"].get<std::string>().starts_with(
        "No HTTP resource was found"));
  }
}

TEST_CASE("a trailing slash, a qualified action and an alternate key change nothing") {
  TenantFixture fixture;
  const App app = fixture.instantiate();
  fixture.job = fixture.create_job(app);
  CHECK(fixture.get(TenantFixture::jobs(app) + "/").status == 200);
  CHECK(fixture.act(app, "microsoft.graph.start").status == 204);
  CHECK(fixture.act(app, "pause/").status == 204);
  const std::string by_app_id = "/servicePrincipals(appId='" + app.app_id + "')";
  CHECK(fixture.get(by_app_id).body["id"] == app.service_principal);
  CHECK(fixture.get(by_app_id + "/synchronization/jobs").body["value"].size() == 1);
  CHECK(fixture.get("/servicePrincipals('" + app.service_principal + "')").status == 200);
  CHECK(fixture.get("/servicePrincipals(appId='none')").status == 404);
  CHECK(fixture.get("/servicePrincipals(name='x')").status == 400);
  CHECK(fixture.get("/applications(uniqueName='x)").status == 400);
}

TEST_CASE("the spellings of generated clients mean what the plain path means") {
  TenantFixture fixture;
  const App app = fixture.instantiate();
  fixture.job = fixture.create_job(app);
  const std::string plain = TenantFixture::sync(app);
  const std::string schema = fixture.schema_path(app);
  for (const char* name : {"functions", "filterOperators"}) {
    const Json values = fixture.get(schema + "/" + name).body["value"];
    CHECK_FALSE(values.empty());
    const std::string text = name;
    for (const std::string& spelling :
         {text + "()", "microsoft.graph." + text, "microsoft.graph." + text + "()", text + "%28%29",
          text + "()/"}) {
      CAPTURE(spelling);
      CHECK(fixture.get(schema + "/" + spelling).body["value"] == values);
      CHECK(fixture.get(plain + "/templates/crm/schema/" + spelling).body["value"] == values);
    }
  }
  const std::string by_app_id = "/servicePrincipals(appId='" + app.app_id + "')";
  for (const std::string& owner : {"/servicePrincipals('" + app.service_principal + "')", by_app_id,
                                   "/servicePrincipals(appId=%27" + app.app_id + "%27)"}) {
    CAPTURE(owner);
    const std::string job = owner + "/synchronization/jobs('" + fixture.job + "')";
    CHECK(fixture.get(job).body["id"] == fixture.job);
    CHECK(fixture.get(job + "/schema").body["id"] == fixture.job);
    CHECK(fixture.get(owner + "/synchronization/templates('crm')").body["id"] == "crm");
    CHECK(fixture.send(http::HttpMethod::post, job + "/microsoft.graph.pause").status == 204);
    CHECK(fixture.send(http::HttpMethod::post, job + "/microsoft.graph.pause()").status == 204);
  }
  CHECK(fixture.get(schema + "/functions('x')").status == 400);
  CHECK(fixture.get(plain + "/templates('crm").status == 400);
}

TEST_CASE("bodies that cannot be read are refused") {
  TenantFixture fixture;
  http::HttpRequest request;
  request.method = http::HttpMethod::post;
  request.url = std::string("https://g/v1.0/applicationTemplates/") + crm_id + "/instantiate";
  request.headers.set("Authorization", "Bearer " + fixture.token);
  request.body = R"({"displayName": "x"})";
  CHECK(fixture.tenant.handle(request).status == 400);
  request.headers.set("Content-Type", "application/json");
  request.body = R"({"displayName": )";
  CHECK(TenantFixture::take(fixture.tenant.handle(request)).code() == "BadRequest");
  request.body = std::string(1'000, '[');
  CHECK(fixture.tenant.handle(request).status == 400);
  request.body = std::string((16U << 20U) + 1, ' ');
  CHECK(fixture.tenant.handle(request).status == 413);
}

TEST_CASE("the name of a media type may be written in any case, and a DELETE takes no body") {
  TenantFixture fixture;
  http::HttpRequest request;
  request.method = http::HttpMethod::post;
  request.url = std::string("https://g/v1.0/applicationTemplates/") + crm_id + "/instantiate";
  request.headers.set("Authorization", "Bearer " + fixture.token);
  request.headers.set("Content-Type", "Application/JSON");
  request.body = R"({"displayName": "x"})";
  const auto made = TenantFixture::take(fixture.tenant.handle(request));
  CHECK(made.status == 201);
  request.method = http::HttpMethod::del;
  request.url = "https://g/v1.0/applications/" + made.body["application"]["id"].get<std::string>();
  request.headers.set("Content-Type", "text/plain");
  request.body = "{";
  CHECK(fixture.tenant.handle(request).status == 204);
}

TEST_CASE("a tenant that refuses writes still answers reads and tokens") {
  TenantOptions options;
  options.refuse_writes = true;
  TenantFixture fixture(options);
  const Answer refused =
      fixture.send(http::HttpMethod::patch, "/servicePrincipals/x", {{"notes", "n"}});
  CHECK(refused.status == 403);
  CHECK(refused.code() == "WritesRefused");
  CHECK(fixture.get("/users").status == 200);
  CHECK(fixture.tenant.revision() == 0);
}

TEST_CASE("latency is waited on the clock before each answer") {
  TenantOptions options;
  options.latency = Milliseconds{50};
  TenantFixture fixture(options);
  fixture.get("/users");
  fixture.get("/groups");
  CHECK(fixture.clock.waits() == std::vector<Milliseconds>{Milliseconds{50}, Milliseconds{50}});
}

TEST_CASE("the transport answers for the tenant and keeps its bounds") {
  TenantFixture fixture;
  TenantTransport transport(fixture.tenant);
  http::HttpRequest request;
  request.url = "https://graph.example/v1.0/users";
  request.headers.set("Authorization", "Bearer " + fixture.token);
  const auto answer = transport.send(request, {});
  REQUIRE(answer.has_value());
  CHECK(answer->status == 200);
  request.max_response_bytes = 100;
  const auto bounded = transport.send(request, {});
  REQUIRE_FALSE(bounded.has_value());
  CHECK(bounded.error().kind == ErrorKind::too_large);
  std::stop_source stop;
  stop.request_stop();
  CHECK(transport.send(request, stop.get_token()).error().kind == ErrorKind::cancelled);
}

}  // namespace syncwright::emulator
