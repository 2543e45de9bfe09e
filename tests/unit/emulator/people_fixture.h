#pragma once

#include <string>

#include "tenant_fixture.h"

namespace syncwright::emulator {

/// Somebody with everything that "Create user" of the Graph reference requires.
inline Json new_user(const std::string& alias = "eve") {
  return {{"accountEnabled", true},
          {"displayName", alias},
          {"mailNickname", alias},
          {"userPrincipalName", alias + "@fabrikam.example"},
          {"passwordProfile", {{"password", "hunter2-hunter2"}}}};
}

inline Json new_group(const std::string& name = "Night shift") {
  return {{"displayName", name},
          {"mailEnabled", false},
          {"mailNickname", "night"},
          {"securityEnabled", true}};
}

inline std::string reference_to(const std::string& id) {
  return "https://graph.microsoft.com/v1.0/directoryObjects/" + id;
}

/// The fixture's token with another value of the claim.
inline std::string token_with_claim(const TenantFixture& fixture, const char* claim,
                                    const Json& value) {
  const std::string& token = fixture.token;
  const std::size_t first = token.find('.');
  const std::size_t second = token.find('.', first + 1);
  Json claims = Json::parse(*base64url_decode(token.substr(first + 1, second - first - 1)));
  claims[claim] = value;
  return token.substr(0, first + 1) + base64url_encode(claims.dump()) + token.substr(second);
}

/// A token of the tenant that has these roles and no others.
inline std::string token_with_roles(const TenantFixture& fixture, const Json& roles) {
  return token_with_claim(fixture, "roles", roles);
}

struct PeopleFixture : TenantFixture {
  using TenantFixture::TenantFixture;

  Answer post(const std::string& path, const Json& body) {
    return send(http::HttpMethod::post, path, body);
  }
  Answer patch(const std::string& path, const Json& body) {
    return send(http::HttpMethod::patch, path, body);
  }
  Answer remove(const std::string& path) { return send(http::HttpMethod::del, path); }
  Answer add_member(const std::string& group, const std::string& id) {
    return post("/groups/" + group + "/members/$ref", {{"@odata.id", reference_to(id)}});
  }
  std::string user(const std::string& alias = "eve") {
    const Answer made = post("/users", new_user(alias));
    REQUIRE(made.status == 201);
    return made.body["id"];
  }
  std::string group(const Json& body = new_group()) {
    const Answer made = post("/groups", body);
    REQUIRE(made.status == 201);
    return made.body["id"];
  }
  /// The names, in the order of the list, each with a blank behind it.
  std::string names(const std::string& path) {
    std::string text;
    const Answer answer = get(path);
    REQUIRE(answer.status == 200);
    for (const Json& item : answer.body["value"]) {
      text += item["displayName"].get<std::string>() + " ";
    }
    return text;
  }
};

}  // namespace syncwright::emulator
