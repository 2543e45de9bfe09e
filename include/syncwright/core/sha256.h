#pragma once

#include <openssl/evp.h>

#include <memory>
#include <string>
#include <string_view>

#include "syncwright/core/free_with.h"

namespace syncwright {

/// `sha256` (json.h) of bytes that come in pieces.
class Sha256 {
 public:
  Sha256();
  void add(std::string_view bytes);
  /// "sha256:" and 64 hex digits; once, at the end.
  [[nodiscard]] std::string text();

 private:
  std::unique_ptr<EVP_MD_CTX, FreeWith<EVP_MD_CTX_free>> context_;
};

}  // namespace syncwright
