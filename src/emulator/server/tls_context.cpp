#include "emulator/server/tls_context.h"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <limits>
#include <string_view>

#include "syncwright/core/file.h"

namespace syncwright::emulator {

namespace {

constexpr std::size_t most_pem_bytes = 1U << 20U;

BioHandle memory_of(std::string_view text) {
  if (text.size() > most_pem_bytes) return nullptr;
  return BioHandle(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

/// Never asks the terminal: a key with a passphrase counts as unreadable.
int no_passphrase(char*, int, int, void*) {
  return -1;
}

Result<void> use_chain(SSL_CTX& context, std::string_view pem) {
  const BioHandle memory = memory_of(pem);
  const auto next = [&] {
    return CertificateHandle(
        memory ? PEM_read_bio_X509(memory.get(), nullptr, no_passphrase, nullptr) : nullptr);
  };
  const CertificateHandle own = next();
  if (!own || SSL_CTX_use_certificate(&context, own.get()) != 1) {
    return fail(ErrorKind::invalid_input, "there is no certificate in PEM in it",
                "a PEM file has a line -----BEGIN CERTIFICATE-----; the server's own one is first");
  }
  while (const CertificateHandle issuer = next()) {
    if (SSL_CTX_add1_chain_cert(&context, issuer.get()) != 1) break;
  }
  return {};
}

Result<void> use_key(SSL_CTX& context, std::string_view pem) {
  const BioHandle memory = memory_of(pem);
  const KeyHandle key(
      memory ? PEM_read_bio_PrivateKey(memory.get(), nullptr, no_passphrase, nullptr) : nullptr);
  if (!key) {
    return fail(ErrorKind::invalid_input,
                "there is no private key in PEM in it, or it has a "
                "passphrase",
                "`openssl pkey -in KEY -out PLAIN` takes the passphrase off");
  }
  if (SSL_CTX_use_PrivateKey(&context, key.get()) != 1 ||
      SSL_CTX_check_private_key(&context) != 1) {
    return fail(ErrorKind::invalid_input, "the key is not that of the certificate",
                "name the two files that were made together");
  }
  return {};
}

/// Clients that also speak HTTP/2 are told that this server does not.
int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* size,
                    const unsigned char* offered, unsigned offered_size, void*) {
  static constexpr unsigned char spoken[] = "\x08http/1.1";
  unsigned char* found = nullptr;
  const int outcome =
      SSL_select_next_proto(&found, size, spoken, sizeof(spoken) - 1, offered, offered_size);
  *chosen = found;
  return outcome == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
}

/// Failures leave a queue of errors behind, which a later call would take for its own.
template <class T>
T with_empty_queue(T outcome) {
  ERR_clear_error();
  return outcome;
}

Result<TlsContextHandle> new_context() {
  TlsContextHandle context(SSL_CTX_new(TLS_server_method()));
  if (!context || SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION) != 1) {
    return fail(ErrorKind::internal, "OpenSSL makes no TLS context");
  }
  SSL_CTX_set_alpn_select_cb(context.get(), choose_protocol, nullptr);
  return context;
}

}  // namespace

Result<TlsContextHandle> make_tls_context(const ServerCertificate& certificate) {
  Result<TlsContextHandle> context = new_context();
  if (!context) return context;
  if (auto used = with_empty_queue(use_chain(**context, certificate.chain)); !used) {
    return fail(std::move(used.error()));
  }
  if (auto used = with_empty_queue(use_key(**context, certificate.key.reveal())); !used) {
    return fail(std::move(used.error()));
  }
  return context;
}

Result<ServerCertificate> read_certificate(const std::filesystem::path& chain,
                                           const std::filesystem::path& key) {
  Result<std::string> chain_text = read_file(chain, most_pem_bytes);
  if (!chain_text) return fail(std::move(chain_text.error()));
  Result<std::string> key_text = read_file(key, most_pem_bytes);
  if (!key_text) return fail(std::move(key_text.error()));
  ServerCertificate read{std::move(*chain_text), Secret(std::move(*key_text))};
  Result<TlsContextHandle> context = new_context();
  if (!context) return fail(std::move(context.error()));
  if (auto used = with_empty_queue(use_chain(**context, read.chain)); !used) {
    return fail(within(std::move(used.error()), chain.string()));
  }
  if (auto used = with_empty_queue(use_key(**context, read.key.reveal())); !used) {
    return fail(within(std::move(used.error()), key.string()));
  }
  return read;
}

}  // namespace syncwright::emulator
