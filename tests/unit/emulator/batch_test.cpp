#include <vector>

#include "people_fixture.h"

/// POST /{v}/$batch (docs/graph.md#4.1).
namespace syncwright::emulator {

namespace {

struct BatchFixture : PeopleFixture {
  using PeopleFixture::PeopleFixture;

  Answer batch(const Json& requests, const std::string& version = "") {
    return post(version + "/$batch", {{"requests", requests}});
  }
  /// The answer to one item, which is told to be there.
  static Json item(const Answer& answer, const std::string& id) {
    CHECK(answer.status == 200);
    for (const Json& response : answer.body["responses"]) {
      if (response["id"] == id) return response;
    }
    FAIL("no answer to item " << id);
    return {};
  }
  /// "1:200 2:404": the answers in their order.
  static std::string statuses(const Answer& answer) {
    if (answer.status != 200) return answer.code();
    std::string text;
    for (const Json& response : answer.body["responses"]) {
      text += (text.empty() ? "" : " ") + response["id"].get<std::string>() + ":" +
              response["status"].dump();
    }
    return text;
  }
};

Json read_of(const char* id, const std::string& url) {
  return {{"id", id}, {"method", "GET"}, {"url", url}};
}

Json write_of(const char* id, const char* method, const std::string& url, const Json& body) {
  return {{"id", id},
          {"method", method},
          {"url", url},
          {"headers", {{"Content-Type", "application/json"}}},
          {"body", body}};
}

Json depending(Json request, const char* id) {
  request["dependsOn"] = {id};
  return request;
}

}  // namespace

TEST_CASE("each request of a batch is answered for itself") {
  BatchFixture fixture;
  const Answer answer = fixture.batch(
      {read_of("1", std::string("/users/") + ada + "?$select=displayName"),
       read_of("2", "groups?$filter=displayName eq 'Sales'&$select=id"),
       read_of("3", "/users/nobody"),
       write_of("4", "patch", std::string("/users/") + dan, {{"jobTitle", "Analyst"}}),
       write_of("5", "POST", "/users", new_user()),
       write_of("6", "PUT", "/users", Json::object())});
  CHECK(BatchFixture::statuses(answer) == "1:200 2:200 3:404 4:204 5:201 6:405");
  CHECK_FALSE(answer.body.contains("@odata.context"));
  const Json first = BatchFixture::item(answer, "1");
  CHECK(first["body"] ==
        Json{{"@odata.context", "https://graph.example/v1.0/$metadata#users(displayName)/$entity"},
             {"displayName", "Ada Lind"}});
  CHECK(first["headers"]["OData-Version"] == "4.0");
  CHECK(first["headers"]["Content-Type"].get<std::string>().starts_with("application/json"));
  CHECK(BatchFixture::item(answer, "2")["body"]["value"] == Json::array({{{"id", sales}}}));
  CHECK(BatchFixture::item(answer, "3")["body"]["error"]["code"] == "Request_ResourceNotFound");
  CHECK_FALSE(BatchFixture::item(answer, "4").contains("body"));
  const Json created = BatchFixture::item(answer, "5");
  CHECK(created["headers"]["Location"] ==
        "https://graph.example/v1.0/users/" + created["body"]["id"].get<std::string>());
  CHECK(fixture.get(std::string("/users/") + dan).body["jobTitle"] == "Analyst");
}

TEST_CASE("the items are of the batch's version") {
  BatchFixture fixture;
  fixture.instantiate();
  const Json of_beta = BatchFixture::item(
      fixture.batch(Json::array({read_of("1", "/servicePrincipals")}), "/beta"), "1");
  CHECK(of_beta["body"]["@odata.context"] ==
        "https://graph.example/beta/$metadata#servicePrincipals");
  CHECK(of_beta["body"]["value"][0].contains("publishedPermissionScopes"));
}

TEST_CASE("ConsistencyLevel stands in the item, and a text comes as base64") {
  BatchFixture fixture;
  Json counted = read_of("1", "/users/$count");
  counted["headers"] = {{"ConsistencyLevel", "eventual"}};
  fixture.headers.set("ConsistencyLevel", "eventual");
  const Answer answer = fixture.batch({counted, read_of("2", "/users/$count")});
  const Json text = BatchFixture::item(answer, "1");
  CHECK(text["status"] == 200);
  CHECK(text["headers"]["Content-Type"] == "text/plain");
  CHECK(text["body"] == "NA==");  // "4"
  CHECK(BatchFixture::item(answer, "2")["status"] == 400);
}

TEST_CASE("who depends on a failed request fails with 424, and does not run") {
  BatchFixture fixture;
  const std::string user = std::string("/users/") + ada;
  const Answer serial =
      fixture.batch({read_of("1", user), depending(read_of("2", "/users/nobody"), "1"),
                     depending(write_of("3", "PATCH", user, {{"jobTitle", "Analyst"}}), "2"),
                     depending(read_of("4", user), "3")});
  CHECK(BatchFixture::statuses(serial) == "1:200 2:404 3:424 4:424");
  CHECK(BatchFixture::item(serial, "3")["body"]["error"]["code"] == "FailedDependency");
  CHECK(fixture.get(user).body["jobTitle"].is_null());
  const Answer same = fixture.batch({depending(read_of("a", user), "C"), read_of("b", user),
                                     write_of("c", "PATCH", user, {{"jobTitle", "Analyst"}}),
                                     depending(read_of("d", user), "c")});
  CHECK(BatchFixture::statuses(same) == "b:200 c:204 a:200 d:200");
  CHECK(BatchFixture::item(same, "a")["body"]["jobTitle"] == "Analyst");
}

TEST_CASE("a malformed batch is refused as a whole, and nothing of it runs") {
  BatchFixture fixture;
  const Json write =
      write_of("w", "PATCH", std::string("/users/") + ada, {{"jobTitle", "Analyst"}});
  const auto with = [&](const Json& request) { return Json::array({write, request}); };
  Json many = Json::array();
  for (int number = 0; number < 21; ++number) {
    many.push_back(read_of(std::to_string(number).c_str(), "/users"));
  }
  Json bodiless = write_of("1", "POST", "/users", nullptr);
  Json typeless = write;
  typeless["id"] = "1";
  typeless.erase("headers");
  Json two = read_of("1", "/users");
  two["dependsOn"] = {"w", "x"};
  const std::vector<Json> malformed{Json::array(),
                                    Json::object(),
                                    many,
                                    with(read_of("W", "/users")),
                                    with(read_of("", "/users")),
                                    with(read_of("1", "")),
                                    with({{"id", "1"}, {"method", "HEAD"}, {"url", "/users"}}),
                                    with({{"id", 1}, {"method", "GET"}, {"url", "/users"}}),
                                    with("text"),
                                    with(bodiless),
                                    with(typeless),
                                    with(two),
                                    with(depending(read_of("1", "/users"), "none")),
                                    with(depending(read_of("1", "/users"), "1")),
                                    Json::array({write, depending(read_of("1", "/users"), "w"),
                                                 depending(read_of("2", "/users"), "w"),
                                                 depending(read_of("3", "/users"), "2")})};
  for (const Json& requests : malformed) {
    const Answer answer = fixture.batch(requests);
    CAPTURE(requests.dump());
    CHECK(answer.status == 400);
    CHECK(answer.code() == "BadRequest");
  }
  CHECK(fixture.post("/$batch", Json::array()).status == 400);
  CHECK(fixture.get("/$batch").status == 405);
  CHECK(fixture.get(std::string("/users/") + ada).body["jobTitle"].is_null());
  CHECK(fixture.batch(with(bodiless)).message() ==
        "Write request id : 1 does not contain Content-Type header or body.");
}

TEST_CASE("a batch in a batch and a URL elsewhere are refused, the rest runs") {
  BatchFixture fixture;
  const Answer answer = fixture.batch(
      {write_of("1", "POST", "/$batch", {{"requests", Json::array()}}),
       read_of("2", "https://graph.microsoft.com/v1.0/users"), read_of("3", "/users?$top=1"),
       write_of("4", "POST", "/%24batch", {{"requests", Json::array()}})});
  CHECK(BatchFixture::statuses(answer) == "1:400 2:400 3:200 4:400");
  CHECK(BatchFixture::item(answer, "1")["body"]["error"]["code"] == "BadRequest");
}

TEST_CASE("each item is permitted for itself, with the batch's token") {
  BatchFixture fixture;
  fixture.token = token_with_roles(fixture, Json::array({"User.Read.All"}));
  Json stranger = read_of("3", "/users");
  stranger["headers"] = {{"Authorization", "Bearer none"}};
  const Answer answer = fixture.batch({read_of("1", "/users"), read_of("2", "/groups"), stranger,
                                       write_of("4", "POST", "/users", new_user())});
  CHECK(BatchFixture::statuses(answer) == "1:200 2:403 3:200 4:403");
  fixture.token = "none";
  CHECK(fixture.batch(Json::array({read_of("1", "/users")})).status == 401);
}

TEST_CASE("a tenant that refuses writes refuses those of a batch") {
  BatchFixture fixture({.refuse_writes = true});
  const Answer answer =
      fixture.batch({read_of("1", "/users"), write_of("2", "POST", "/users", new_user())});
  CHECK(BatchFixture::statuses(answer) == "1:200 2:403");
  CHECK(BatchFixture::item(answer, "2")["body"]["error"]["code"] == "WritesRefused");
}

TEST_CASE("a batch waits for its latency once, and each item that changes state is saved") {
  BatchFixture fixture({.latency = Milliseconds{50}});
  const std::uint64_t revision = fixture.tenant.revision();
  const Answer answer =
      fixture.batch({read_of("1", "/users"), write_of("2", "POST", "/users", new_user("eve")),
                     write_of("3", "POST", "/users", new_user("fay"))});
  CHECK(BatchFixture::statuses(answer) == "1:200 2:201 3:201");
  CHECK(fixture.clock.waits() == std::vector<Milliseconds>{Milliseconds{50}});
  CHECK(fixture.tenant.revision() == revision + 2);
}

TEST_CASE("whoever stands around the items sees each, answers for it and may end the batch") {
  BatchFixture fixture;
  const std::string user = std::string("/users/") + ada;
  const Json requests = {depending(read_of("1", user), "3"), depending(read_of("2", "/users"), "3"),
                         read_of("3", "/users/nobody"), read_of("4", "groups?$top=1"),
                         write_of("5", "PATCH", user, {{"jobTitle", "Boss"}})};
  const http::HttpRequest batch{.method = http::HttpMethod::post,
                                .url = "https://graph.example/v1.0/$batch",
                                .headers = {{"Authorization", "Bearer " + fixture.token},
                                            {"Content-Type", "application/json"}},
                                .body = Json{{"requests", requests}}.dump()};
  std::vector<std::string> seen;
  const auto around = [&](const BatchedRequest& item) -> std::optional<http::HttpResponse> {
    seen.push_back(std::string(http::to_string(item.request.method)) + " " + item.request.url +
                   (item.is_refused ? " refused" : ""));
    http::HttpResponse throttled;
    throttled.status = 429;
    throttled.headers.set("Retry-After", "8");
    if (seen.size() == 2) return throttled;
    if (seen.size() == 5) return std::nullopt;
    return item.answer();
  };
  const Answer answer = TenantFixture::take(fixture.tenant.handle(batch, around));
  CHECK(BatchFixture::statuses(answer) == "3:404 4:429 5:204 1:424");
  CHECK(BatchFixture::item(answer, "4") ==
        Json{{"id", "4"}, {"status", 429}, {"headers", {{"Retry-After", "8"}}}});
  CHECK(seen == std::vector<std::string>{
                    "GET https://graph.example/v1.0/users/nobody",
                    "GET https://graph.example/v1.0/groups?$top=1",
                    "PATCH https://graph.example/v1.0/users/" + std::string(ada),
                    "GET https://graph.example/v1.0/users/" + std::string(ada) + " refused",
                    "GET https://graph.example/v1.0/users refused"});
  CHECK(fixture.get(user).body["jobTitle"] == "Boss");
}

TEST_CASE_FIXTURE(BatchFixture, "an id of the request that is no UTF-8 spoils no answer") {
  headers.set("client-request-id", "caf\xe9");
  const Answer answer = batch(Json::array({read_of("1", "/users?$top=1")}));
  CHECK(item(answer, "1")["status"] == 200);
  CHECK(item(answer, "1")["headers"]["client-request-id"] == "caf\xef\xbf\xbd");
}

}  // namespace syncwright::emulator
