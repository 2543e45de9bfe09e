#include <doctest/doctest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <fstream>
#include <map>

#include "syncwright/http/curl_transport.h"
#include "unit/http/loopback_server.h"
#include "unit/temporary_folder.h"

using namespace syncwright;
using namespace syncwright::http;

namespace {

/// A fresh self-signed certificate with its key, valid from and until so many seconds from now.
class Certificate {
 public:
  explicit Certificate(const char* host = "IP:127.0.0.1", long from = -3600, long until = 3600)
      : key_(EVP_EC_gen("P-256")), certificate_(X509_new()) {
    X509_set_version(certificate_, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate_), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate_), from);
    X509_gmtime_adj(X509_getm_notAfter(certificate_), until);
    X509_set_pubkey(certificate_, key_);
    X509_NAME* name = X509_get_subject_name(certificate_);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>("loopback"), -1, -1, 0);
    X509_set_issuer_name(certificate_, name);
    X509_EXTENSION* address = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, host);
    X509_add_ext(certificate_, address, -1);
    X509_EXTENSION_free(address);
    X509_sign(certificate_, key_, EVP_sha256());
  }
  Certificate(const Certificate&) = delete;
  Certificate& operator=(const Certificate&) = delete;
  ~Certificate() {
    X509_free(certificate_);
    EVP_PKEY_free(key_);
  }

  [[nodiscard]] std::unique_ptr<httplib::Server> server() const {
    return std::make_unique<httplib::SSLServer>(certificate_, key_);
  }

  void save(const std::filesystem::path& path) const {
    BIO* file = BIO_new_file(path.c_str(), "w");
    PEM_write_bio_X509(file, certificate_);
    BIO_free(file);
  }

 private:
  EVP_PKEY* key_;
  X509* certificate_;
};

}  // namespace

TEST_CASE("a server's certificate must come from the bundle") {
  const TemporaryFolder folder;
  const Certificate certificate;
  certificate.save(folder.path() / "right.pem");
  Certificate().save(folder.path() / "other.pem");
  LoopbackServer loopback(certificate.server(), "https");
  loopback.server().Get("/", [](const httplib::Request&, httplib::Response& answer) {
    answer.set_content("ok", "text/plain");
  });
  loopback.start();
  HttpRequest request;
  request.url = loopback.url("/");
  CurlOptions options;
  options.ca_file = folder.path() / "right.pem";
  const auto trusted = make_curl_transport(options)->send(request, {});
  REQUIRE(trusted);
  CHECK(trusted->body == "ok");
  for (const std::string& ca_file : {std::string(), (folder.path() / "other.pem").string()}) {
    options.ca_file = ca_file;
    const auto refused = make_curl_transport(options)->send(request, {});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == ErrorKind::guard);
    CHECK(refused.error().message ==
          "GET 127.0.0.1: nothing was sent: its certificate comes from an issuer that is not "
          "trusted here");
    CHECK(refused.error().advice ==
          "name the issuer's certificate (PEM) with --ca-file FILE or in SSL_CERT_FILE; a proxy "
          "that looks into TLS has an issuer of its own");
  }
}

TEST_CASE("a certificate that is out of date, or another host's, is told in words") {
  const TemporaryFolder folder;
  const auto refusal = [&](const Certificate& certificate) {
    certificate.save(folder.path() / "ca.pem");
    LoopbackServer loopback(certificate.server(), "https");
    loopback.start();
    HttpRequest request;
    request.url = loopback.url("/");
    CurlOptions options;
    options.ca_file = folder.path() / "ca.pem";
    const auto refused = make_curl_transport(options)->send(request, {});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == ErrorKind::guard);
    return refused.error().message;
  };
  const std::string begin = "GET 127.0.0.1: nothing was sent: its certificate ";
  CHECK(refusal(Certificate("IP:127.0.0.1", -7200, -3600)) == begin + "has expired");
  CHECK(refusal(Certificate("IP:127.0.0.1", 3600, 7200)) == begin + "is not valid yet");
  CHECK(refusal(Certificate("DNS:elsewhere.example")) == begin + "is for another host");
}

TEST_CASE("who is trusted: the flag, else the variables of OpenSSL's programs") {
  const TemporaryFolder folder;
  const std::filesystem::path right = folder.path() / "right.pem";
  const std::filesystem::path empty = folder.path() / "empty.pem";
  const std::filesystem::path missing = folder.path() / "missing.pem";
  Certificate().save(right);
  std::ofstream(empty) << "no certificate\n";
  const auto chosen = [](const std::filesystem::path& flag,
                         std::map<std::string, std::string> variables) {
    CurlOptions options;
    const Result<void> done = trust(options, flag, Environment(std::move(variables)));
    if (!done) {
      CHECK(done.error().kind == ErrorKind::invalid_input);
      return done.error().message;
    }
    return options.ca_file + "|" + options.ca_folder;
  };
  CHECK(chosen({}, {}) == "|");
  CHECK(chosen(right, {{"SSL_CERT_FILE", missing}, {"SSL_CERT_DIR", "/certs"}}) ==
        right.string() + "|");
  CHECK(chosen({}, {{"SSL_CERT_FILE", right}, {"SSL_CERT_DIR", "/certs"}}) ==
        right.string() + "|/certs");
  CHECK(chosen({}, {{"SSL_CERT_DIR", "/certs"}}) == "|/certs");
  CHECK(chosen(empty, {}) == "--ca-file: " + empty.string() + " holds no certificate");
  CHECK(chosen({}, {{"SSL_CERT_FILE", empty}}) ==
        "SSL_CERT_FILE: " + empty.string() + " holds no certificate");
  CHECK(chosen(missing, {}).starts_with("--ca-file: cannot "));
}
