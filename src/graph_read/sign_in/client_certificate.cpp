#include "graph_read/sign_in/client_certificate.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <utility>

#include "syncwright/core/encoding.h"
#include "syncwright/core/free_with.h"

namespace syncwright::graph_read {

// A certificate signs a text that says who we are: a JWT whose header names the certificate by its
// SHA-256, and whose signature only the holder of the private key can make. The token endpoint
// compares it with the certificates that were uploaded. OpenSSL's functions return null or 0 and
// queue up reasons that may quote the input, so the reasons are cleared and never shown: what is
// wrong is found out by looking at the file's own shape.

namespace {

using Bio = std::unique_ptr<BIO, FreeWith<BIO_free>>;

Bio reader_of(const Secret& content) {
  return Bio(BIO_new_mem_buf(content.reveal().data(), static_cast<int>(content.reveal().size())));
}

tl::unexpected<Error> unusable(std::string what, std::string advice) {
  ERR_clear_error();
  return fail(ErrorKind::unauthenticated, "the certificate file " + std::move(what),
              std::move(advice));
}

tl::unexpected<Error> locked(const Secret& password) {
  if (password.empty()) {
    return unusable("is protected by a password", "set AZURE_CLIENT_CERTIFICATE_PASSWORD");
  }
  return unusable("is not opened by AZURE_CLIENT_CERTIFICATE_PASSWORD", "check the password");
}

bool holds(const Secret& content, std::string_view text) {
  return content.reveal().find(text) != std::string_view::npos;
}

/// What OpenSSL calls for a password; -1 where there is none.
int give_password(char* buffer, int size, int, void* secret) {
  const std::string_view password = static_cast<const Secret*>(secret)->reveal();
  if (password.empty() || password.size() > static_cast<std::size_t>(size)) return -1;
  std::copy(password.begin(), password.end(), buffer);
  return static_cast<int>(password.size());
}

Instant instant_of(const ASN1_TIME* time) {
  std::tm parts = {};
  if (time == nullptr || ASN1_TIME_to_tm(time, &parts) != 1) return Instant{};
  return Instant{std::chrono::seconds(timegm(&parts))};
}

std::string der_of(X509* certificate) {
  unsigned char* bytes = nullptr;
  const int size = i2d_X509(certificate, &bytes);
  if (size <= 0) return {};
  std::string der(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
  OPENSSL_free(bytes);
  return der;
}

/// Base64 with padding, as `x5c` wants it (RFC 7515 section 4.1.6).
std::string base64(const std::string& bytes) {
  std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                                   reinterpret_cast<const unsigned char*>(bytes.data()),
                                   static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(size));
  return text;
}

std::string fingerprint(X509* certificate) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned size = 0;
  X509_digest(certificate, EVP_sha256(), bytes.data(), &size);
  return base64url_encode({reinterpret_cast<const char*>(bytes.data()), size});
}

/// RSASSA-PSS with SHA-256 and a salt of the digest's length (PS256, RFC 7518 section 3.5).
std::string signature_of(EVP_PKEY* key, std::string_view text) {
  const std::unique_ptr<EVP_MD_CTX, FreeWith<EVP_MD_CTX_free>> context(EVP_MD_CTX_new());
  const auto* const bytes = reinterpret_cast<const unsigned char*>(text.data());
  EVP_PKEY_CTX* options = nullptr;
  std::size_t size = 0;
  if (EVP_DigestSignInit(context.get(), &options, EVP_sha256(), nullptr, key) != 1 ||
      EVP_PKEY_CTX_set_rsa_padding(options, RSA_PKCS1_PSS_PADDING) != 1 ||
      EVP_PKEY_CTX_set_rsa_pss_saltlen(options, RSA_PSS_SALTLEN_DIGEST) != 1 ||
      EVP_DigestSign(context.get(), nullptr, &size, bytes, text.size()) != 1) {
    return {};
  }
  std::string signature(size, '\0');
  if (EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                     bytes, text.size()) != 1) {
    return {};
  }
  signature.resize(size);
  return signature;
}

}  // namespace

void ClientCertificate::KeyDeleter::operator()(evp_pkey_st* key) const {
  EVP_PKEY_free(key);
}
void ClientCertificate::CertificateDeleter::operator()(x509_st* certificate) const {
  X509_free(certificate);
}

Result<ClientCertificate> ClientCertificate::read(const Secret& content, const Secret& password) {
  Result<ClientCertificate> made =
      holds(content, "-----BEGIN ") ? read_pem(content, password) : read_pkcs12(content, password);
  ERR_clear_error();
  if (!made) return made;
  if (const int kind = EVP_PKEY_get_base_id(made->key_.get());
      kind != EVP_PKEY_RSA && kind != EVP_PKEY_RSA_PSS) {
    return unusable("holds a key that is not RSA",
                    "Microsoft Entra ID takes RSA keys: make a certificate with one");
  }
  if (const Result<void> ordered = made->put_own_certificate_first(); !ordered) {
    return fail(ordered.error());
  }
  return made;
}

Result<ClientCertificate> ClientCertificate::read_pem(const Secret& content,
                                                      const Secret& password) {
  ClientCertificate made;
  const Bio certificates = reader_of(content);
  while (X509* certificate = PEM_read_bio_X509(certificates.get(), nullptr, nullptr, nullptr)) {
    made.chain_.emplace_back(certificate);
  }
  const Bio keys = reader_of(content);
  made.key_.reset(
      PEM_read_bio_PrivateKey(keys.get(), nullptr, give_password, const_cast<Secret*>(&password)));
  if (made.key_) return made;
  if (holds(content, "ENCRYPTED")) return locked(password);
  if (holds(content, "PRIVATE KEY-----")) {
    return unusable("holds a private key that cannot be read", "check that the file is complete");
  }
  return unusable("holds no private key",
                  "put the key beside the certificate: cat cert.pem key.pem > both.pem");
}

Result<ClientCertificate> ClientCertificate::read_pkcs12(const Secret& content,
                                                         const Secret& password) {
  const Bio bytes = reader_of(content);
  const std::unique_ptr<PKCS12, FreeWith<PKCS12_free>> file(d2i_PKCS12_bio(bytes.get(), nullptr));
  if (!file) {
    return unusable("is neither PEM nor PKCS#12",
                    "AZURE_CLIENT_CERTIFICATE_PATH names a file with certificate and private key");
  }
  std::string word(password.reveal());
  EVP_PKEY* key = nullptr;
  X509* own = nullptr;
  STACK_OF(X509)* issuers = nullptr;
  ERR_clear_error();
  const int parsed = PKCS12_parse(file.get(), word.c_str(), &key, &own, &issuers);
  const bool refused = ERR_GET_REASON(ERR_peek_last_error()) == PKCS12_R_MAC_VERIFY_FAILURE;
  wipe(word);
  ClientCertificate made;
  made.key_.reset(key);
  if (own != nullptr) made.chain_.emplace_back(own);
  while (issuers != nullptr && sk_X509_num(issuers) > 0) {
    made.chain_.emplace_back(sk_X509_shift(issuers));
  }
  sk_X509_free(issuers);
  if (parsed == 1 && made.key_) return made;
  if (parsed == 1) return unusable("holds no private key", "export it with the private key");
  if (refused) return locked(password);
  return unusable("is PKCS#12 that cannot be read, perhaps for an old cipher",
                  "convert it: openssl pkcs12 -legacy -in old.pfx -out new.pem");
}

/// The key's own certificate is the one that the service knows, wherever it stands in the file.
Result<void> ClientCertificate::put_own_certificate_first() {
  if (chain_.empty()) {
    return unusable("holds no certificate",
                    "put the certificate beside the key: cat cert.pem key.pem > both.pem");
  }
  const auto own = std::find_if(chain_.begin(), chain_.end(), [this](const Certificate& each) {
    return X509_check_private_key(each.get(), key_.get()) == 1;
  });
  ERR_clear_error();
  if (own == chain_.end()) {
    return unusable("holds a private key of another certificate",
                    "put the key and the certificate that was made of it into one file");
  }
  std::rotate(chain_.begin(), own, own + 1);
  return {};
}

Result<Secret> ClientCertificate::sign(const Json& claims, bool with_chain) const {
  Json header = {{"alg", "PS256"}, {"typ", "JWT"}, {"x5t#S256", fingerprint(chain_.front().get())}};
  if (with_chain) {
    for (const Certificate& each : chain_) header["x5c"].push_back(base64(der_of(each.get())));
  }
  std::string text =
      base64url_encode(canonical_json(header)) + "." + base64url_encode(canonical_json(claims));
  const std::string signature = signature_of(key_.get(), text);
  ERR_clear_error();
  if (signature.empty()) {
    return fail(ErrorKind::unauthenticated, "the certificate's key could not sign",
                "check that it is an RSA key of at least 2048 bits");
  }
  return Secret(text + "." + base64url_encode(signature));
}

Instant ClientCertificate::not_before() const {
  return instant_of(X509_get0_notBefore(chain_.front().get()));
}
Instant ClientCertificate::not_after() const {
  return instant_of(X509_get0_notAfter(chain_.front().get()));
}

}  // namespace syncwright::graph_read
