#include <string>

#include "tenant_fixture.h"

namespace syncwright::emulator {

TEST_CASE("the synchronization of a service principal shows its masked secrets") {
  TenantFixture fixture;
  const App app = fixture.instantiate();
  fixture.save_secrets(app);
  const std::string root = "https://graph.example/v1.0/$metadata#";
  CHECK(fixture.get(TenantFixture::sync(app)).body ==
        Json{{"@odata.context",
              root + "servicePrincipals('" + app.service_principal + "')/synchronization/$entity"},
             {"id", app.service_principal},
             {"secrets", fixture.get(TenantFixture::sync(app) + "/secrets").body["value"]}});
  CHECK(fixture.get("/applications/" + app.application + "/synchronization").body ==
        Json{{"@odata.context",
              root + "applications('" + app.application + "')/synchronization/$entity"},
             {"id", app.application},
             {"secrets", Json::array()}});
  CHECK(fixture.get("/servicePrincipals/none/synchronization").status == 404);
  CHECK(fixture.get("/applications/none/synchronization").status == 404);
}

TEST_CASE("acquireAccessToken takes credentials on both sides and keeps none") {
  TenantFixture fixture;
  const App app = fixture.instantiate();
  const Json credentials = {
      {"credentials",
       {{{"key", "Oauth2AuthorizationCode"}, {"value", "code"}},
        {{"key", "Oauth2RedirectUri"}, {"value", "https://portal.example"}}}}};
  for (const std::string& owner :
       {"/applications/" + app.application, "/servicePrincipals/" + app.service_principal}) {
    CAPTURE(owner);
    const auto acquire = [&](const char* action, const Json& body) {
      return fixture.send(http::HttpMethod::post, owner + "/synchronization/" + action, body);
    };
    CHECK(acquire("acquireAccessToken", credentials).status == 204);
    CHECK(acquire("microsoft.graph.acquireAccessToken", credentials).status == 204);
    CHECK(acquire("acquireAccessToken", Json::object()).status == 400);
    CHECK(acquire("acquireAccessToken", {{"credentials", {{{"key", "password"}, {"value", "x"}}}}})
              .status == 400);
  }
  CHECK(fixture.get(TenantFixture::sync(app) + "/secrets").body["value"].empty());
  CHECK(fixture
            .send(http::HttpMethod::post, "/applications/none/synchronization/acquireAccessToken",
                  credentials)
            .status == 404);
}

TEST_CASE("beta answers a ping, v1.0 has none") {
  TenantFixture fixture;
  const App app = fixture.instantiate();
  const std::string path = TenantFixture::sync(app) + "/microsoft.graph.Ping()";
  CHECK(fixture.get("/beta" + path).body ==
        Json{{"@odata.context", "https://graph.example/beta/$metadata#Edm.String"},
             {"value", "Pong"}});
  CHECK(fixture.get(path).status == 400);
}

}  // namespace syncwright::emulator
