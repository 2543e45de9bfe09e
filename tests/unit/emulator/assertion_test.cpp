#include "sign_in_fixture.h"

namespace syncwright::emulator {

namespace {

constexpr const char* github_issuer = "https://token.actions.githubusercontent.com";
constexpr const char* main_branch = "repo:contoso/identity:ref:refs/heads/main";

/// A token of an identity provider whose keys nobody here has.
std::string provider_token(const SignInFixture& fixture, const Json& more = Json::object()) {
  Json claims = {{"iss", github_issuer},
                 {"sub", main_branch},
                 {"aud", "api://AzureADTokenExchange"},
                 {"jti", "the same every time"},
                 {"exp", fixture.seconds() + 300}};
  claims.update(more);
  return second_key().sign({{"alg", "RS256"}, {"typ", "JWT"}, {"x5t", "their own"}}, claims);
}

}  // namespace

TEST_CASE("a registered certificate signs in, with either algorithm and either thumbprint") {
  SignInFixture fixture;
  fixture.register_certificate(first_key());
  const Answer answer = fixture.with_assertion(fixture.assertion(first_key()));
  REQUIRE(answer.status == 200);
  CHECK(claims_of(answer.body["access_token"])["appidacr"] == "2");
  Json header = SignInFixture::header_of(first_key());
  header["alg"] = "RS256";
  const auto signs_in = [&] {
    return outcome(fixture.with_assertion(first_key().sign(header, fixture.assertion_claims())));
  };
  CHECK(signs_in() == "200");
  header.erase("x5t#S256");
  CHECK(signs_in() == "401 invalid_client 700027");
  header["x5t"] = first_key().thumbprint(EVP_sha1());
  CHECK(signs_in() == "200");
  header.erase("x5t");
  header["x5c"] = Json::array({first_key().certificate()});
  CHECK(signs_in() == "200");
  header["alg"] = "none";
  CHECK(signs_in() == "400 invalid_request 50027");
}

TEST_CASE("a certificate assertion is refused for what is wrong with it") {
  SignInFixture fixture;
  fixture.register_certificate(first_key());
  const Json header = SignInFixture::header_of(first_key());
  const auto changed = [&](const char* claim, const Json& value) {
    Json claims = fixture.assertion_claims();
    claims[claim] = value;
    return outcome(fixture.with_assertion(first_key().sign(header, claims)));
  };
  CHECK(changed("sub", "somebody") == "401 invalid_client 700021");
  CHECK(changed("iss", "somebody") == "401 invalid_client 700021");
  const char* elsewhere = "401 invalid_client 700023";
  CHECK(changed("aud", "https://vault.azure.net") == elsewhere);
  CHECK(changed("aud", "https://login.example/tailspin/oauth2/v2.0/token") == elsewhere);
  CHECK(changed("aud", "https://login.example/contoso/oauth2/v2.0/authorize") == elsewhere);
  CHECK(changed("aud", nullptr) == elsewhere);
  CHECK(changed("aud", "https://login.microsoftonline.com/contoso/oauth2/token") == "200");
  CHECK(changed("aud", "http://127.0.0.1:1/contoso/v2.0") == "200");
  const char* out_of_time = "401 invalid_client 700024";
  CHECK(changed("exp", fixture.seconds() - 300) == out_of_time);
  CHECK(changed("exp", fixture.seconds() - 299) == "200");
  CHECK(changed("exp", nullptr) == out_of_time);
  CHECK(changed("nbf", fixture.seconds() + 301) == out_of_time);
  CHECK(changed("nbf", fixture.seconds() + 300) == "200");
  CHECK(changed("exp", INT64_MAX) == "200");
  CHECK(outcome(fixture.with_assertion("a.b")) == "400 invalid_request 50027");
  CHECK(outcome(fixture.with_assertion("a.b.c")) == "400 invalid_request 50027");
}

TEST_CASE("the key must be registered, unexpired and the one that signed") {
  SignInFixture fixture;
  fixture.register_certificate(first_key());
  const Answer unknown = fixture.with_assertion(fixture.assertion(second_key()));
  CHECK(outcome(unknown) == "401 invalid_client 700027");
  CHECK(unknown.body["error_description"].get<std::string>().find("The key was not found.") !=
        std::string::npos);
  const Answer forged = fixture.with_assertion(
      second_key().sign(SignInFixture::header_of(first_key()), fixture.assertion_claims()));
  CHECK(outcome(forged) == "401 invalid_client 700027");
  CHECK(forged.body["error_description"].get<std::string>().find("verify the signature failed") !=
        std::string::npos);
  fixture.clock.advance(std::chrono::hours{24 * 30});
  const Answer expired = fixture.with_assertion(fixture.assertion(first_key()));
  CHECK(outcome(expired) == "401 invalid_client 700027");
  CHECK(expired.body["error_description"].get<std::string>().find("The key used is expired.") !=
        std::string::npos);
}

TEST_CASE("an assertion that a client signed serves once") {
  SignInFixture fixture;
  fixture.register_certificate(first_key());
  const std::string assertion = fixture.assertion(first_key());
  CHECK(outcome(fixture.with_assertion(assertion)) == "200");
  CHECK(outcome(fixture.with_assertion(assertion)) == "401 invalid_client 50013");
  CHECK(outcome(fixture.with_assertion(fixture.assertion(first_key()))) == "200");
}

TEST_CASE("an application with other credentials takes no foreign certificate, and the reverse") {
  SignInFixture fixture;
  CHECK(fixture.with_assertion(fixture.assertion(first_key())).status == 200);
  fixture.add_password();
  CHECK(outcome(fixture.with_assertion(fixture.assertion(first_key()))) ==
        "401 invalid_client 700027");
  CHECK(outcome(fixture.with_assertion(provider_token(fixture))) == "401 invalid_client 70025");
  fixture.register_certificate(first_key());
  CHECK(fixture.with_assertion(fixture.assertion(first_key())).status == 200);
  CHECK(outcome(fixture.with_secret("any")) == "401 invalid_client 7000215");
}

TEST_CASE("of an unknown client the assertion has to be well made, and to fit its certificate") {
  SignInFixture fixture;
  Json claims = fixture.assertion_claims();
  claims["iss"] = "unknown";
  claims["sub"] = "unknown";
  Json header = SignInFixture::header_of(first_key());
  const auto signed_by = [&](const ClientKey& key) {
    claims["jti"] = random_uuid();
    return outcome(fixture.with_assertion(key.sign(header, claims), "unknown"));
  };
  CHECK(signed_by(first_key()) == "200");
  CHECK(signed_by(second_key()) == "200");
  header["x5c"] = Json::array({first_key().certificate()});
  CHECK(signed_by(first_key()) == "200");
  CHECK(signed_by(second_key()) == "401 invalid_client 700027");
  header["x5t#S256"] = second_key().thumbprint();
  CHECK(signed_by(first_key()) == "401 invalid_client 700027");
  claims["sub"] = "another";
  CHECK(signed_by(first_key()) == "401 invalid_client 700021");
}

TEST_CASE("a provider's token is matched with issuer, subject and audience to the letter") {
  SignInFixture fixture;
  const auto presented = [&](const Json& more = Json::object()) {
    return outcome(fixture.with_assertion(provider_token(fixture, more)));
  };
  CHECK(presented() == "200");  // nobody has said yet whom the application trusts
  CHECK(presented({{"aud", "https://github.com/contoso"}}) == "401 invalid_client 700212");
  REQUIRE(fixture.federate("main", github_issuer, main_branch).status == 201);
  CHECK(presented() == "200");
  CHECK(presented() == "200");  // again and again until it expires
  CHECK(presented({{"iss", "https://gitlab.example"}}) == "401 invalid_client 700211");
  CHECK(presented({{"aud", Json::array({"a", "b"})}}) == "401 invalid_client 700212");
  CHECK(presented({{"aud", Json::array({"a", "api://AzureADTokenExchange"})}}) == "200");
  CHECK(presented({{"sub", "repo:Contoso/identity:ref:refs/heads/main"}}) ==
        "401 invalid_client 700213");
  CHECK(presented({{"exp", fixture.seconds() - 301}}) == "401 invalid_client 700024");
  CHECK(presented({{"sub", ""}}) == "400 invalid_request 50027");
}

TEST_CASE("with its last credential gone a client signs in no more") {
  const char* key_gone = "401 invalid_client 7000215";
  SUBCASE("a certificate of the application") {
    SignInFixture fixture;
    const std::string path = "/applications/" + fixture.app.application;
    fixture.register_certificate(first_key());
    fixture.send(http::HttpMethod::patch, path, {{"keyCredentials", Json::array()}});
    CHECK(outcome(fixture.with_secret("any")) == key_gone);
    CHECK_FALSE(fixture.get(path).body.contains("hadCredentials"));
  }
  SUBCASE("a certificate of the service principal") {
    SignInFixture fixture;
    const std::string path = "/servicePrincipals/" + fixture.app.service_principal;
    fixture.register_certificate(first_key(), path);
    fixture.send(http::HttpMethod::patch, path, {{"keyCredentials", Json::array()}});
    CHECK(outcome(fixture.with_secret("any")) == key_gone);
    CHECK_FALSE(fixture.get(path).body.contains("hadCredentials"));
  }
  SUBCASE("trust in an identity provider") {
    SignInFixture fixture;
    fixture.federate("main", github_issuer, main_branch);
    fixture.send(http::HttpMethod::del,
                 "/applications/" + fixture.app.application + "/federatedIdentityCredentials/main");
    CHECK(outcome(fixture.with_secret("any")) == key_gone);
  }
  SUBCASE("a key that signs what the service issues is no credential") {
    SignInFixture fixture;
    const std::string path = "/servicePrincipals/" + fixture.app.service_principal;
    const Json key = {{"type", "Symmetric"}, {"usage", "Sign"}, {"key", "c2VjcmV0"}};
    CHECK(fixture.send(http::HttpMethod::patch, path, {{"keyCredentials", Json::array({key})}})
              .status == 204);
    fixture.send(http::HttpMethod::patch, path, {{"keyCredentials", Json::array()}});
    CHECK(outcome(fixture.with_secret("any")) == "200");
  }
}

TEST_CASE("federated credentials are listed, read, changed and deleted") {
  SignInFixture fixture;
  const std::string path =
      "/applications/" + fixture.app.application + "/federatedIdentityCredentials";
  const Answer made = fixture.federate("main", github_issuer, main_branch);
  REQUIRE(made.status == 201);
  const std::string id = made.body["id"];
  CHECK(made.headers.get("Location") == "https://graph.example/v1.0/applications('" +
                                            fixture.app.application +
                                            "')/federatedIdentityCredentials/" + id);
  const Json expected = {{"id", id},
                         {"name", "main"},
                         {"issuer", github_issuer},
                         {"subject", main_branch},
                         {"description", nullptr},
                         {"audiences", {"api://AzureADTokenExchange"}}};
  CHECK(fixture.get(path).body["value"] == Json::array({expected}));
  CHECK(fixture.get(path + "?$filter=name%20eq%20'other'").body["value"].empty());
  Json read = fixture.get(path + "/main").body;
  read.erase("@odata.context");
  CHECK(read == expected);
  CHECK(fixture.send(http::HttpMethod::patch, path + "/" + id, {{"subject", "other"}}).status ==
        204);
  CHECK(fixture.get(path + "/" + id).body["subject"] == "other");
  CHECK(fixture.send(http::HttpMethod::patch, path + "/" + id, {{"name", "new"}}).status == 400);
  CHECK(fixture.send(http::HttpMethod::patch, path + "/nothing", {{"subject", "s"}}).status == 404);

  auto again = Tenant::restore(state_of(fixture.tenant), fabrikam(), fixture.clock, {});
  REQUIRE(again.has_value());
  CHECK(state_of(**again) == state_of(fixture.tenant));

  CHECK(fixture.send(http::HttpMethod::del, path + "/" + id).status == 204);
  CHECK(fixture.get(path + "/" + id).status == 404);
}

TEST_CASE("federated credentials have the limits of the reference") {
  SignInFixture fixture;
  REQUIRE(fixture.federate("one", github_issuer, main_branch).status == 201);
  const Answer same_name = fixture.federate("one", github_issuer, "other");
  CHECK(same_name.status == 409);
  CHECK(same_name.code() == "Request_MultipleObjectsWithSameKeyValue");
  const Answer same_subject = fixture.federate("two", github_issuer, main_branch);
  CHECK(same_subject.status == 400);
  CHECK(same_subject.code() == "InvalidFederatedIdentityCredentialValue");
  CHECK(fixture.federate(std::string(121, 'n'), github_issuer, "s").status == 400);
  CHECK(fixture.federate("long", github_issuer, std::string(601, 's')).status == 400);
  CHECK(fixture.federate("none", "", "s").status == 400);
  for (int count = 2; count <= 20; ++count) {
    const std::string name = "n" + std::to_string(count);
    CHECK(fixture.federate(name, github_issuer, name).status == 201);
  }
  const Answer too_many = fixture.federate("n21", github_issuer, "n21");
  CHECK(too_many.status == 400);
  CHECK(too_many.code() == "InvalidFederatedIdentityCredentialValue");
}

TEST_CASE("what a purged application trusted is forgotten") {
  SignInFixture fixture;
  fixture.federate("main", github_issuer, main_branch);
  fixture.add_password();
  fixture.send(http::HttpMethod::del, "/applications/" + fixture.app.application);
  CHECK(state_of(fixture.tenant)["federatedIdentityCredentials"].size() == 1);
  fixture.send(http::HttpMethod::del, "/directory/deletedItems/" + fixture.app.application);
  CHECK(state_of(fixture.tenant)["federatedIdentityCredentials"].empty());
  CHECK(state_of(fixture.tenant)["passwordDigests"].empty());
}

}  // namespace syncwright::emulator
