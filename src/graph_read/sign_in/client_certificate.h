#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "syncwright/core/clock.h"
#include "syncwright/core/error.h"
#include "syncwright/core/json.h"
#include "syncwright/core/secret.h"

struct evp_pkey_st;
struct x509_st;

namespace syncwright::graph_read {

/// An RSA key and the certificate of it, and what signs an assertion with them (docs/graph.md#2).
/// The only place of this floor that calls OpenSSL.
class ClientCertificate {
 public:
  /// Of a PEM file (certificates and one key, in any order, the key encrypted or not) or of
  /// PKCS#12. What is wrong is ErrorKind::unauthenticated in words that name neither key nor
  /// password.
  [[nodiscard]] static Result<ClientCertificate> read(const Secret& content,
                                                      const Secret& password);

  /// A JWT of the claims, signed with PS256; `x5t#S256` names the certificate, and `x5c` holds it
  /// and its issuers where `with_chain`.
  [[nodiscard]] Result<Secret> sign(const Json& claims, bool with_chain) const;

  [[nodiscard]] Instant not_before() const;
  [[nodiscard]] Instant not_after() const;

 private:
  struct KeyDeleter {
    void operator()(evp_pkey_st* key) const;
  };
  struct CertificateDeleter {
    void operator()(x509_st* certificate) const;
  };
  using Key = std::unique_ptr<evp_pkey_st, KeyDeleter>;
  using Certificate = std::unique_ptr<x509_st, CertificateDeleter>;

  static Result<ClientCertificate> read_pem(const Secret& content, const Secret& password);
  static Result<ClientCertificate> read_pkcs12(const Secret& content, const Secret& password);
  [[nodiscard]] Result<void> put_own_certificate_first();

  Key key_;
  std::vector<Certificate> chain_;  ///< the key's own first
};

}  // namespace syncwright::graph_read
