#include <doctest/doctest.h>

#include <fstream>
#include <map>

#include "unit/http/certificate.h"
#include "unit/http/curl.h"
#include "unit/http/loopback_server.h"
#include "unit/temporary_folder.h"

using namespace syncwright;
using namespace syncwright::http;

namespace {

std::unique_ptr<httplib::Server> https_server(const Certificate& certificate) {
  return std::make_unique<httplib::SSLServer>(certificate.x509(), certificate.key());
}

}  // namespace

TEST_CASE("a server's certificate must come from the bundle") {
  const TemporaryFolder folder;
  const Certificate certificate;
  certificate.save(folder.path() / "right.pem");
  Certificate().save(folder.path() / "other.pem");
  LoopbackServer loopback(https_server(certificate), "https");
  loopback.server().Get("/", [](const httplib::Request&, httplib::Response& answer) {
    answer.set_content("ok", "text/plain");
  });
  loopback.start();
  HttpRequest request;
  request.url = loopback.url("/");
  CurlOptions options;
  options.ca_file = folder.path() / "right.pem";
  const auto trusted = curl_transport(options)->send(request, {});
  REQUIRE(trusted);
  CHECK(trusted->body == "ok");
  for (const std::string& ca_file : {std::string(), (folder.path() / "other.pem").string()}) {
    options.ca_file = ca_file;
    const auto refused = curl_transport(options)->send(request, {});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == ErrorKind::untrusted);
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
    LoopbackServer loopback(https_server(certificate), "https");
    loopback.start();
    HttpRequest request;
    request.url = loopback.url("/");
    CurlOptions options;
    options.ca_file = folder.path() / "ca.pem";
    const auto refused = curl_transport(options)->send(request, {});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == ErrorKind::untrusted);
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
