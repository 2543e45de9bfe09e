#include <string>

#include "people_fixture.h"

namespace syncwright::emulator {

namespace {

/// Ada as lists of directory objects show her.
Json ada_on_wire() {
  return {{"@odata.type", "#microsoft.graph.user"},
          {"id", ada},
          {"businessPhones", {"+00 555 0101"}},
          {"displayName", "Ada Lind"},
          {"givenName", "Ada"},
          {"jobTitle", nullptr},
          {"mail", "ada@fabrikam.example"},
          {"mobilePhone", nullptr},
          {"officeLocation", "North 4"},
          {"preferredLanguage", nullptr},
          {"surname", "Lind"},
          {"userPrincipalName", "ada@fabrikam.example"}};
}

}  // namespace

TEST_CASE("a directory object is found by its id, whatever it is") {
  PeopleFixture fixture;
  for (const std::string version : {"v1.0", "beta"}) {
    Json expected = ada_on_wire();
    expected["@odata.context"] =
        "https://graph.example/" + version + "/$metadata#directoryObjects/$entity";
    const std::string path = version == "beta" ? "/beta/directoryObjects/" : "/directoryObjects/";
    CHECK(fixture.get(path + ada).body == expected);
  }
  const App app = fixture.instantiate();
  const auto type = [&](const std::string& id) {
    return fixture.get("/directoryObjects/" + id + "?$select=id").body["@odata.type"];
  };
  CHECK(type(sales) == "#microsoft.graph.group");
  CHECK(type(app.service_principal) == "#microsoft.graph.servicePrincipal");
  CHECK(type(app.application) == "#microsoft.graph.application");
  CHECK(fixture.get("/directoryObjects/ada@fabrikam.example").code() == "Request_ResourceNotFound");
  CHECK(fixture.remove(std::string("/users/") + ada).status == 204);
  CHECK(fixture.get(std::string("/directoryObjects/") + ada).status == 404);
}

TEST_CASE("getByIds answers what is there, of the types that are wanted") {
  PeopleFixture fixture;
  const App app = fixture.instantiate();
  const std::string unknown = "00000000-0000-4000-8000-000000000000";
  const Json ids = Json::array({unknown, sales, ada, app.application, app.service_principal});
  for (const std::string version : {"v1.0", "beta"}) {
    const std::string path =
        version == "beta" ? "/beta/directoryObjects/getByIds" : "/directoryObjects/getByIds";
    CHECK(
        fixture.post(path, {{"ids", ids}, {"types", {"USER", "device"}}}).body ==
        Json{{"@odata.context", "https://graph.example/" + version + "/$metadata#directoryObjects"},
             {"value", Json::array({ada_on_wire()})}});
    const auto found = [&](const Json& body) {
      Json result = Json::array();
      const Answer answer = fixture.post(path, body);
      for (const Json& object : answer.body["value"]) {
        result.push_back(object["id"]);
      }
      return result;
    };
    const Json known = Json::array({sales, ada, app.application, app.service_principal});
    CHECK(found({{"ids", ids}}) == known);
    CHECK(found({{"ids", ids}, {"types", {"directoryObject"}}}) == known);
    CHECK(found({{"ids", ids}, {"types", {"group", "application"}}}) ==
          Json::array({sales, app.application}));
  }
}

TEST_CASE("getByIds refuses what is no list of ids, and a thousand and one") {
  PeopleFixture fixture;
  const auto code = [&](const Json& body) {
    return fixture.post("/directoryObjects/getByIds", body).code();
  };
  CHECK(code(Json::object()) == "Request_BadRequest");
  CHECK(code({{"ids", ada}}) == "Request_BadRequest");
  CHECK(code({{"ids", {ada}}, {"types", "user"}}) == "Request_BadRequest");
  CHECK(code({{"ids", Json::array()}}).empty());
  CHECK(code({{"ids", std::vector<std::string>(1000, ada)}}).empty());
  CHECK(code({{"ids", std::vector<std::string>(1001, ada)}}) == "Request_BadRequest");
  CHECK(fixture.post("/directoryObjects/getByIds?$select=id", {{"ids", {ada}}}).status == 400);
}

}  // namespace syncwright::emulator
