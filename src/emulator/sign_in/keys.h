#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "syncwright/core/clock.h"
#include "syncwright/core/json.h"

/// The one place of the emulator's sign-in that knows OpenSSL.
namespace syncwright::emulator {

/// How an RSA key signs with SHA-256: RS256 and PS256 of RFC 7518.
enum class SignatureScheme { rs256, ps256 };

/// nullopt for any other name.
[[nodiscard]] std::optional<SignatureScheme> signature_scheme(std::string_view alg);

/// An RSA key, of which the holder may have the public part only.
class RsaKey {
 public:
  struct Handle;
  explicit RsaKey(std::unique_ptr<Handle> handle);
  RsaKey(RsaKey&&) noexcept;
  RsaKey& operator=(RsaKey&&) noexcept;
  ~RsaKey();

  [[nodiscard]] bool verifies(SignatureScheme scheme, std::string_view text,
                              std::string_view signature) const;
  /// REQUIRES: the private part is there. The signature's bytes, RS256.
  [[nodiscard]] std::string sign(std::string_view text) const;
  /// The public part as RFC 7517 writes it; `kid` follows from the key.
  [[nodiscard]] Json jwk() const;

 private:
  std::unique_ptr<Handle> handle_;
};

/// An X.509 certificate of an RSA key.
struct Certificate {
  RsaKey key;
  std::string sha256;  ///< of its DER form: what `x5t#S256` says
  std::string sha1;    ///< the same for `x5t`
  Instant not_before;
  Instant not_after;

  /// DER or PEM; nullopt where the bytes are no such certificate.
  [[nodiscard]] static std::optional<Certificate> read(std::string_view bytes);
};

/// Whether the bytes are a PKCS#12 file, whose password nobody here knows.
[[nodiscard]] bool is_pkcs12(std::string_view bytes);

/// The key that this process signs tokens with. It is made when it is first asked for, which takes
/// about a tenth of a second: a command that runs on an embedded emulator never does.
[[nodiscard]] const RsaKey& process_key();

/// The claims, signed with that key.
[[nodiscard]] std::string signed_token(const Json& claims);

}  // namespace syncwright::emulator
