#include <array>

#include "object_sample.h"

namespace syncwright::emulator {

namespace {

/// One of each type, made without a template.
struct Objects : TenantFixture {
  Objects() {
    const Answer made = send(http::HttpMethod::post, "/applications", {{"displayName", "Plain"}});
    REQUIRE(made.status == 201);
    application = "/applications/" + made.body["id"].get<std::string>();
    const Answer instance =
        send(http::HttpMethod::post, "/servicePrincipals", {{"appId", made.body["appId"]}});
    REQUIRE(instance.status == 201);
    service_principal = "/servicePrincipals/" + instance.body["id"].get<std::string>();
  }

  std::string application;
  std::string service_principal;
};

struct Case {
  const ObjectType& type;
  const std::string& path;
};

std::array<Case, 2> cases_of(const Objects& objects) {
  return {Case{application_type(), objects.application},
          Case{service_principal_type(), objects.service_principal}};
}

/// Credentials are checked by what they hold.
bool has_checks_of_its_own(const ObjectProperty& row) {
  return row.name == "keyCredentials";
}

}  // namespace

TEST_CASE("every writable property is kept and given back") {
  for (const std::string version : {"v1.0", "beta"}) {
    Objects objects;
    const Call call = call_of(version);
    for (const Case& one : cases_of(objects)) {
      const std::string path = prefix_of(version) + one.path;
      for (const ObjectProperty* row : properties_of(one.type, call)) {
        if (row->access != Access::writable || has_checks_of_its_own(*row)) continue;
        const std::string name(name_in_version(*row, call));
        CAPTURE(path);
        CAPTURE(name);
        const Json before = objects.get(path + "?$select=" + name).body[name];
        const Json given = sample_of(*row, call);
        const Answer patched = objects.send(http::HttpMethod::patch, path, {{name, given}});
        CHECK_MESSAGE(patched.status == 204, patched.message());
        Json expected = given;
        if (before.is_object()) {
          expected = before;
          expected.update(given);
        }
        CHECK(objects.get(path + "?$select=" + name).body[name] == expected);
      }
    }
  }
}

TEST_CASE("a property that is not to be set is refused by name") {
  for (const std::string version : {"v1.0", "beta"}) {
    Objects objects;
    const Call call = call_of(version);
    for (const Case& one : cases_of(objects)) {
      const std::string path = prefix_of(version) + one.path;
      for (const ObjectProperty* row : properties_of(one.type, call)) {
        if (row->access == Access::writable) continue;
        const std::string name(name_in_version(*row, call));
        const Answer refused =
            objects.send(http::HttpMethod::patch, path, {{name, sample_of(*row, call)}});
        CHECK(refused.status == 400);
        CHECK(refused.message() == "Property '" + name + "' is read-only and cannot be set.");
      }
    }
  }
}

TEST_CASE("$select shows any property of the type, alone and under the version's name") {
  for (const std::string version : {"v1.0", "beta"}) {
    Objects objects;
    const Call call = call_of(version);
    for (const Case& one : cases_of(objects)) {
      const std::string path = prefix_of(version) + one.path;
      const Json shown = objects.get(path).body;
      for (const ObjectProperty* row : properties_of(one.type, call)) {
        const std::string name(name_in_version(*row, call));
        CAPTURE(name);
        Json selected = objects.get(path + "?$select=" + name).body;
        selected.erase("@odata.context");
        CHECK(selected.size() == 1);
        CHECK(selected.contains(name));
        CHECK(shown.contains(name) == (row->shown == Shown::by_default));
      }
      CHECK(objects.get(path + "?$select=colour").code() == "BadRequest");
    }
  }
  Objects objects;
  CHECK(objects.get(objects.application + "?$select=onPremisesPublishing").status == 400);
  CHECK(objects.send(http::HttpMethod::patch, objects.application, {{"windows", nullptr}})
            .message() == "Invalid property 'windows'.");
}

TEST_CASE("members of a complex value are laid over those that are there, lists take their place") {
  Objects objects;
  const auto patch = [&](const Json& web) {
    CHECK(objects.send(http::HttpMethod::patch, objects.application, {{"web", web}}).status == 204);
  };
  patch({{"redirectUris", {"https://a.example/", "https://b.example/"}},
         {"@odata.type", "#microsoft.graph.webApplication"},
         {"implicitGrantSettings", {{"enableIdTokenIssuance", true}}}});
  patch({{"homePageUrl", "https://a.example"}, {"redirectUris", {"https://c.example/"}}});
  Json expected = {{"homePageUrl", "https://a.example"},
                   {"logoutUrl", nullptr},
                   {"redirectUris", {"https://c.example/"}},
                   {"redirectUriSettings", Json::array()},
                   {"implicitGrantSettings",
                    {{"enableAccessTokenIssuance", false}, {"enableIdTokenIssuance", true}}}};
  CHECK(objects.get(objects.application).body["web"] == expected);
  patch(nullptr);
  CHECK(objects.get(objects.application).body["web"].is_null());
  patch({{"logoutUrl", "https://a.example/out"}});
  expected = {{"homePageUrl", nullptr},
              {"logoutUrl", "https://a.example/out"},
              {"redirectUris", Json::array()},
              {"redirectUriSettings", Json::array()},
              {"implicitGrantSettings",
               {{"enableAccessTokenIssuance", false}, {"enableIdTokenIssuance", false}}}};
  CHECK(objects.get(objects.application).body["web"] == expected);
}

TEST_CASE("an object of an older state is shown with the properties it lacks at their defaults") {
  TenantFixture fixture;
  const App app = fixture.instantiate();
  Json state = state_of(fixture.tenant);
  for (Json& version : state["applications"][0]["versions"]) {
    for (const char* newer : {"info", "spa", "oauth2RequirePostResponse"}) {
      version["value"].erase(newer);
    }
  }
  auto restored = Tenant::restore(state, fabrikam(), fixture.clock, {});
  REQUIRE(restored.has_value());
  http::HttpRequest request;
  request.method = http::HttpMethod::get;
  request.url = "https://graph.example/v1.0/applications/" + app.application;
  request.headers.set("Authorization", "Bearer " + (*restored)->issue_token());
  const Answer answer = TenantFixture::take((*restored)->handle(request));
  CHECK(answer.body == fixture.get("/applications/" + app.application).body);
}

}  // namespace syncwright::emulator
