#pragma once

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <ctime>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "syncwright/core/clock.h"
#include "syncwright/core/encoding.h"

/// Keys and certificates for tests of the sign-in, made anew by OpenSSL in each run.
namespace syncwright::graph_read {

using TestKey = std::shared_ptr<EVP_PKEY>;
using TestX509 = std::shared_ptr<X509>;

inline TestKey rsa_key() {
  return {EVP_RSA_gen(2048), EVP_PKEY_free};
}
inline TestKey ec_key() {
  return {EVP_EC_gen("P-256"), EVP_PKEY_free};
}

/// Self-signed, good from an hour before ManualClock's start until `end`.
inline TestX509 certificate_of(const TestKey& key, const std::string& name,
                               Instant end = Instant{std::chrono::seconds(1'900'000'000)}) {
  TestX509 certificate(X509_new(), X509_free);
  X509_set_version(certificate.get(), X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
  ASN1_TIME_set(X509_getm_notBefore(certificate.get()), 1'767'222'000);
  ASN1_TIME_set(X509_getm_notAfter(certificate.get()),
                std::chrono::floor<std::chrono::seconds>(end).time_since_epoch().count());
  X509_set_pubkey(certificate.get(), key.get());
  X509_NAME* subject = X509_get_subject_name(certificate.get());
  X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
  X509_set_issuer_name(certificate.get(), subject);
  X509_sign(certificate.get(), key.get(), EVP_sha256());
  return certificate;
}

inline std::string text_of(BIO* bio) {
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(bio, &bytes);
  std::string text(bytes, static_cast<std::size_t>(size));
  BIO_free(bio);
  return text;
}

inline std::string pem_of(const TestX509& certificate) {
  BIO* bio = BIO_new(BIO_s_mem());
  PEM_write_bio_X509(bio, certificate.get());
  return text_of(bio);
}

/// PKCS#8; encrypted where there is a password.
inline std::string pem_of(const TestKey& key, const std::string& password = {}) {
  BIO* bio = BIO_new(BIO_s_mem());
  PEM_write_bio_PKCS8PrivateKey(bio, key.get(), password.empty() ? nullptr : EVP_aes_256_cbc(),
                                password.empty() ? nullptr : password.data(),
                                static_cast<int>(password.size()), nullptr, nullptr);
  return text_of(bio);
}

inline std::string pkcs12_of(const TestKey& key, const TestX509& certificate,
                             const std::vector<TestX509>& issuers, const char* password) {
  STACK_OF(X509)* chain = sk_X509_new_null();
  for (const TestX509& issuer : issuers) sk_X509_push(chain, issuer.get());
  PKCS12* file =
      PKCS12_create(password, "test", key.get(), certificate.get(), chain, 0, 0, 0, 0, 0);
  BIO* bio = BIO_new(BIO_s_mem());
  i2d_PKCS12_bio(bio, file);
  PKCS12_free(file);
  sk_X509_free(chain);
  return text_of(bio);
}

inline std::string der_of(const TestX509& certificate) {
  BIO* bio = BIO_new(BIO_s_mem());
  i2d_X509_bio(bio, certificate.get());
  return text_of(bio);
}

inline std::string sha256_of(std::string_view bytes) {
  std::string hash(32, '\0');
  EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(hash.data()), nullptr,
             EVP_sha256(), nullptr);
  return hash;
}

/// Whether a JWT carries a PS256 signature by the key, as a token endpoint checks it.
inline bool is_signed_by(const std::string& jwt, const TestKey& key) {
  const std::size_t dot = jwt.rfind('.');
  const std::string signature = base64url_decode(jwt.substr(dot + 1)).value_or("");
  const std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context(EVP_MD_CTX_new(),
                                                                   EVP_MD_CTX_free);
  EVP_PKEY_CTX* options = nullptr;
  return EVP_DigestVerifyInit(context.get(), &options, EVP_sha256(), nullptr, key.get()) == 1 &&
         EVP_PKEY_CTX_set_rsa_padding(options, RSA_PKCS1_PSS_PADDING) == 1 &&
         EVP_PKEY_CTX_set_rsa_pss_saltlen(options, RSA_PSS_SALTLEN_DIGEST) == 1 &&
         EVP_DigestVerify(context.get(), reinterpret_cast<const unsigned char*>(signature.data()),
                          signature.size(), reinterpret_cast<const unsigned char*>(jwt.data()),
                          dot) == 1;
}

}  // namespace syncwright::graph_read
