#include <string>

#include "tenant_fixture.h"

namespace syncwright::emulator {

namespace {

constexpr const char* request_schema = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";
constexpr const char* enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

/// A started job of one of the two API-driven applications.
struct UploadFixture : TenantFixture {
  explicit UploadFixture(const std::string& name, const std::string& template_id)
      : TenantFixture({}, Catalog::built_in()) {
    const std::string id =
        filter("/applicationTemplates", "displayName eq '" + name + "'").body["value"][0]["id"];
    app = instantiate(id.c_str(), "HR");
    job_id = create_job(app, template_id);
  }

  void start() { CHECK(send(http::HttpMethod::post, path() + "/start").status == 204); }

  Answer upload(const Json& operations, const char* type = "application/scim+json") {
    http::HttpRequest request;
    request.method = http::HttpMethod::post;
    request.url = "https://graph.example/v1.0" + path() + "/bulkUpload";
    request.headers.set("Authorization", "Bearer " + token);
    request.headers.set("Content-Type", type);
    request.body =
        Json{{"schemas", {request_schema}}, {"Operations", operations}, {"failOnErrors", nullptr}}
            .dump();
    return take(tenant.handle(request));
  }

  /// "action status source", newest first.
  std::string log() {
    std::string text;
    const Json entries = filter("/auditLogs/provisioning", "jobid eq '" + job_id + "'").body;
    for (const Json& entry : entries["value"]) {
      text += entry["provisioningAction"].get<std::string>() + " " +
              entry["provisioningStatusInfo"]["status"].get<std::string>() + " " +
              entry["sourceIdentity"]["id"].get<std::string>() + "\n";
    }
    return text;
  }

  [[nodiscard]] std::string path() const { return jobs(app) + "/" + job_id; }

  App app;
  std::string job_id;
};

Json operation(const std::string& bulk_id, Json data) {
  return {{"method", "POST"}, {"bulkId", bulk_id}, {"path", "/Users"}, {"data", std::move(data)}};
}

Json avery() {
  return {{"schemas", {"urn:ietf:params:scim:schemas:core:2.0:User", enterprise}},
          {"externalId", "701984"},
          {"userName", "avery.howard@contoso.example"},
          {"displayName", "Avery Howard"},
          {"name", {{"givenName", "Avery"}, {"familyName", "Howard"}}},
          {"emails", {{{"type", "work"}, {"value", "avery@contoso.example"}}}},
          {"active", true},
          {enterprise, {{"department", "Sales"}, {"manager", {{"value", "701900"}}}}}};
}

Json blake() {
  return {{"externalId", "701900"},
          {"userName", "blake.ito@contoso.example"},
          {"displayName", "Blake Ito"},
          {"active", true}};
}

UploadFixture to_entra() {
  return UploadFixture("API-driven provisioning to Microsoft Entra ID", "API2AAD");
}

}  // namespace

TEST_CASE("uploaded users become users of the tenant, and later uploads change them") {
  UploadFixture fixture = to_entra();
  fixture.start();
  const Answer taken = fixture.upload({operation("1", avery()), operation("2", blake())});
  CHECK(taken.status == 202);
  CHECK(taken.body.is_null());
  CHECK(taken.headers.get("Location") ==
        "https://graph.example/v1.0/auditLogs/provisioning/?$filter=jobid%20eq%20%27" +
            fixture.job_id + "%27");
  CHECK(fixture.log() == "create success 701900\ncreate success 701984\n");
  const std::string query = "?$select=displayName,department,employeeId,mail,mailNickname";
  Json user = fixture.get("/users/avery.howard@contoso.example" + query).body;
  user.erase("@odata.context");
  user.erase("id");
  CHECK(user == Json{{"displayName", "Avery Howard"},
                     {"department", "Sales"},
                     {"employeeId", "701984"},
                     {"mail", "avery@contoso.example"},
                     {"mailNickname", "avery.howard"}});

  fixture.clock.advance(std::chrono::seconds{10});
  Json moved = avery();
  moved[enterprise]["department"] = "Finance";
  moved["active"] = false;
  CHECK(fixture.upload(Json::array({operation("1", moved)})).status == 202);
  const Json changed =
      fixture.get("/users/avery.howard@contoso.example?$select=department,accountEnabled").body;
  CHECK(changed["department"] == "Finance");
  CHECK(changed["accountEnabled"] == false);
  CHECK(fixture.log() == "update success 701984\ncreate success 701900\ncreate success 701984\n");
}

TEST_CASE("an uploaded user is matched with the user that has its employeeId") {
  UploadFixture fixture = to_entra();
  fixture.start();
  Json known = avery();
  known["externalId"] = "4108";  // Marcus Adeyemi's
  known["userName"] = "marcus.adeyemi@contoso.example";
  fixture.upload(Json::array({operation("1", known)}));
  CHECK(fixture.log() == "update success 4108\n");
  CHECK(fixture.get("/users/marcus.adeyemi@contoso.example").body["displayName"] == "Avery Howard");
}

TEST_CASE("a taken sign-in name is in the log, and the user is not made") {
  UploadFixture fixture = to_entra();
  fixture.start();
  Json taken = avery();
  taken["userName"] = "marcus.adeyemi@contoso.example";
  CHECK(fixture.upload(Json::array({operation("1", taken)})).status == 202);
  CHECK(fixture.log() == "create failure 701984\n");
  CHECK(fixture.get("/users/marcus.adeyemi@contoso.example").body["displayName"] ==
        "Marcus Adeyemi");
}

TEST_CASE("what is uploaded to a paused job waits for its start") {
  UploadFixture fixture = to_entra();
  CHECK(fixture.upload(Json::array({operation("1", avery())})).status == 202);
  CHECK(fixture.log().empty());
  fixture.start();
  CHECK(fixture.log() == "create success 701984\n");
}

TEST_CASE("uploads for Active Directory make accounts there and no user of the tenant") {
  UploadFixture fixture("API-driven provisioning to on-premises Active Directory", "API2AD");
  fixture.put_secrets(fixture.app, {{"Domain", "contoso.example"}});
  fixture.start();
  fixture.upload(Json::array({operation("1", avery())}));
  CHECK(fixture.log() == "create success 701984\n");
  CHECK(fixture.get("/users/avery.howard@contoso.example").status == 404);
}

TEST_CASE("a bulk request that is none is refused whole") {
  UploadFixture fixture = to_entra();
  fixture.start();
  const auto refusal = [&](const Json& operations, const char* type = "application/scim+json") {
    const Answer answer = fixture.upload(operations, type);
    CHECK(answer.status == 400);
    return answer.message();
  };
  const auto holds = [](const std::string& message, const char* part) {
    return message.find(part) != std::string::npos;
  };
  CHECK(holds(refusal(Json::array({operation("1", avery())}), "application/json"),
              "application/scim+json"));
  CHECK(holds(refusal(Json::array()), "1 to 50 operations"));
  Json many = Json::array();
  for (int index = 0; index < 51; ++index) {
    many.push_back(operation(std::to_string(index), avery()));
  }
  CHECK(holds(refusal(many), "1 to 50 operations"));
  CHECK(holds(refusal({operation("1", avery()), operation("1", blake())}), "'1' repeats"));
  Json deletes = operation("1", avery());
  deletes["method"] = "DELETE";
  CHECK(holds(refusal(Json::array({deletes})), "only POST"));
  CHECK(fixture.log().empty());
}

TEST_CASE("uploads are counted: 40 in 5 seconds") {
  UploadFixture fixture = to_entra();
  for (int index = 0; index < 40; ++index) {
    CHECK(fixture.upload(Json::array({operation("1", avery())})).status == 202);
  }
  const Answer throttled = fixture.upload(Json::array({operation("1", avery())}));
  CHECK(throttled.status == 429);
  CHECK(throttled.headers.get("Retry-After") == "5");
  fixture.clock.advance(std::chrono::seconds{5});
  CHECK(fixture.upload(Json::array({operation("1", avery())})).status == 202);
}

TEST_CASE("only API-driven jobs take uploads") {
  UploadFixture fixture("Salesforce", "SfOutDelta");
  CHECK(fixture.upload(Json::array({operation("1", avery())})).status == 400);
}

}  // namespace syncwright::emulator
