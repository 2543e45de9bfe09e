// A certificate for one run: a CA that signs once and is forgotten, and the server's own, both with
// keys on the curve P-256.
#include "syncwright/emulator/certificate.h"

#include <arpa/inet.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <utility>

#include "emulator/server/openssl_handles.h"
#include "syncwright/core/ascii.h"

namespace syncwright::emulator {

namespace {

constexpr long seconds_of_hour = 3'600;
constexpr long seconds_of_certificate =
    90L * 24 * seconds_of_hour;  // longer than a run, shorter than clients' patience

/// What a certificate is always good for. Hosts of Graph and of its sign-in: docs/graph.md#1.
constexpr const char* always_named =
    "DNS:localhost,IP:127.0.0.1,IP:::1,"
    "DNS:graph.microsoft.com,DNS:login.microsoftonline.com,"
    "DNS:graph.microsoft.us,DNS:dod-graph.microsoft.us,DNS:login.microsoftonline.us,"
    "DNS:microsoftgraph.chinacloudapi.cn,DNS:login.chinacloudapi.cn";

bool is_address(const std::string& host) {
  std::array<unsigned char, 16> bytes{};
  return ::inet_pton(AF_INET, host.c_str(), bytes.data()) == 1 ||
         ::inet_pton(AF_INET6, host.c_str(), bytes.data()) == 1;
}

/// Nothing that OpenSSL's notation of names would take apart.
bool is_plain_name(const std::string& host) {
  return !host.empty() && std::all_of(host.begin(), host.end(), [](char c) {
    return ascii::is_letter(c) || ascii::is_digit(c) || c == '-' || c == '.';
  });
}

std::string names_with(const std::string& host) {
  std::string names = always_named;
  if (is_address(host)) {
    names += ",IP:" + host;
  } else if (is_plain_name(host)) {
    names += ",DNS:" + host;
  }
  return names;
}

using CertificateExtensions = std::initializer_list<std::pair<int, std::string>>;

bool add_extensions(X509& certificate, X509& issuer, const CertificateExtensions& extensions) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, &issuer, &certificate, nullptr, nullptr, 0);
  return std::all_of(extensions.begin(), extensions.end(), [&](const auto& extension) {
    const ExtensionHandle made(
        X509V3_EXT_conf_nid(nullptr, &context, extension.first, extension.second.c_str()));
    return made && X509_add_ext(&certificate, made.get(), -1) == 1;
  });
}

bool set_serial(X509& certificate) {
  std::array<unsigned char, 16> bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) return false;
  bytes[0] = static_cast<unsigned char>((bytes[0] & 0x7fU) | 0x40U);  // positive, and full length
  BIGNUM* const number = BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr);
  const bool done =
      number && BN_to_ASN1_INTEGER(number, X509_get_serialNumber(&certificate)) != nullptr;
  BN_free(number);
  return done;
}

bool set_name(X509& certificate, const char* name) {
  return X509_NAME_add_entry_by_txt(X509_get_subject_name(&certificate), "CN", MBSTRING_UTF8,
                                    reinterpret_cast<const unsigned char*>(name), -1, -1, 0) == 1;
}

/// Unsigned, for that key; nullptr where OpenSSL refuses.
CertificateHandle new_certificate(EVP_PKEY& key, const char* name) {
  CertificateHandle made(X509_new());
  const bool done =
      made && X509_set_version(made.get(), X509_VERSION_3) == 1 && set_serial(*made) &&
      set_name(*made, name) &&
      X509_gmtime_adj(X509_getm_notBefore(made.get()), -seconds_of_hour) != nullptr &&
      X509_gmtime_adj(X509_getm_notAfter(made.get()), seconds_of_certificate) != nullptr &&
      X509_set_pubkey(made.get(), &key) == 1;
  return done ? std::move(made) : nullptr;
}

bool sign_certificate(X509& certificate, X509& issuer, EVP_PKEY& issuer_key,
                      const CertificateExtensions& extensions) {
  return X509_set_issuer_name(&certificate, X509_get_subject_name(&issuer)) == 1 &&
         add_extensions(certificate, issuer, extensions) &&
         X509_sign(&certificate, &issuer_key, EVP_sha256()) > 0;
}

/// What `write` puts down; empty where it fails.
template <class Write>
std::string written_pem(const Write& write) {
  const BioHandle memory(BIO_new(BIO_s_secmem()));
  if (!memory || write(memory.get()) != 1) return {};
  char* data = nullptr;
  const long size = BIO_get_mem_data(memory.get(), &data);
  return size > 0 ? std::string(data, static_cast<std::size_t>(size)) : std::string();
}

std::string written_pem(X509& certificate) {
  return written_pem([&](BIO* memory) { return PEM_write_bio_X509(memory, &certificate); });
}

auto refuse_to_make() {
  ERR_clear_error();
  return fail(ErrorKind::internal, "OpenSSL makes no certificate",
              "name one of your own with --tls-cert and --tls-key");
}

}  // namespace

Result<OwnCertificate> make_certificate(const std::string& host) {
  const KeyHandle authority_key(EVP_EC_gen("P-256"));
  const KeyHandle key(EVP_EC_gen("P-256"));
  if (!authority_key || !key) return refuse_to_make();
  const CertificateHandle authority =
      new_certificate(*authority_key, "syncwright emulator's CA of one run");
  const CertificateHandle server = new_certificate(*key, "syncwright emulator");
  if (!authority || !server ||
      !sign_certificate(*authority, *authority, *authority_key,
                        {{NID_basic_constraints, "critical,CA:TRUE,pathlen:0"},
                         {NID_key_usage, "critical,keyCertSign,cRLSign"},
                         {NID_subject_key_identifier, "hash"}}) ||
      !sign_certificate(*server, *authority, *authority_key,
                        {{NID_basic_constraints, "critical,CA:FALSE"},
                         {NID_key_usage, "critical,digitalSignature"},
                         {NID_ext_key_usage, "serverAuth"},
                         {NID_subject_key_identifier, "hash"},
                         {NID_authority_key_identifier, "keyid:always"},
                         {NID_subject_alt_name, names_with(host)}})) {
    return refuse_to_make();
  }
  OwnCertificate made;
  made.authority = written_pem(*authority);
  made.server.chain = written_pem(*server);
  made.server.key = Secret(written_pem([&](BIO* memory) {
    return PEM_write_bio_PKCS8PrivateKey(memory, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  }));
  if (made.authority.empty() || made.server.chain.empty() || made.server.key.empty()) {
    return refuse_to_make();
  }
  return made;
}

}  // namespace syncwright::emulator
