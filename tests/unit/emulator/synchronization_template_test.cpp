#include <string>

#include "tenant_fixture.h"

namespace syncwright::emulator {

namespace {

constexpr const char* no_application = "00000000-0000-0000-0000-000000000000";

struct TemplateFixture : TenantFixture {
  TemplateFixture() : app(instantiate()) {}

  std::string own(const std::string& rest = "") const {
    return "/applications/" + app.application + "/synchronization/templates" + rest;
  }
  std::string shared(const std::string& rest = "") const { return sync(app) + "/templates" + rest; }
  Answer patch(const std::string& path, const Json& body) {
    return send(http::HttpMethod::patch, path, body);
  }
  Answer put(const std::string& path, const Json& body) {
    return send(http::HttpMethod::put, path, body);
  }
  Answer del(const std::string& path) { return send(http::HttpMethod::del, path); }
  /// The template's schema with another name of its rule.
  Json renamed(const std::string& name) {
    Json schema = get(own("/crm/schema")).body;
    schema["synchronizationRules"][0]["name"] = name;
    return schema;
  }
  std::string rule_of(const std::string& path) {
    return get(path).body["synchronizationRules"][0]["name"];
  }

  App app;
};

Json without_context(Json body) {
  body.erase("@odata.context");
  body.erase("directories@odata.context");
  return body;
}

}  // namespace

TEST_CASE("an application has the templates of its service principal, schema and all") {
  TemplateFixture fixture;
  const std::string context = "https://graph.example/v1.0/$metadata#applications('" +
                              fixture.app.application + "')/synchronization/templates";
  const Answer list = fixture.get(fixture.own());
  CHECK(list.body["@odata.context"] == context);
  CHECK(list.body["value"] == fixture.get(fixture.shared()).body["value"]);
  const Answer one = fixture.get(fixture.own("/crm"));
  CHECK(one.body == Json{{"@odata.context", context + "/$entity"},
                         {"id", "crm"},
                         {"applicationId", no_application},
                         {"default", true},
                         {"description", "Users and groups"},
                         {"discoverable", false},
                         {"factoryTag", "crm"},
                         {"metadata", Json::array()}});
  const Answer schema = fixture.get(fixture.own("/crm/schema"));
  CHECK(schema.body["@odata.context"] == context + "('crm')/schema/$entity");
  CHECK(schema.body["directories@odata.context"] == context + "('crm')/schema/directories");
  CHECK(schema.body["id"] == "crm.00000000000000000000000000000000");
  CHECK(without_context(schema.body) ==
        without_context(fixture.get(fixture.shared("/crm/schema")).body));
  for (const char* function : {"/crm/schema/functions()", "/crm/schema/filterOperators"}) {
    CHECK(fixture.get(fixture.own(function)).body["value"] ==
          fixture.get(fixture.shared(function)).body["value"]);
  }
  const Answer parsed = fixture.send(http::HttpMethod::post,
                                     fixture.own("/crm/schema/microsoft.graph.parseExpression"),
                                     {{"expression", "[mail]"}});
  CHECK(parsed.body["parsingSucceeded"] == true);
  const std::string by_app_id =
      "/applications(appId='" + fixture.app.app_id + "')/synchronization/templates('crm')";
  CHECK(fixture.get(by_app_id).body["id"] == "crm");
  CHECK(fixture.get(fixture.own("/none")).status == 404);
  CHECK(fixture.get(fixture.own("/none/schema")).status == 404);
  CHECK(fixture.get("/applications/none/synchronization/templates").status == 404);
  CHECK(fixture.send(http::HttpMethod::post, fixture.own(), {{"id", "mine"}}).status == 405);
}

TEST_CASE("a template that is written over keeps what the body gives and nothing else") {
  TemplateFixture fixture;
  const Json metadata = Json::array({{{"key", "IsOAuthEnabled"}, {"value", "False"}}});
  CHECK(fixture
            .patch(fixture.own("/crm"), {{"id", "crm"},
                                         {"applicationId", fixture.app.application},
                                         {"factoryTag", "CustomSCIM"},
                                         {"metadata", metadata}})
            .status == 204);
  const Json written = {{"id", "crm"},           {"applicationId", fixture.app.application},
                        {"default", false},      {"description", nullptr},
                        {"discoverable", false}, {"factoryTag", "CustomSCIM"},
                        {"metadata", metadata}};
  CHECK(without_context(fixture.get(fixture.own("/crm")).body) == written);
  CHECK(fixture.get(fixture.shared()).body["value"][0] == written);
  CHECK(fixture.get(fixture.own()).body["value"][1]["id"] == "crmGroups");
  CHECK(fixture.put(fixture.own("/crm"), {{"description", "again"}}).status == 204);
  CHECK(fixture.get(fixture.own("/crm")).body["factoryTag"].is_null());
  CHECK(fixture.get(fixture.own("/crm")).body["description"] == "again");

  const App other = fixture.instantiate();
  CHECK(fixture.get(TenantFixture::sync(other) + "/templates/crm").body["factoryTag"] == "crm");
}

TEST_CASE("a template is refused what its type has not, and the service principal's is read only") {
  TemplateFixture fixture;
  for (const Json& body : {Json{{"id", "other"}}, Json{{"default", nullptr}},
                           Json{{"discoverable", "True"}}, Json{{"factoryTag", 1}},
                           Json{{"metadata", "none"}}, Json{{"color", "red"}}, Json::array()}) {
    CAPTURE(body.dump());
    CHECK(fixture.patch(fixture.own("/crm"), body).status == 400);
  }
  CHECK(fixture.patch(fixture.own("/crm"), {{"schema", {{"directories", 1}}}}).code() ==
        "UnknownError");
  CHECK(fixture.get(fixture.own("/crm")).body["description"] == "Users and groups");
  CHECK(fixture.patch(fixture.own("/none"), Json::object()).status == 404);
  CHECK(fixture.put(fixture.own("/none/schema"), fixture.renamed("x")).status == 404);
  CHECK(fixture.del(fixture.own("/none/schema")).status == 404);
  CHECK(fixture.patch(fixture.shared("/crm"), Json::object()).status == 405);
  CHECK(fixture.put(fixture.shared("/crm/schema"), fixture.renamed("x")).status == 405);
  CHECK(fixture.put(fixture.own("/crm/schema"), Json::object()).code() == "UnknownError");
}

TEST_CASE("a schema that is written over a template is what new jobs begin with") {
  TemplateFixture fixture;
  const std::string before =
      TenantFixture::jobs(fixture.app) + "/" + fixture.create_job(fixture.app) + "/schema";
  CHECK(fixture.put(fixture.own("/crm/schema"), fixture.renamed("OURS")).status == 204);
  CHECK(fixture.rule_of(fixture.own("/crm/schema")) == "OURS");
  CHECK(fixture.rule_of(fixture.shared("/crm/schema")) == "OURS");
  CHECK(fixture.get(fixture.own("/crm/schema"))
            .body["version"]
            .get<std::string>()
            .starts_with("Date:2026-01-01T00:00:00Z"));
  CHECK(fixture.get(fixture.own("/crm")).body["description"] == "Users and groups");
  const std::string job = fixture.create_job(fixture.app);
  const std::string after = TenantFixture::jobs(fixture.app) + "/" + job + "/schema";
  CHECK(fixture.rule_of(before) == "USER_OUTBOUND");
  CHECK(fixture.rule_of(after) == "OURS");
  CHECK(fixture.get(after).body["id"] == job);
  Json edited = fixture.get(after).body;
  edited["synchronizationRules"][0]["name"] = "THE_JOBS";
  CHECK(fixture.put(after, edited).status == 204);
  CHECK(fixture.rule_of(fixture.own("/crm/schema")) == "OURS");

  auto restored = Tenant::restore(state_of(fixture.tenant), fabrikam(), fixture.clock, {});
  REQUIRE(restored.has_value());
  CHECK(state_of(**restored) == state_of(fixture.tenant));

  CHECK(fixture.del(after).status == 204);
  CHECK(fixture.rule_of(after) == "OURS");
  CHECK(fixture.del(fixture.own("/crm/schema")).status == 204);
  CHECK(fixture.rule_of(fixture.own("/crm/schema")) == "USER_OUTBOUND");
  CHECK(fixture.rule_of(after) == "OURS");
  CHECK(fixture.del(after).status == 204);
  CHECK(fixture.rule_of(after) == "USER_OUTBOUND");
}

TEST_CASE("a template that brings its schema has both written") {
  TemplateFixture fixture;
  CHECK(fixture
            .patch(fixture.own("/crm"),
                   {{"description", "ours"}, {"schema", fixture.renamed("OURS")}})
            .status == 204);
  CHECK(fixture.get(fixture.own("/crm")).body["description"] == "ours");
  CHECK(fixture.rule_of(fixture.own("/crm/schema")) == "OURS");
}

TEST_CASE("$expand=schema brings the schemas of templates and jobs, any other is refused") {
  TemplateFixture fixture;
  fixture.job = fixture.create_job(fixture.app);
  for (const std::string& path :
       {fixture.own(), fixture.shared(), TenantFixture::jobs(fixture.app)}) {
    CAPTURE(path);
    const Json item = fixture.get(path + "?$expand=schema").body["value"][0];
    const std::string one = path + "/" + item["id"].get<std::string>();
    Json schema = fixture.get(one + "/schema").body;
    CHECK(item["schema@odata.context"] == schema["@odata.context"]);
    schema.erase("@odata.context");
    CHECK(item["schema"] == schema);
    Json expanded = fixture.get(one + "?$expand=schema").body;
    expanded.erase("@odata.context");
    CHECK(expanded == item);
    CHECK(fixture.get(path + "?$expand=secrets").status == 400);
    CHECK(fixture.get(one + "?$expand=secrets").code() == "BadRequest");
    CHECK_FALSE(fixture.get(one).body.contains("schema"));
  }
}

TEST_CASE("what was written over the templates of an application goes with it") {
  TemplateFixture fixture;
  CHECK(fixture.put(fixture.own("/crm/schema"), fixture.renamed("OURS")).status == 204);
  CHECK(fixture.del("/applications/" + fixture.app.application).status == 204);
  CHECK(fixture.put(fixture.own("/crm/schema"), Json::object()).status == 404);
  CHECK(state_of(fixture.tenant)["templates"].size() == 1);
  CHECK(fixture.del("/directory/deletedItems/" + fixture.app.application).status == 204);
  CHECK(state_of(fixture.tenant)["templates"].empty());
}

}  // namespace syncwright::emulator
