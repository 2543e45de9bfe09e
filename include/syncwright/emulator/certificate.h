#pragma once

#include <filesystem>
#include <string>

#include "syncwright/core/error.h"
#include "syncwright/core/secret.h"

namespace syncwright::emulator {

/// What a server shows to its clients: its certificate with the ones that vouch for it, and its
/// key, all as PEM.
struct ServerCertificate {
  std::string chain;
  Secret key;
};

/// The two files, which may be one. What cannot be read, or does not belong together, is an Error
/// that names the file.
[[nodiscard]] Result<ServerCertificate> read_certificate(const std::filesystem::path& chain,
                                                         const std::filesystem::path& key);

/// A certificate that lives as long as this process.
struct OwnCertificate {
  ServerCertificate server;
  std::string authority;  ///< PEM of the CA that clients have to trust
};

/// For `host`, this machine's loopback names, and the names of Graph and its sign-in in every
/// cloud, which a test may lead here. The CA vouches for nothing else ever: its key is gone when
/// this returns.
[[nodiscard]] Result<OwnCertificate> make_certificate(const std::string& host);

}  // namespace syncwright::emulator
