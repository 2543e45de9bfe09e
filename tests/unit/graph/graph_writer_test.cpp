#include "syncwright/graph_write/graph_writer.h"

#include <doctest/doctest.h>

#include "fake_graph.h"
#include "syncwright/graph_write/credentials_writer.h"

using namespace syncwright;
using namespace syncwright::graph_read;

namespace {

struct Writer {
  explicit Writer(FakeGraph::Handler handler)
      : fake(std::move(handler)), writer(fake.connection), credentials(fake.connection) {}

  /// "PATCH /path BODY" of the last request.
  [[nodiscard]] std::string last() const {
    return fake.graph.lines().back() + " " + fake.graph.requests().back().body;
  }
  [[nodiscard]] http::HttpRequest request() const { return fake.graph.requests().back(); }

  FakeConnection fake;
  graph_write::GraphWriter writer;
  graph_write::CredentialsWriter credentials;
};

std::vector<graph_write::SecretPair> pairs(
    std::initializer_list<std::pair<const char*, const char*>> texts) {
  std::vector<graph_write::SecretPair> list;
  for (const auto& [key, value] : texts) list.push_back({key, Secret(value)});
  return list;
}

}  // namespace

TEST_CASE("instantiate is never repeatable and gives both objects' ids") {
  Writer writer(always(201, R"({"application":{"objectId":"o1","appId":"a1","displayName":"n",
      "createdDateTime":"2026-03-02T09:10:02Z"},
      "servicePrincipal":{"id":"sp1","appId":"a1","tags":["WindowsAzureActiveDirectoryIntegratedApp"]}})"));
  const auto made = writer.writer.instantiate("t/1", "syncwright:p/-/n", {});
  REQUIRE(made);
  CHECK(made->reference.application_id == "o1");
  CHECK(made->reference.service_principal_id == "sp1");
  CHECK(made->reference.app_id == "a1");
  CHECK(made->reference.created == "2026-03-02T09:10:02Z");
  CHECK(made->tags == std::vector<std::string>{"WindowsAzureActiveDirectoryIntegratedApp"});
  CHECK(made->written.status == 201);
  CHECK(made->written.request_id == "req-1");
  CHECK(writer.last() ==
        R"(POST /applicationTemplates/t%2F1/instantiate {"displayName":"syncwright:p/-/n"})");
  CHECK(writer.request().repeatable == http::Repeatable::no);
  CHECK(writer.request().headers.get("Content-Type") == "application/json");
}

TEST_CASE("an instantiate whose answer lacks an id is malformed") {
  for (const char* body : {"{}", R"({"application":{"id":"o1","appId":"a"}})",
                           R"({"servicePrincipal":{"id":"s","appId":"a"}})", ""}) {
    Writer writer(always(201, body));
    const auto made = writer.writer.instantiate("t", "n", {});
    REQUIRE_FALSE(made);
    CHECK(made.error().kind == ErrorKind::malformed);
  }
}

TEST_CASE("writes of applications and service principals") {
  Writer writer(always(204, ""));
  CHECK(writer.writer.claim_application("o1", "syncwright/p/-/n", "Name", {}));
  CHECK(writer.last() ==
        R"(PATCH /applications/o1 {"displayName":"Name","uniqueName":"syncwright/p/-/n"})");
  CHECK(writer.request().repeatable == http::Repeatable::from_read);
  CHECK(writer.writer.rename_application("o1", "Name", {}));
  CHECK(writer.last() == R"(PATCH /applications/o1 {"displayName":"Name"})");
  CHECK(writer.writer.delete_application("o1", {}));
  CHECK(writer.last() == "DELETE /applications/o1 ");
  CHECK_FALSE(writer.request().headers.get("Content-Type"));
  CHECK(writer.writer.update_service_principal("sp", {"a", "b"}, std::nullopt, {}));
  CHECK(writer.last() == R"(PATCH /servicePrincipals/sp {"tags":["a","b"]})");
  CHECK(writer.writer.update_service_principal("sp", {},
                                               model::PrincipalTexts{{"displayName", "Name"}}, {}));
  CHECK(writer.last() == R"(PATCH /servicePrincipals/sp {"displayName":"Name","tags":[]})");
  CHECK(writer.request().repeatable == http::Repeatable::from_read);
}

TEST_CASE("creating a job is never repeatable; 200 and 201 are both success") {
  for (const int status : {200, 201}) {
    Writer writer(always(status, R"({"id":"scim.1","templateId":"scim"})"));
    const auto made = writer.writer.create_job("sp", "scim", {});
    REQUIRE(made);
    CHECK(made->first.id == "scim.1");
    CHECK(made->second.status == status);
    CHECK(writer.last() ==
          R"(POST /servicePrincipals/sp/synchronization/jobs {"templateId":"scim"})");
    CHECK(writer.request().repeatable == http::Repeatable::no);
  }
}

TEST_CASE("writes of jobs") {
  Writer writer(always(204, ""));
  const std::string job = "/servicePrincipals/sp/synchronization/jobs/j.1";
  CHECK(writer.writer.start_job("sp", "j.1", {})->status == 204);
  CHECK(writer.last() == "POST " + job + "/start ");
  CHECK(writer.writer.pause_job("sp", "j.1", {}));
  CHECK(writer.last() == "POST " + job + "/pause ");
  CHECK(writer.writer.restart_job("sp", "j.1", "Watermark, Escrows, QuarantineState", {}));
  CHECK(writer.last() ==
        "POST " + job +
            R"(/restart {"criteria":{"resetScope":"Watermark, Escrows, QuarantineState"}})");
  CHECK(writer.writer.put_schema("sp", "j.1", "{ \"id\" : 1 }", {}));
  CHECK(writer.last() == "PUT " + job + "/schema { \"id\" : 1 }");
  CHECK(writer.request().repeatable == http::Repeatable::from_read);
}

TEST_CASE("a success that Graph does not document says nothing about the write") {
  for (const int status : {200, 202}) {
    for (const char* body : {"", "{}", "<html>proxy</html>"}) {
      Writer writer(always(status, body));
      for (const auto& answer : {writer.writer.start_job("sp", "j.1", {}),
                                 writer.writer.put_schema("sp", "j.1", "{}", {}),
                                 writer.writer.rename_application("o1", "Name", {}),
                                 writer.credentials.save("sp", {}, {})}) {
        REQUIRE_FALSE(answer);
        CHECK(answer.error().kind == ErrorKind::malformed);
        CHECK(answer.error().status == status);
        CHECK(answer.error().request_id == "req-1");
      }
    }
  }
}

TEST_CASE("secrets are sent whole, escaped and marked confidential") {
  Writer writer(always(204, ""));
  CHECK(writer.credentials.save(
      "sp", pairs({{"BaseAddress", "https://x"}, {"SecretToken", "a\"b\\c\n\x01ü"}, {"A", ""}}),
      {}));
  CHECK(writer.last() ==
        "PUT /servicePrincipals/sp/synchronization/secrets "
        R"({"value":[{"key":"BaseAddress","value":"https://x"},)"
        R"({"key":"SecretToken","value":"a\"b\\c\u000a\u0001ü"},{"key":"A","value":""}]})");
  CHECK(writer.request().confidential);
  CHECK(writer.request().repeatable == http::Repeatable::from_read);
  CHECK(parse_json(writer.request().body));

  CHECK(writer.credentials.validate("sp", "j", pairs({{"SecretToken", "t"}}), {}));
  CHECK(writer.last() ==
        "POST /servicePrincipals/sp/synchronization/jobs/j/validateCredentials "
        R"({"useSavedCredentials":false,"credentials":[{"key":"SecretToken","value":"t"}]})");
  CHECK(writer.request().confidential);
  CHECK(writer.request().repeatable == http::Repeatable::until_answered);
  CHECK(writer.credentials.save("sp", {}, {}));
  CHECK(writer.request().body == R"({"value":[]})");
}

TEST_CASE("a mask is never sent") {
  Writer writer(always(204, ""));
  CHECK(writer.credentials.save("sp", pairs({{"SecretToken", "*"}}), {}).error().kind ==
        ErrorKind::internal);
  CHECK(writer.credentials.validate("sp", "j", pairs({{"SecretToken", "*"}}), {}).error().kind ==
        ErrorKind::internal);
  CHECK(writer.fake.graph.requests().empty());
}

TEST_CASE("a refused write is its Graph error") {
  Writer writer(always(
      400, R"({"error":{"code":"UnknownError","message":"{\"code\":\"InvalidCredentials\"}"}})"));
  const auto outcome = writer.credentials.validate("sp", "j", pairs({{"SecretToken", "t"}}), {});
  REQUIRE_FALSE(outcome);
  CHECK(outcome.error().kind == ErrorKind::rejected);
  CHECK(outcome.error().code == "InvalidCredentials");
}

TEST_CASE("an answer that repeats a secret loses it and nothing else, a clear value stays") {
  const std::string token = "eyJhbGciOi\"\\secret-token-" + std::string(1000, 'x');
  const auto answered = [&](const std::string& message) {
    Writer writer([&](const http::HttpRequest&) -> Result<http::HttpResponse> {
      return graph_failure(400, "InvalidCredentials", message);
    });
    std::vector<graph_write::SecretPair> sent;
    sent.push_back({"BaseAddress", Secret("https://scim.example"), true});
    sent.push_back({"SecretToken", Secret(token)});
    sent.push_back({"Password", Secret("abc")});
    const Error saved = writer.credentials.save("sp", sent, {}).error();
    const Error validated = writer.credentials.validate("sp", "j", sent, {}).error();
    CHECK(saved.kind == ErrorKind::rejected);
    CHECK(validated.status == 400);
    CHECK(saved.code == "InvalidCredentials");
    CHECK(saved.message.find("secret-token") == std::string::npos);
    CHECK(validated.message.find("secret-token") == std::string::npos);
    return saved.message;
  };
  const std::string put = "PUT /v1.0/servicePrincipals/sp/synchronization/secrets: ";
  const std::string explained = "; (secret) is a value that the answer repeated";
  CHECK(answered("refused: " + token) == put + "refused: (secret)" + explained);
  CHECK(answered("refused: " + Json(token).dump()) == put + "refused: \"(secret)\"" + explained);
  CHECK(answered(Json{{"code", "InvalidCredentials"}, {"message", token}}.dump()) ==
        put + "(secret)" + explained);
  const std::string long_text(480, 'y');
  CHECK(answered(long_text + ": " + token + " is wrong") ==
        put + long_text + ": (secret) is wro..." + explained);
  const std::string plain = answered("https://scim.example refused abc");
  CHECK(plain.ends_with("https://scim.example refused abc"));
}

TEST_CASE("a text that repeats a short secret is withheld, each of the answer's by itself") {
  const auto id_of = [](const std::string& request_id) {
    Writer writer([&](const http::HttpRequest&) -> Result<http::HttpResponse> {
      http::HttpResponse response = graph_failure(400, "InvalidCredentials", "hunter2 is wrong");
      response.headers.set("request-id", request_id);
      return response;
    });
    const Error error = writer.credentials.save("sp", pairs({{"Password", "hunter2"}}), {}).error();
    CHECK(error.message ==
          "PUT /v1.0/servicePrincipals/sp/synchronization/secrets: "
          "the answer repeated a secret; its text is withheld");
    CHECK(error.code == "InvalidCredentials");
    return error.request_id;
  };
  CHECK(id_of("5b0d6f0e-8a57-4f0f-9d55-2f2f9a7b1c01") == "5b0d6f0e-8a57-4f0f-9d55-2f2f9a7b1c01");
  CHECK(id_of("of-hunter2").empty());
}
