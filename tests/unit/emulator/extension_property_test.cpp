#include <string>

#include "tenant_fixture.h"

namespace syncwright::emulator {

TEST_CASE("an extension property is defined, listed, read and removed") {
  TenantFixture fixture;
  const App app = fixture.instantiate();
  const std::string path = "/applications/" + app.application + "/extensionProperties";
  const Json wanted = {{"name", "jobGroup"},
                       {"dataType", "String"},
                       {"isMultiValued", true},
                       {"targetObjects", {"User"}}};
  const Answer made = fixture.send(http::HttpMethod::post, path, wanted);
  REQUIRE(made.status == 201);
  std::string app_id = app.app_id;
  std::erase(app_id, '-');
  const std::string id = made.body["id"];
  const Json expected = {{"@odata.context", "https://graph.example/v1.0/$metadata#applications('" +
                                                app.application + "')/extensionProperties/$entity"},
                         {"id", id},
                         {"deletedDateTime", nullptr},
                         {"appDisplayName", "CRM"},
                         {"dataType", "String"},
                         {"isMultiValued", true},
                         {"isSyncedFromOnPremises", false},
                         {"name", "extension_" + app_id + "_jobGroup"},
                         {"targetObjects", Json::array({"User"})}};
  CHECK(made.body == expected);
  CHECK(fixture.get(path + "/" + id).body == expected);
  CHECK(fixture.get(path).body["value"].size() == 1);
  CHECK(fixture.get("/applications/" + app.application + "?$expand=extensionProperties")
            .body["extensionProperties"][0]["id"] == id);
  CHECK_FALSE(fixture.get("/applications/" + app.application).body.contains("extensionProperties"));
  CHECK(fixture.send(http::HttpMethod::post, path, wanted).code() ==
        "Request_MultipleObjectsWithSameKeyValue");
  CHECK(fixture.send(http::HttpMethod::del, path + "/" + id).status == 204);
  CHECK(fixture.send(http::HttpMethod::del, path + "/" + id).status == 404);
  CHECK(fixture.get(path).body["value"].empty());
}

TEST_CASE("an extension property without a known type and target is refused") {
  TenantFixture fixture;
  const App app = fixture.instantiate();
  const std::string path = "/applications/" + app.application + "/extensionProperties";
  const Json right = {{"name", "x"}, {"dataType", "String"}, {"targetObjects", {"User"}}};
  for (const Json& wrong : {Json{{"name", nullptr}}, Json{{"name", "a b"}},
                            Json{{"dataType", "string"}}, Json{{"targetObjects", Json::array()}},
                            Json{{"targetObjects", {"user"}}}, Json{{"isMultiValued", "yes"}}}) {
    Json body = right;
    body.update(wrong);
    CHECK(fixture.send(http::HttpMethod::post, path, body).code() == "Request_BadRequest");
  }
  CHECK(fixture.get(path).body["value"].empty());
  CHECK(fixture.send(http::HttpMethod::post, path, right).status == 201);
}

}  // namespace syncwright::emulator
