#pragma once

#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <array>
#include <string>

#include "syncwright/core/random.h"
#include "tenant_fixture.h"

namespace syncwright::emulator {

/// A client's RSA key and a certificate of it that it signed itself, good from an hour before the
/// tests begin for 30 days.
class ClientKey {
 public:
  ClientKey() : key_(EVP_RSA_gen(2048)), certificate_(X509_new()) {
    REQUIRE(key_);
    X509_set_version(certificate_, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate_), 1);
    ASN1_TIME_set(X509_getm_notBefore(certificate_), begin_ - 3600);
    ASN1_TIME_set(X509_getm_notAfter(certificate_), begin_ + 30 * 24 * 3600);
    X509_set_pubkey(certificate_, key_);
    REQUIRE(X509_sign(certificate_, key_, EVP_sha256()) > 0);
  }
  ClientKey(const ClientKey&) = delete;
  ClientKey& operator=(const ClientKey&) = delete;
  ~ClientKey() {
    X509_free(certificate_);
    EVP_PKEY_free(key_);
  }

  /// The certificate's DER form in base64, as keyCredentials and `x5c` hold it.
  [[nodiscard]] std::string certificate() const {
    unsigned char* bytes = nullptr;
    const int size = i2d_X509(certificate_, &bytes);
    std::string text(static_cast<std::size_t>(4 * ((size + 2) / 3)), '\0');
    EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), bytes, size);
    OPENSSL_free(bytes);
    return text;
  }

  [[nodiscard]] std::string thumbprint(const EVP_MD* method = EVP_sha256()) const {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    X509_digest(certificate_, method, digest.data(), &size);
    return base64url_encode({reinterpret_cast<const char*>(digest.data()), size});
  }

  [[nodiscard]] std::string sign(const Json& header, const Json& claims) const {
    const std::string text =
        base64url_encode(header.dump()) + "." + base64url_encode(claims.dump());
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    EVP_PKEY_CTX* settings = nullptr;
    EVP_DigestSignInit(context, &settings, EVP_sha256(), nullptr, key_);
    if (header["alg"] == "PS256") {
      EVP_PKEY_CTX_set_rsa_padding(settings, RSA_PKCS1_PSS_PADDING);
      EVP_PKEY_CTX_set_rsa_pss_saltlen(settings, RSA_PSS_SALTLEN_DIGEST);
    }
    std::string signature(256, '\0');
    std::size_t size = signature.size();
    EVP_DigestSign(context, reinterpret_cast<unsigned char*>(signature.data()), &size,
                   reinterpret_cast<const unsigned char*>(text.data()), text.size());
    EVP_MD_CTX_free(context);
    return text + "." + base64url_encode(signature);
  }

 private:
  static constexpr std::time_t begin_ = 1'767'225'600;  // 2026-01-01, when a ManualClock begins
  EVP_PKEY* key_;
  X509* certificate_;
};

/// Keys are slow to make: the tests share two.
inline const ClientKey& first_key() {
  static const ClientKey key;
  return key;
}
inline const ClientKey& second_key() {
  static const ClientKey key;
  return key;
}

inline Json claims_of(const std::string& token) {
  const std::size_t dot = token.find('.');
  return Json::parse(
      base64url_decode(token.substr(dot + 1, token.rfind('.') - dot - 1)).value_or(""), nullptr,
      false);
}

/// A tenant and an application in it that may sign in.
class SignInFixture : public TenantFixture {
 public:
  static constexpr const char* token_path = "/contoso/oauth2/v2.0/token";

  explicit SignInFixture(TenantOptions options = {})
      : TenantFixture(std::move(options)), app(instantiate()) {}

  Answer post(const std::string& path, const std::string& form,
              const http::HttpHeaders& more = {}) {
    http::HttpRequest request;
    request.method = http::HttpMethod::post;
    request.url = "https://login.example" + path;
    request.headers = more;
    request.headers.set("Content-Type", "application/x-www-form-urlencoded");
    request.body = form;
    return take(tenant.handle(request));
  }

  /// Of an endpoint beside Graph; a text that is no JSON comes as it is.
  Answer fetch(const std::string& path, const http::HttpHeaders& more = {}) {
    http::HttpRequest request;
    request.url = "http://127.0.0.1:8080" + path;
    request.headers = more;
    const http::HttpResponse response = tenant.handle(request);
    Answer answer{response.status, Json::parse(response.body, nullptr, false), response.headers};
    if (answer.body.is_discarded()) answer.body = response.body;
    return answer;
  }

  Answer with_secret(const std::string& secret) {
    return post(token_path, "grant_type=client_credentials&client_id=" + app.app_id +
                                "&client_secret=" + percent_encode(secret));
  }

  Answer with_assertion(const std::string& assertion, std::string client = {}) {
    if (client.empty()) client = app.app_id;
    return post(token_path,
                "grant_type=client_credentials&client_id=" + client + "&client_assertion_type=" +
                    percent_encode("urn:ietf:params:oauth:client-assertion-type:jwt-bearer") +
                    "&client_assertion=" + assertion);
  }

  std::int64_t seconds() const {
    return std::chrono::floor<std::chrono::seconds>(clock.now()).time_since_epoch().count();
  }

  /// What a client writes into the assertion that it signs.
  Json assertion_claims() const {
    return {{"aud", std::string("https://login.example") + token_path},
            {"iss", app.app_id},
            {"sub", app.app_id},
            {"jti", random_uuid()},
            {"nbf", seconds()},
            {"exp", seconds() + 600}};
  }

  static Json header_of(const ClientKey& key) {
    return {{"alg", "PS256"}, {"typ", "JWT"}, {"x5t#S256", key.thumbprint()}};
  }

  std::string assertion(const ClientKey& key) const {
    return key.sign(header_of(key), assertion_claims());
  }

  void register_certificate(const ClientKey& key, std::string path = {}) {
    if (path.empty()) path = "/applications/" + app.application;
    CHECK(send(http::HttpMethod::patch, path,
               {{"keyCredentials", Json::array({{{"type", "AsymmetricX509Cert"},
                                                 {"usage", "Verify"},
                                                 {"key", key.certificate()}}})}})
              .status == 204);
  }

  Answer add_password(const Json& wanted = Json::object()) {
    return send(http::HttpMethod::post, "/applications/" + app.application + "/addPassword",
                {{"passwordCredential", wanted}});
  }

  Answer federate(const std::string& name, const std::string& issuer, const std::string& subject,
                  const std::string& audience = "api://AzureADTokenExchange") {
    return send(http::HttpMethod::post,
                "/applications/" + app.application + "/federatedIdentityCredentials",
                {{"name", name},
                 {"issuer", issuer},
                 {"subject", subject},
                 {"audiences", Json::array({audience})}});
  }

  App app;
};

/// "401 invalid_client 7000215" of a refusal, "200" of a token.
inline std::string outcome(const Answer& answer) {
  std::string text = std::to_string(answer.status);
  if (answer.status == 200) return text;
  return text + " " + string_or(answer.body, "error") + " " + answer.body["error_codes"][0].dump();
}

}  // namespace syncwright::emulator
