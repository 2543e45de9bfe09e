#include "emulator/sign_in/keys.h"

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <array>
#include <chrono>
#include <ctime>
#include <exception>
#include <utility>

#include "emulator/sign_in/jwt.h"
#include "syncwright/core/encoding.h"
#include "syncwright/core/free_with.h"

namespace syncwright::emulator {

namespace {

using KeyPointer = std::unique_ptr<EVP_PKEY, FreeWith<EVP_PKEY_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, FreeWith<EVP_MD_CTX_free>>;
using CertificatePointer = std::unique_ptr<X509, FreeWith<X509_free>>;
using Buffer = std::unique_ptr<BIO, FreeWith<BIO_free>>;
using Number = std::unique_ptr<BIGNUM, FreeWith<BN_free>>;

constexpr unsigned int key_bits = 2048;
constexpr std::size_t largest_certificate = 64U << 10U;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

/// The public number of that name, big endian.
std::string number_of(EVP_PKEY* key, const char* name) {
  BIGNUM* found = nullptr;
  if (EVP_PKEY_get_bn_param(key, name, &found) != 1) return {};
  const Number number(found);
  std::string bytes(static_cast<std::size_t>(BN_num_bytes(number.get())), '\0');
  BN_bn2bin(number.get(), reinterpret_cast<unsigned char*>(bytes.data()));
  return bytes;
}

CertificatePointer read_certificate(std::string_view bytes) {
  if (bytes.empty() || bytes.size() > largest_certificate) return nullptr;
  const unsigned char* begin = bytes_of(bytes);
  CertificatePointer certificate(d2i_X509(nullptr, &begin, static_cast<long>(bytes.size())));
  if (certificate) return certificate;
  const Buffer buffer(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
  return CertificatePointer(PEM_read_bio_X509(buffer.get(), nullptr, nullptr, nullptr));
}

std::string digest_of(const X509* certificate, const EVP_MD* method) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  if (X509_digest(certificate, method, digest.data(), &size) != 1) return {};
  return {reinterpret_cast<const char*>(digest.data()), size};
}

Instant instant_of(const ASN1_TIME* time) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) return {};
  return Instant{std::chrono::seconds{::timegm(&parts)}};
}

}  // namespace

struct RsaKey::Handle {
  explicit Handle(EVP_PKEY* owned) : key(owned) {}
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() { EVP_PKEY_free(key); }

  EVP_PKEY* const key;
};

RsaKey::RsaKey(std::unique_ptr<Handle> handle) : handle_(std::move(handle)) {}
RsaKey::RsaKey(RsaKey&&) noexcept = default;
RsaKey& RsaKey::operator=(RsaKey&&) noexcept = default;
RsaKey::~RsaKey() = default;

std::optional<SignatureScheme> signature_scheme(std::string_view alg) {
  if (alg == "RS256") return SignatureScheme::rs256;
  if (alg == "PS256") return SignatureScheme::ps256;
  return std::nullopt;
}

bool RsaKey::verifies(SignatureScheme scheme, std::string_view text,
                      std::string_view signature) const {
  const DigestContext context(EVP_MD_CTX_new());
  EVP_PKEY_CTX* settings = nullptr;
  if (EVP_DigestVerifyInit(context.get(), &settings, EVP_sha256(), nullptr, handle_->key) != 1) {
    return false;
  }
  const int padding = scheme == SignatureScheme::ps256 ? RSA_PKCS1_PSS_PADDING : RSA_PKCS1_PADDING;
  if (EVP_PKEY_CTX_set_rsa_padding(settings, padding) <= 0) return false;
  return EVP_DigestVerify(context.get(), bytes_of(signature), signature.size(), bytes_of(text),
                          text.size()) == 1;
}

std::string RsaKey::sign(std::string_view text) const {
  const DigestContext context(EVP_MD_CTX_new());
  std::string signature(static_cast<std::size_t>(EVP_PKEY_get_size(handle_->key)), '\0');
  std::size_t size = signature.size();
  const bool is_signed =
      EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, handle_->key) == 1 &&
      EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                     bytes_of(text), text.size()) == 1;
  if (!is_signed) std::terminate();  // only without memory, or without the private part
  signature.resize(size);
  return signature;
}

Json RsaKey::jwk() const {
  const std::string modulus = base64url_encode(number_of(handle_->key, OSSL_PKEY_PARAM_RSA_N));
  return {
      {"kty", "RSA"},   {"use", "sig"},
      {"alg", "RS256"}, {"kid", modulus.substr(0, 27)},
      {"n", modulus},   {"e", base64url_encode(number_of(handle_->key, OSSL_PKEY_PARAM_RSA_E))}};
}

std::optional<Certificate> Certificate::read(std::string_view bytes) {
  const CertificatePointer certificate = read_certificate(bytes);
  if (!certificate) return std::nullopt;
  KeyPointer key(X509_get_pubkey(certificate.get()));
  if (!key || EVP_PKEY_get_base_id(key.get()) != EVP_PKEY_RSA) return std::nullopt;
  return Certificate{RsaKey(std::make_unique<RsaKey::Handle>(key.release())),
                     digest_of(certificate.get(), EVP_sha256()),
                     digest_of(certificate.get(), EVP_sha1()),
                     instant_of(X509_get0_notBefore(certificate.get())),
                     instant_of(X509_get0_notAfter(certificate.get()))};
}

bool is_pkcs12(std::string_view bytes) {
  if (bytes.size() > largest_certificate) return false;
  const unsigned char* begin = bytes_of(bytes);
  const std::unique_ptr<PKCS12, FreeWith<PKCS12_free>> file(
      d2i_PKCS12(nullptr, &begin, static_cast<long>(bytes.size())));
  return file != nullptr;
}

const RsaKey& process_key() {
  static const RsaKey key = [] {
    EVP_PKEY* made = EVP_RSA_gen(key_bits);
    if (!made) std::terminate();  // without a working generator nothing may go on
    return RsaKey(std::make_unique<RsaKey::Handle>(made));
  }();
  return key;
}

std::string signed_token(const Json& claims) {
  static const std::string key_id = string_or(process_key().jwk(), "kid");
  const std::string text = jwt_text({{"alg", "RS256"}, {"kid", key_id}, {"typ", "JWT"}}, claims);
  return text + "." + base64url_encode(process_key().sign(text));
}

}  // namespace syncwright::emulator
