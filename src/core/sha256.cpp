#include "syncwright/core/sha256.h"

#include <fmt/format.h>

#include <array>
#include <iterator>

namespace syncwright {

Sha256::Sha256() : context_(EVP_MD_CTX_new()) {
  EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr);
}

void Sha256::add(std::string_view bytes) {
  EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size());
}

std::string Sha256::text() {
  std::array<unsigned char, 32> hash{};
  EVP_DigestFinal_ex(context_.get(), hash.data(), nullptr);
  std::string text = "sha256:";
  for (const unsigned char byte : hash) fmt::format_to(std::back_inserter(text), "{:02x}", byte);
  return text;
}

}  // namespace syncwright
