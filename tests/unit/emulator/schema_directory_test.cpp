#include <string>

#include "tenant_fixture.h"

namespace syncwright::emulator {

namespace {

constexpr const char* crm_directory = "80000000-0000-4000-8000-000000000008";
constexpr const char* entra_directory = "66e4a8cc-1b7b-435e-95f8-f06cea133828";

struct DirectoryFixture : TenantFixture {
  DirectoryFixture() : app(started()) {}

  std::string path(const std::string& rest = "") const {
    return schema_path(app) + "/directories" + rest;
  }
  Answer discover(const std::string& id = crm_directory) {
    return send(http::HttpMethod::post, path("/" + id) + "/discover");
  }
  /// The connector can discover, and the job's schema has lost an attribute and an object.
  void make_discoverable() {
    Json schema = get(schema_path(app)).body;
    Json& directory = schema["directories"][1];
    directory["discoverabilities"] = "AttributeNames,AttributeDataTypes";
    directory["objects"].erase(1);
    Json& attributes = directory["objects"][0]["attributes"];
    for (std::size_t index = 0; index < attributes.size(); ++index) {
      if (attributes[index]["name"] == "office") attributes.erase(index);
    }
    attributes.push_back({{"name", "ours"}, {"type", "String"}});
    schema["synchronizationRules"][0]["objectMappings"].erase(0);
    const Answer put = send(http::HttpMethod::put, schema_path(app), schema);
    CAPTURE(put.message());
    REQUIRE(put.status == 204);
  }

  App app;
};

std::string names_of(const Json& list) {
  std::string text;
  for (const Json& each : list) text += each["name"].get<std::string>() + " ";
  return text;
}

}  // namespace

TEST_CASE("the directories of a job's and of a template's schema can be read one by one") {
  DirectoryFixture fixture;
  const std::string context = "https://graph.example/v1.0/$metadata#servicePrincipals('" +
                              fixture.app.service_principal + "')/synchronization/jobs('" +
                              fixture.job + "')/schema/directories";
  const Json inline_form = fixture.get(fixture.schema_path(fixture.app)).body["directories"];
  CHECK(fixture.get(fixture.path()).body ==
        Json{{"@odata.context", context}, {"value", inline_form}});
  Json one = fixture.get(fixture.path("/" + std::string(crm_directory))).body;
  CHECK(one["@odata.context"] == context + "/$entity");
  one.erase("@odata.context");
  CHECK(one == inline_form[1]);
  CHECK(fixture.get(fixture.path("('" + std::string(entra_directory) + "')")).body["name"] ==
        "Azure Active Directory");
  CHECK(fixture.get(fixture.path("/none")).status == 404);
  CHECK(fixture.get(TenantFixture::jobs(fixture.app) + "/none/schema/directories").status == 404);
  for (const std::string& owner :
       {TenantFixture::sync(fixture.app),
        "/applications/" + fixture.app.application + "/synchronization"}) {
    const std::string of_template = owner + "/templates/crm/schema/directories";
    CHECK(fixture.get(of_template).body["value"] == inline_form);
    CHECK(fixture.get(of_template + "/" + crm_directory).body["objects"] ==
          inline_form[1]["objects"]);
  }
}

TEST_CASE("discover adds what the connector knows and says when it did") {
  DirectoryFixture fixture;
  fixture.make_discoverable();
  fixture.clock.advance(std::chrono::seconds{90});
  const Answer answer = fixture.discover();
  REQUIRE(answer.status == 200);
  CHECK(answer.body["@odata.context"] ==
        "https://graph.example/v1.0/$metadata#servicePrincipals('" + fixture.app.service_principal +
            "')/synchronization/jobs('" + fixture.job + "')/schema/directories/$entity");
  CHECK(answer.body["id"] == crm_directory);
  CHECK(answer.body["discoverabilities"] == "AttributeNames,AttributeDataTypes");
  CHECK(answer.body["discoveryDateTime"] == "2026-01-01T00:01:30Z");
  CHECK(answer.body["version"].get<std::string>().size() == 36);
  CHECK(names_of(answer.body["objects"]) == "Person Team ");
  CHECK(names_of(answer.body["objects"][0]["attributes"]) ==
        "id active displayName login origin phone userName boss ours office ");
  Json shown = fixture.get(fixture.path("/" + std::string(crm_directory))).body;
  CHECK(shown == answer.body);
  const Answer again =
      fixture.send(http::HttpMethod::post, fixture.path("('" + std::string(crm_directory) + "')") +
                                               "/microsoft.graph.discover()");
  CHECK(again.body["objects"] == answer.body["objects"]);
  CHECK(again.body["version"] != answer.body["version"]);
}

TEST_CASE("a connector that cannot discover says so, and what is not there is 404") {
  DirectoryFixture fixture;
  const Answer refused = fixture.discover();
  CHECK(refused.status == 400);
  CHECK(Json::parse(refused.message())["error"]["code"] == "DirectoryNotDiscoverable");
  CHECK(fixture.get(fixture.path("/" + std::string(crm_directory)))
            .body["discoveryDateTime"]
            .is_null());
  CHECK(fixture.discover("none").status == 404);
  CHECK(fixture
            .send(http::HttpMethod::post, TenantFixture::jobs(fixture.app) +
                                              "/none/schema/directories/" + crm_directory +
                                              "/discover")
            .status == 404);
}

}  // namespace syncwright::emulator
