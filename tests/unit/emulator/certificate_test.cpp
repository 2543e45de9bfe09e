#include "syncwright/emulator/certificate.h"

#include <doctest/doctest.h>

#include "emulator/server/tls_context.h"
#include "syncwright/core/file.h"
#include "unit/temporary_folder.h"

namespace syncwright::emulator {

TEST_CASE("a made certificate and its key belong together, and no two are alike") {
  const auto one = make_certificate("127.0.0.1");
  const auto other = make_certificate("emulator.example");
  REQUIRE(one.has_value());
  REQUIRE(other.has_value());
  CHECK(make_tls_context(one->server).has_value());
  CHECK(one->authority != other->authority);
  CHECK(one->authority.starts_with("-----BEGIN CERTIFICATE-----"));
  CHECK(one->authority.find("PRIVATE") == std::string::npos);
  CHECK(one->server.chain.find("PRIVATE") == std::string::npos);
  const ServerCertificate mixed{one->server.chain, other->server.key.clone()};
  const auto refused = make_tls_context(mixed);
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().message == "the key is not that of the certificate");
}

TEST_CASE("a host that is no plain name is left out of the certificate") {
  // Commas would add names of their own.
  CHECK(make_certificate("a,DNS:evil.example").has_value());
  CHECK(make_certificate("").has_value());
  CHECK(make_certificate("::1").has_value());
}

TEST_CASE("files of a certificate are read as they are used") {
  const TemporaryFolder folder;
  const auto made = make_certificate("127.0.0.1");
  REQUIRE(made.has_value());
  const auto chain = folder.path() / "chain.pem";
  const auto key = folder.path() / "key.pem";
  REQUIRE(write_file_atomically(chain, made->server.chain + made->authority).has_value());
  REQUIRE(write_file_atomically(key, made->server.key.reveal(), true).has_value());
  const auto read = read_certificate(chain, key);
  REQUIRE(read.has_value());
  CHECK(read->key.reveal() == made->server.key.reveal());
  const auto swapped = read_certificate(key, chain);
  REQUIRE_FALSE(swapped.has_value());
  CHECK(swapped.error().kind == ErrorKind::invalid_input);
  CHECK(swapped.error().message == key.string() + ": there is no certificate in PEM in it");
}

}  // namespace syncwright::emulator
