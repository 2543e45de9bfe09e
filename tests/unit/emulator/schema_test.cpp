#include <functional>
#include <string>
#include <vector>

#include "syncwright/emulator/state_file.h"
#include "syncwright/schema/synchronization_schema.h"
#include "tenant_fixture.h"
#include "unit/temporary_folder.h"

namespace syncwright::emulator {

namespace {

Json& object_mapping(Json& schema, std::size_t index) {
  return schema["synchronizationRules"][0]["objectMappings"][index];
}

Json& person(Json& schema) {
  return schema["directories"][1]["objects"][0];
}

/// The nested code of a refusal by the synchronization service.
std::string nested_code(const Answer& answer) {
  CHECK(answer.code() == "UnknownError");
  return Json::parse(answer.message())["error"]["code"];
}

struct SchemaFixture : TenantFixture {
  SchemaFixture() : app(instantiate()) { job = create_job(app); }

  Json schema() { return get(schema_path(app)).body; }
  Answer put(const Json& schema) { return send(http::HttpMethod::put, schema_path(app), schema); }

  App app;
};

}  // namespace

TEST_CASE("a job begins with its template's schema, defaults filled in") {
  SchemaFixture fixture;
  Json schema = fixture.schema();
  CHECK(schema["id"] == fixture.job);
  CHECK(schema["version"] == "v1.2");
  CHECK(schema["@odata.context"].get<std::string>().ends_with("/schema/$entity"));
  CHECK(schema.contains("directories@odata.context"));
  CHECK(schema["directories"][0]["name"] == "Azure Active Directory");
  CHECK(person(schema)["attributes"][0] == Json{{"anchor", true},
                                                {"apiExpressions", Json::array()},
                                                {"caseExact", false},
                                                {"defaultValue", nullptr},
                                                {"flowNullValues", false},
                                                {"metadata", Json::array()},
                                                {"multivalued", false},
                                                {"mutability", "ReadWrite"},
                                                {"name", "id"},
                                                {"referencedObjects", Json::array()},
                                                {"required", false},
                                                {"type", "String"}});
  const Json& users = object_mapping(schema, 1);
  CHECK(users["flowTypes"] == "Add,Update,Delete");
  CHECK(users["enabled"] == true);
  CHECK(users["attributeMappings"][0]["source"]["expression"] == "Not([IsSoftDeleted])");
  CHECK(users["attributeMappings"][4]["source"]["expression"] == "\"entra\"");
}

TEST_CASE("a PUT replaces the schema, fills defaults, sorts mappings and keeps unknown members") {
  SchemaFixture fixture;
  Json schema = fixture.schema();
  person(schema)["attributes"].push_back({{"name", "officeCode"}, {"type", "String"}});
  object_mapping(schema, 1)["attributeMappings"].push_back(
      {{"targetAttributeName", "officeCode"},
       {"source", {{"name", "extensionAttribute10"}, {"type", "Attribute"}}}});
  schema["provisioningTaskIdentifier"] = "kept";
  object_mapping(schema, 1)["futureMember"] = {{"deep", {1, 2}}};
  REQUIRE(fixture.put(schema).status == 204);
  Json stored = fixture.schema();
  CHECK(stored["version"].get<std::string>().starts_with("Date:2026-01-01T00:00:00Z, ActivityId:"));
  CHECK(stored["provisioningTaskIdentifier"] == "kept");
  CHECK(object_mapping(stored, 1)["futureMember"]["deep"] == Json::array({1, 2}));
  CHECK(person(stored)["attributes"].back()["mutability"] == "ReadWrite");
  const Json& mappings = object_mapping(stored, 1)["attributeMappings"];
  std::string targets;
  for (const Json& mapping : mappings) {
    targets += mapping["targetAttributeName"].get<std::string>() + " ";
  }
  CHECK(targets == "active boss displayName login officeCode origin phone userName ");
  CHECK(mappings[4] == Json{{"defaultValue", nullptr},
                            {"exportMissingReferences", false},
                            {"flowBehavior", "FlowWhenChanged"},
                            {"flowType", "Always"},
                            {"matchingPriority", 0},
                            {"source",
                             {{"expression", "[extensionAttribute10]"},
                              {"name", "extensionAttribute10"},
                              {"parameters", Json::array()},
                              {"type", "Attribute"}}},
                            {"targetAttributeName", "officeCode"}});
}

TEST_CASE("what was read may be written back, and comes back the same but for the version") {
  SchemaFixture fixture;
  Json before = fixture.schema();
  REQUIRE(fixture.put(before).status == 204);
  Json after = fixture.schema();
  before.erase("version");
  after.erase("version");
  CHECK(before == after);
}

TEST_CASE("DELETE brings the template's schema back") {
  SchemaFixture fixture;
  Json schema = fixture.schema();
  object_mapping(schema, 1)["enabled"] = false;
  fixture.put(schema);
  CHECK(fixture.send(http::HttpMethod::del, fixture.schema_path(fixture.app)).status == 204);
  Json reset = fixture.schema();
  CHECK(object_mapping(reset, 1)["enabled"] == true);
  CHECK(reset["version"] == "v1.2");
}

TEST_CASE("enum members in another case are 406") {
  const auto status_with = [](auto change) {
    SchemaFixture fixture;
    Json schema = fixture.schema();
    change(schema);
    return fixture.put(schema).status;
  };
  CHECK(status_with([](Json& schema) {
          object_mapping(schema, 1)["attributeMappings"][1]["flowType"] = "always";
        }) == 406);
  CHECK(status_with([](Json& schema) {
          object_mapping(schema, 1)["attributeMappings"][1]["flowBehavior"] = "flowWhenChanged";
        }) == 406);
  CHECK(status_with([](Json& schema) {
          object_mapping(schema,
                         1)["attributeMappings"][0]["source"]["parameters"][0]["value"]["type"] =
              "attribute";
        }) == 406);
  CHECK(status_with([](Json& schema) { object_mapping(schema, 1)["flowTypes"] = "add"; }) == 406);
  CHECK(status_with([](Json& schema) { person(schema)["attributes"][1]["type"] = "string"; }) ==
        406);
  CHECK(status_with([](Json& schema) { object_mapping(schema, 1)["flowTypes"] = "Update, Add"; }) ==
        204);
}

TEST_CASE("a schema that hangs together no more is refused and changes nothing") {
  SchemaFixture fixture;
  const auto refused = [&](auto change) {
    Json schema = fixture.schema();
    change(schema);
    const Answer answer = fixture.put(schema);
    CHECK(answer.status == 400);
    return nested_code(answer) == "InvalidSynchronizationSchema";
  };
  CHECK(refused([](Json& schema) { schema.erase("directories"); }));
  CHECK(refused([](Json& schema) { schema["directories"].erase(1); }));
  CHECK(refused([](Json& schema) { person(schema)["attributes"][0]["anchor"] = false; }));
  CHECK(refused([](Json& schema) { person(schema)["name"] = "Human"; }));
  CHECK(refused([](Json& schema) {
    object_mapping(schema, 1)["attributeMappings"][1]["targetAttributeName"] = "colour";
  }));
  CHECK(refused([](Json& schema) {
    object_mapping(schema, 1)["attributeMappings"][2]["source"]["name"] = "colour";
  }));
  CHECK(refused([](Json& schema) {
    object_mapping(schema, 1)["attributeMappings"][0]["source"]["parameters"][0]["value"]["name"] =
        "colour";
  }));
  CHECK(fixture.schema()["version"] == "v1.2");
  CHECK(fixture.put(Json::array()).status == 400);
}

TEST_CASE("a disabled object mapping may name no object, as real documents do") {
  SchemaFixture fixture;
  Json schema = fixture.schema();
  Json unused = object_mapping(schema, 1);
  unused["sourceObjectName"] = "";
  unused["enabled"] = false;
  schema["synchronizationRules"][0]["objectMappings"].push_back(unused);
  CHECK(fixture.put(schema).status == 204);
  schema["synchronizationRules"][0]["objectMappings"].back()["enabled"] = true;
  CHECK(fixture.put(schema).status == 400);
}

TEST_CASE("documents of the wrong shape are refused, never crash") {
  SchemaFixture fixture;
  fixture.save_secrets(fixture.app, {{"SyncAll", "true"}});
  const std::vector<std::function<void(Json&)>> distortions{
      [](Json& schema) { schema["synchronizationRules"] = {1, nullptr, "x"}; },
      [](Json& schema) { schema["directories"] = {"x"}; },
      [](Json& schema) { schema["directories"][1]["objects"] = 5; },
      [](Json& schema) { person(schema)["attributes"] = {{"a", "b"}}; },
      [](Json& schema) { schema["synchronizationRules"][0]["id"] = Json::array(); },
      [](Json& schema) { object_mapping(schema, 1)["sourceObjectName"] = 7; },
  };
  for (const auto& distort : distortions) {
    Json schema = fixture.schema();
    distort(schema);
    CHECK(fixture.put(schema).status == 400);
  }
  const std::vector<std::function<void(Json&)>> oddities{
      [](Json& schema) { object_mapping(schema, 1)["attributeMappings"] = "none"; },
      [](Json& schema) { object_mapping(schema, 1)["scope"] = "none"; },
      [](Json& schema) { object_mapping(schema, 1)["attributeMappings"][0]["source"] = 5; },
      [](Json& schema) { object_mapping(schema, 1)["metadata"] = false; },
  };
  for (const auto& distort : oddities) {
    Json schema = fixture.schema();
    distort(schema);
    CHECK(fixture.put(schema).status < 500);
    fixture.act(fixture.app, "restart");
    CHECK(fixture.status(fixture.app).is_object());
    fixture.send(http::HttpMethod::del, fixture.schema_path(fixture.app));
  }
}

TEST_CASE("every schema of the built-in gallery is complete and may be written back") {
  TenantFixture fixture;
  for (const GalleryEntry& entry : Catalog::built_in()->gallery) {
    const std::string id = entry.application_template["id"];
    CAPTURE(id);
    const App app = fixture.instantiate(id.c_str(), "Any");
    for (const Json& sync_template : entry.synchronization_templates) {
      fixture.job = fixture.create_job(app, sync_template["id"]);
      const Json schema = fixture.get(fixture.schema_path(app)).body;
      const Answer put = fixture.send(http::HttpMethod::put, fixture.schema_path(app), schema);
      CAPTURE(put.message());
      CHECK(put.status == 204);
    }
  }
}

TEST_CASE("a document may bring a rule that the job does not have") {
  SchemaFixture fixture;
  Json schema = fixture.schema();
  schema["synchronizationRules"][0]["id"] = "foreign";
  REQUIRE(fixture.put(schema).status == 204);
  CHECK(fixture.schema()["synchronizationRules"][0]["id"] == "foreign");
}

TEST_CASE("a schema as deep as a client may send is taken, kept and restored") {
  SchemaFixture fixture;
  Json schema = fixture.schema();
  Json deep = Json::array();
  for (int level = 0; level < schema::kMaxSchemaDepth - 20; ++level)
    deep = Json::array({std::move(deep)});
  schema["synchronizationRules"][0]["metadata"] = std::move(deep);
  REQUIRE(fixture.put(schema).status == 204);

  const TemporaryFolder folder;
  const auto json = folder.path() / "state.json";
  REQUIRE(fixture.tenant.export_state(json).has_value());
  auto file = StateFile::open(folder.path() / "state.db");
  REQUIRE(file.has_value());
  REQUIRE((*file)->import_json(json).has_value());
  const auto restored = Tenant::open(std::move(*file), fabrikam(), fixture.clock, {});
  REQUIRE(restored.has_value());
  CHECK(state_of(**restored)["jobs"] == state_of(fixture.tenant)["jobs"]);
}

}  // namespace syncwright::emulator
