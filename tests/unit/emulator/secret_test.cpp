#include "tenant_fixture.h"

namespace syncwright::emulator {

namespace {

Json read(TenantFixture& fixture, const App& app) {
  Json pairs = Json::object();
  const Json body = fixture.get(TenantFixture::sync(app) + "/secrets").body;
  for (const Json& pair : body["value"]) pairs[pair["key"].get<std::string>()] = pair["value"];
  return pairs;
}

Answer validate(TenantFixture& fixture, const App& app, const Json& body) {
  return fixture.act(app, "validateCredentials", body);
}

Json pairs(const char* token) {
  return {{{"key", "BaseAddress"}, {"value", "https://crm.example/"}},
          {{"key", "SecretToken"}, {"value", token}}};
}

}  // namespace

TEST_CASE("secrets merge, are removed by an empty value and read back masked") {
  TenantFixture fixture;
  const App app = fixture.instantiate();
  CHECK(read(fixture, app).empty());
  CHECK(fixture
            .put_secrets(app, {{"BaseAddress", "https://crm.example/"},
                               {"SecretToken", "t0ken"},
                               {"SyncAll", "false"},
                               {"SyncNotificationSettings", R"({"Enabled":true})"}})
            .status == 204);
  CHECK(fixture.put_secrets(app, {{"SyncAll", ""}, {"Domain", "d"}}).status == 204);
  CHECK(read(fixture, app) == Json{{"BaseAddress", "https://crm.example/"},
                                   {"Domain", "d"},
                                   {"SecretToken", "*"},
                                   {"SyncNotificationSettings", R"({"Enabled":true})"}});
}

TEST_CASE("secrets come back in the order of the last PUT") {
  TenantFixture fixture;
  const App app = fixture.instantiate();
  const auto put = [&](const Json& list) {
    CHECK(fixture
              .send(http::HttpMethod::put, TenantFixture::sync(app) + "/secrets", {{"value", list}})
              .status == 204);
  };
  const auto keys = [&] {
    std::string text;
    const Json body = fixture.get(TenantFixture::sync(app) + "/secrets").body;
    for (const Json& pair : body["value"]) text += pair["key"].get<std::string>() + " ";
    return text;
  };
  const auto pair = [](const char* key, const char* value) {
    return Json{{"key", key}, {"value", value}};
  };
  put(Json::array({pair("SyncAll", "true"), pair("SecretToken", "t"), pair("BaseAddress", "b")}));
  CHECK(keys() == "SyncAll SecretToken BaseAddress ");
  put(Json::array({pair("BaseAddress", "c"), pair("Domain", "d"), pair("SyncAll", "false")}));
  CHECK(keys() == "SecretToken BaseAddress Domain SyncAll ");
  put(Json::array({pair("Domain", "")}));
  CHECK(keys() == "SecretToken BaseAddress SyncAll ");

  auto again = Tenant::restore(state_of(fixture.tenant), fabrikam(), fixture.clock, {});
  REQUIRE(again.has_value());
  CHECK(state_of(**again) == state_of(fixture.tenant));
}

TEST_CASE("a state from before secrets had an order is read") {
  TenantFixture fixture;
  const App app = fixture.instantiate();
  Json state = state_of(fixture.tenant);
  state["secrets"][app.service_principal] = {{"SyncAll", "true"}, {"BaseAddress", "b"}};
  auto again = Tenant::restore(state, fabrikam(), fixture.clock, {});
  REQUIRE(again.has_value());
  CHECK(state_of(**again)["secrets"][app.service_principal]["pairs"] ==
        Json::array(
            {{{"key", "BaseAddress"}, {"value", "b"}}, {{"key", "SyncAll"}, {"value", "true"}}}));
}

TEST_CASE("the strict mode replaces the whole set") {
  TenantOptions options;
  options.merge_secrets = false;
  TenantFixture fixture(options);
  const App app = fixture.instantiate();
  fixture.save_secrets(app);
  fixture.put_secrets(app, {{"Domain", "d"}});
  CHECK(read(fixture, app) == Json{{"Domain", "d"}});
}

TEST_CASE("keys that the enum lacks and empty JSON documents are refused") {
  TenantFixture fixture;
  const App app = fixture.instantiate();
  fixture.save_secrets(app);
  const Answer wrong_case = fixture.put_secrets(app, {{"baseAddress", "x"}, {"SyncAll", "true"}});
  CHECK(wrong_case.status == 400);
  CHECK(wrong_case.message() == "Requested value 'baseAddress' was not found.");
  const Answer empty = fixture.put_secrets(app, {{"SyncNotificationSettings", ""}});
  CHECK(empty.status == 400);
  CHECK(Json::parse(empty.message())["error"]["code"] == "InvalidNotificationSettings");
  CHECK(fixture
            .send(http::HttpMethod::put, TenantFixture::sync(app) + "/secrets",
                  {{"credentials", pairs("t")}})
            .status == 400);
  CHECK(read(fixture, app).size() == 2);
  const Answer beta =
      fixture.send(http::HttpMethod::put, "/beta" + TenantFixture::sync(app) + "/secrets",
                   {{"value", {{{"key", "syncAll"}, {"value", "x"}}}}});
  CHECK(beta.status == 500);
  CHECK(beta.code() == "InternalError");
}

TEST_CASE("credentials are validated on a job and store nothing") {
  TenantFixture fixture;
  const App app = fixture.instantiate();
  fixture.job = fixture.create_job(app);
  CHECK(validate(fixture, app, {{"credentials", pairs("t0ken")}}).status == 204);
  CHECK(read(fixture, app).empty());
  const Answer refused = validate(fixture, app, {{"credentials", pairs("invalid")}});
  CHECK(refused.status == 400);
  CHECK(Json::parse(refused.message())["error"]["code"] ==
        "SystemForCrossDomainIdentityManagementInvalidCredentials");
  CHECK(validate(fixture, app, {{"credentials", Json::array({pairs("t")[0]})}}).status == 400);
  CHECK(validate(fixture, app, {{"credentials", pairs("")}}).status == 400);
  CHECK(validate(fixture, app, {{"credentials", {{{"key", "token"}, {"value", "x"}}}}}).message() ==
        "Requested value 'token' was not found.");
  CHECK(validate(fixture, app, {{"useSavedCredentials", true}}).status == 400);
  fixture.save_secrets(app);
  CHECK(validate(fixture, app, {{"useSavedCredentials", true}}).status == 204);
}

TEST_CASE("credentials are validated before there is a job") {
  TenantFixture fixture;
  const App app = fixture.instantiate();
  const std::string path = TenantFixture::jobs(app) + "/validateCredentials";
  CHECK(fixture
            .send(http::HttpMethod::post, path,
                  {{"templateId", "crm"}, {"credentials", pairs("t0ken")}})
            .status == 204);
  CHECK(fixture
            .send(http::HttpMethod::post, path,
                  {{"templateId", "crm"}, {"credentials", pairs("invalid")}})
            .status == 400);
  CHECK(fixture
            .send(http::HttpMethod::post, path,
                  {{"templateId", "none"}, {"credentials", pairs("t0ken")}})
            .status == 400);
}

}  // namespace syncwright::emulator
