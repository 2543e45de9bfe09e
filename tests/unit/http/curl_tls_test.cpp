#include <doctest/doctest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "syncwright/http/curl_transport.h"
#include "unit/http/loopback_server.h"
#include "unit/temporary_folder.h"

using namespace syncwright;
using namespace syncwright::http;

namespace {

/// A fresh self-signed certificate for 127.0.0.1 with its key.
class Certificate {
 public:
  Certificate() : key_(EVP_EC_gen("P-256")), certificate_(X509_new()) {
    X509_set_version(certificate_, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate_), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate_), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate_), 3600);
    X509_set_pubkey(certificate_, key_);
    X509_NAME* name = X509_get_subject_name(certificate_);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>("loopback"), -1, -1, 0);
    X509_set_issuer_name(certificate_, name);
    X509_EXTENSION* address =
        X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, "IP:127.0.0.1");
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
    CHECK(refused.error().kind == ErrorKind::transport);
    CHECK(refused.error().message ==
          "GET 127.0.0.1: SSL peer certificate or SSH remote key was not OK");
  }
}
