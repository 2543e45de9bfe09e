#include "sign_in_fixture.h"

namespace syncwright::emulator {

namespace {

struct Keys : SignInFixture {
  Keys() : application("/applications/" + app.application) {}

  static Json certificate(const Json& more = Json::object()) {
    Json credential = {
        {"type", "AsymmetricX509Cert"}, {"usage", "Verify"}, {"key", first_key().certificate()}};
    credential.update(more);
    return credential;
  }

  Answer put(const std::string& path, const Json& credentials) {
    return send(http::HttpMethod::patch, path, {{"keyCredentials", credentials}});
  }

  std::string refused(const Json& credential) {
    const Answer answer = put(application, Json::array({credential}));
    CHECK(answer.status == 400);
    CHECK(answer.code() == "Request_BadRequest");
    CHECK(get(application).body["keyCredentials"].empty());
    return answer.message();
  }

  std::string application;
};

/// The SHA-1 digest as the reference writes it.
std::string thumbprint_in_hexadecimal(const ClientKey& key) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string text;
  for (const char letter : base64url_decode(key.thumbprint(EVP_sha1())).value_or("")) {
    const auto byte = static_cast<unsigned char>(letter);
    text += digits[byte >> 4U];
    text += digits[byte & 0xFU];
  }
  return text;
}

}  // namespace

TEST_CASE("a certificate is completed: id, time and thumbprint") {
  Keys keys;
  for (const std::string& path :
       {keys.application, "/servicePrincipals/" + keys.app.service_principal}) {
    CAPTURE(path);
    CHECK(keys.put(path, Json::array({Keys::certificate()})).status == 204);
    Json held = keys.get(path).body["keyCredentials"];
    REQUIRE(held.size() == 1);
    CHECK(string_or(held[0], "keyId").size() == 36);
    held[0].erase("keyId");
    CHECK(held[0] == Json{{"customKeyIdentifier", thumbprint_in_hexadecimal(first_key())},
                          {"displayName", nullptr},
                          {"endDateTime", "2026-01-31T00:00:00Z"},
                          {"key", nullptr},
                          {"startDateTime", "2025-12-31T23:00:00Z"},
                          {"type", "AsymmetricX509Cert"},
                          {"usage", "Verify"}});
  }
}

TEST_CASE("what a credential says itself is kept") {
  Keys keys;
  const Json given = Keys::certificate({{"customKeyIdentifier", "b3du"},
                                        {"displayName", std::string(95, 'n')},
                                        {"startDateTime", "2026-01-02T00:00:00Z"},
                                        {"endDateTime", "2026-01-03T00:00:00Z"},
                                        {"keyId", "11111111-2222-4333-8444-555555555555"}});
  const Answer made =
      keys.send(http::HttpMethod::post, "/applications",
                {{"displayName", "Signed"}, {"keyCredentials", Json::array({given})}});
  REQUIRE(made.status == 201);
  Json expected = given;
  expected["key"] = nullptr;
  expected["displayName"] = std::string(90, 'n');
  CHECK(made.body["keyCredentials"] == Json::array({expected}));
}

TEST_CASE("a key is shown of one object whose keyCredentials are selected, and nowhere else") {
  Keys keys;
  CHECK(keys.put(keys.application, Json::array({Keys::certificate()})).status == 204);
  const auto key_of = [](const Json& object) { return object["keyCredentials"][0]["key"]; };
  const std::string by_app_id = "/applications(appId='" + keys.app.app_id + "')";
  for (const std::string& path : {keys.application, by_app_id}) {
    CHECK(key_of(keys.get(path + "?$select=keyCredentials").body) == first_key().certificate());
    CHECK(key_of(keys.get(path + "?$select=id,keyCredentials").body) == first_key().certificate());
    CHECK(key_of(keys.get(path).body).is_null());
  }
  CHECK(key_of(keys.get("/applications?$select=keyCredentials").body["value"][0]).is_null());
}

TEST_CASE("a list keeps a credential that it names by keyId, with its key") {
  Keys keys;
  CHECK(keys.put(keys.application, Json::array({Keys::certificate()})).status == 204);
  const Json first = keys.get(keys.application).body["keyCredentials"][0];
  CHECK(keys.put(keys.application,
                 Json::array({first, Keys::certificate({{"key", second_key().certificate()}})}))
            .status == 204);
  const Json both = keys.get(keys.application + "?$select=keyCredentials").body["keyCredentials"];
  REQUIRE(both.size() == 2);
  CHECK(both[0]["keyId"] == first["keyId"]);
  CHECK(both[0]["key"] == first_key().certificate());
  CHECK(outcome(keys.with_assertion(keys.assertion(first_key()))) == "200");
  CHECK(outcome(keys.with_assertion(keys.assertion(second_key()))) == "200");
  Json other = first;
  other["key"] = second_key().certificate();
  const Answer refused = keys.put(keys.application, Json::array({other}));
  CHECK(refused.message() == "Update to existing credential with KeyId '" +
                                 string_or(first, "keyId") + "' is not allowed.");
  CHECK(keys.put(keys.application, Json::array({both[1]})).status == 204);
  CHECK(outcome(keys.with_assertion(keys.assertion(first_key()))) == "401 invalid_client 700027");
}

TEST_CASE("a credential signs in no longer than it says") {
  Keys keys;
  CHECK(keys.put(keys.application,
                 Json::array({Keys::certificate({{"endDateTime", "2026-01-01T01:00:00Z"}})}))
            .status == 204);
  CHECK(outcome(keys.with_assertion(keys.assertion(first_key()))) == "200");
  keys.clock.advance(std::chrono::hours{1});
  CHECK(outcome(keys.with_assertion(keys.assertion(first_key()))) == "401 invalid_client 700027");
}

TEST_CASE("a key for signing comes as PKCS#12 or as a secret") {
  Keys keys;
  // A PKCS#12 file without content: nothing in it is read.
  const Json file = {{"type", "X509CertAndPassword"},
                     {"usage", "Sign"},
                     {"key", "MBQCAQMwDwYJKoZIhvcNAQcBoAIEAA=="}};
  const Json secret = {{"type", "Symmetric"}, {"usage", "Sign"}, {"key", "c2VjcmV0"}};
  CHECK(keys.put(keys.application, Json::array({file, secret})).status == 204);
  const Json body = keys.get(keys.application).body;
  for (const Json& held : body["keyCredentials"]) {
    CHECK(held["customKeyIdentifier"].is_null());
    CHECK(held["startDateTime"] == "2026-01-01T00:00:00Z");
    CHECK(held["endDateTime"] == "2028-01-01T00:00:00Z");
  }
}

TEST_CASE("a credential that is none is refused, and nothing changes") {
  Keys keys;
  const std::string invalid = "Invalid value specified for property 'keyCredentials'.";
  CHECK(keys.refused(Keys::certificate({{"usage", "Look"}})) ==
        "The value for the property \"usage\" in one of your credentials is invalid. Acceptable "
        "values are Sign, Verify.");
  CHECK(keys.refused(Keys::certificate({{"type", "Paper"}})) ==
        "The value for the property \"type\" in one of your credentials is invalid. Acceptable "
        "values are AsymmetricX509Cert, Symmetric, X509CertAndPassword.");
  for (const Json& key : {Json(nullptr), Json(""), Json("no base64!"), Json("bm90IGEgY2VydA==")}) {
    CHECK(keys.refused(Keys::certificate({{"key", key}})) == invalid);
  }
  const std::string end = "Key credential end date is invalid.";
  CHECK(keys.refused(Keys::certificate({{"endDateTime", "2026-02-01T00:00:00Z"}})) == end);
  CHECK(keys.refused(Keys::certificate({{"endDateTime", "2025-01-01T00:00:00Z"}})) == end);
  CHECK(keys.refused(Keys::certificate({{"endDateTime", "tomorrow"}})) ==
        "Invalid value specified for property 'endDateTime' of resource 'Application'.");
  CHECK(keys.refused(Keys::certificate({{"keyId", "one"}})) ==
        "Invalid value specified for property 'keyId' of resource 'Application'.");
  CHECK(keys.refused(Keys::certificate({{"colour", "red"}})) == "Invalid property 'colour'.");
  const Json named = Keys::certificate({{"keyId", "11111111-2222-4333-8444-555555555555"}});
  CHECK(keys.put(keys.application, Json::array({named, named})).message() == invalid);
}

}  // namespace syncwright::emulator
