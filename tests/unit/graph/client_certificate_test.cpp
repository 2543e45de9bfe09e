#include "graph_read/sign_in/client_certificate.h"

#include <doctest/doctest.h>

#include "test_certificate.h"

using namespace syncwright;
using namespace syncwright::graph_read;

namespace {

Result<ClientCertificate> read_certificate(const std::string& content,
                                           const std::string& password = {}) {
  return ClientCertificate::read(Secret(content), Secret(password));
}

std::string fault_of(const std::string& content, const std::string& password = {}) {
  const auto certificate = read_certificate(content, password);
  return certificate ? "none" : certificate.error().message + "; " + certificate.error().advice;
}

std::string sign(const Result<ClientCertificate>& certificate, bool with_chain = false) {
  REQUIRE(certificate);
  const Result<Secret> jwt = certificate->sign({{"sub", "c1"}}, with_chain);
  REQUIRE(jwt);
  return std::string(jwt->reveal());
}

Json header_of(const std::string& jwt) {
  return Json::parse(base64url_decode(jwt.substr(0, jwt.find('.'))).value_or(""));
}

/// One key for all cases: making it is the slow part.
const TestKey& shared_key() {
  static const TestKey key = rsa_key();
  return key;
}

}  // namespace

TEST_CASE("an assertion is signed with PS256 and names its certificate by SHA-256") {
  const TestX509 own = certificate_of(shared_key(), "own");
  const std::string jwt = sign(read_certificate(pem_of(own) + pem_of(shared_key())));
  CHECK(header_of(jwt) == Json{{"alg", "PS256"},
                               {"typ", "JWT"},
                               {"x5t#S256", base64url_encode(sha256_of(der_of(own)))}});
  const std::size_t dot = jwt.find('.');
  CHECK(base64url_decode(jwt.substr(dot + 1, jwt.rfind('.') - dot - 1)) == R"({"sub":"c1"})");
  CHECK(is_signed_by(jwt, shared_key()));
  CHECK_FALSE(is_signed_by(jwt, rsa_key()));
}

TEST_CASE("the key's own certificate is found wherever it stands, and heads the chain") {
  const TestX509 own = certificate_of(shared_key(), "own");
  const TestX509 issuer = certificate_of(rsa_key(), "issuer");
  const std::string print = base64url_encode(sha256_of(der_of(own)));
  for (const std::string& content : {pem_of(shared_key()) + pem_of(issuer) + pem_of(own),
                                     pem_of(own) + pem_of(issuer) + pem_of(shared_key())}) {
    const auto certificate = read_certificate(content);
    CHECK(header_of(sign(certificate)).at("x5t#S256") == print);
    CHECK_FALSE(header_of(sign(certificate)).contains("x5c"));
    const Json chain = header_of(sign(certificate, true)).at("x5c");
    REQUIRE(chain.size() == 2);
    const std::string first = chain[0];
    std::string pem = pem_of(own);
    std::erase(pem, '\n');
    CHECK(pem == "-----BEGIN CERTIFICATE-----" + first + "-----END CERTIFICATE-----");
  }
}

TEST_CASE("PKCS#12 is read with and without a password, its chain too") {
  const TestX509 own = certificate_of(shared_key(), "own");
  const TestX509 issuer = certificate_of(rsa_key(), "issuer");
  const std::string locked = pkcs12_of(shared_key(), own, {issuer}, "pass word");
  const std::string jwt = sign(read_certificate(locked, "pass word"), true);
  CHECK(is_signed_by(jwt, shared_key()));
  CHECK(header_of(jwt).at("x5c").size() == 2);
  CHECK(header_of(jwt).at("x5t#S256") == base64url_encode(sha256_of(der_of(own))));
  CHECK(is_signed_by(sign(read_certificate(pkcs12_of(shared_key(), own, {}, ""))), shared_key()));
  CHECK(fault_of(locked) ==
        "the certificate file is protected by a password; set "
        "AZURE_CLIENT_CERTIFICATE_PASSWORD");
  CHECK(fault_of(locked, "wrong-password") ==
        "the certificate file is not opened by AZURE_CLIENT_CERTIFICATE_PASSWORD; check the "
        "password");
}

TEST_CASE("an encrypted PEM key is read with its password") {
  const std::string content =
      pem_of(certificate_of(shared_key(), "own")) + pem_of(shared_key(), "pass word");
  CHECK(is_signed_by(sign(read_certificate(content, "pass word")), shared_key()));
  CHECK(fault_of(content) ==
        "the certificate file is protected by a password; set "
        "AZURE_CLIENT_CERTIFICATE_PASSWORD");
  CHECK(fault_of(content, "wrong-password") ==
        "the certificate file is not opened by AZURE_CLIENT_CERTIFICATE_PASSWORD; check the "
        "password");
}

TEST_CASE("what a file lacks is said, and how to mend it") {
  const TestX509 own = certificate_of(shared_key(), "own");
  CHECK(fault_of(pem_of(own)) ==
        "the certificate file holds no private key; put the key beside "
        "the certificate: cat cert.pem key.pem > both.pem");
  CHECK(fault_of(pem_of(shared_key())) ==
        "the certificate file holds no certificate; put the certificate beside the key: cat "
        "cert.pem key.pem > both.pem");
  CHECK(fault_of(pem_of(own) + pem_of(rsa_key())) ==
        "the certificate file holds a private key of another certificate; put the key and the "
        "certificate that was made of it into one file");
  const TestKey ec = ec_key();
  CHECK(fault_of(pem_of(certificate_of(ec, "ec")) + pem_of(ec)) ==
        "the certificate file holds a key that is not RSA; Microsoft Entra ID takes RSA keys: make "
        "a certificate with one");
  const std::string key = pem_of(shared_key());
  CHECK(fault_of(pem_of(own) + key.substr(0, key.size() / 2)) ==
        "the certificate file holds a private key that cannot be read; check that the file is "
        "complete");
  for (const std::string& content : {std::string("hello"), std::string(), std::string(40, '\0')}) {
    CHECK(fault_of(content) ==
          "the certificate file is neither PEM nor PKCS#12; AZURE_CLIENT_CERTIFICATE_PATH names a "
          "file with certificate and private key");
  }
}

TEST_CASE("a certificate says from when until when it is good") {
  const Instant end = *parse_rfc3339("2026-05-01T10:00:00Z");
  const auto certificate =
      read_certificate(pem_of(certificate_of(shared_key(), "own", end)) + pem_of(shared_key()));
  REQUIRE(certificate);
  CHECK(certificate->not_after() == end);
  CHECK(certificate->not_before() == *parse_rfc3339("2025-12-31T23:00:00Z"));
}
