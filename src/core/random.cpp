#include "syncwright/core/random.h"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <array>
#include <cstring>
#include <exception>
#include <limits>
#include <span>

namespace syncwright {

namespace {

/// Without a working generator ids would collide and jitter would vanish: nothing may go on.
void fill(std::span<unsigned char> bytes) {
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) std::terminate();
}

/// The first 16 bytes as a UUID of `version` with the variant of RFC 9562.
std::string format_uuid(std::span<unsigned char> bytes, unsigned version) {
  bytes[6] = static_cast<unsigned char>((bytes[6] & 0x0fu) | version << 4u);
  bytes[8] = static_cast<unsigned char>((bytes[8] & 0x3fu) | 0x80u);
  std::string text;
  for (std::size_t i = 0; i < 16; ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
    fmt::format_to(std::back_inserter(text), "{:02x}", bytes[i]);
  }
  return text;
}

}  // namespace

std::string random_uuid() {
  std::array<unsigned char, 16> bytes{};
  fill(bytes);
  return format_uuid(bytes, 4);
}

std::string named_uuid(std::string_view name) {
  std::array<unsigned char, 32> hash{};
  EVP_Digest(name.data(), name.size(), hash.data(), nullptr, EVP_sha256(), nullptr);
  return format_uuid(hash, 8);
}

std::uint64_t random_below(std::uint64_t bound) {
  if (bound < 2) return 0;
  // Values at the top that do not fill a whole round of `bound` are drawn again.
  const std::uint64_t unfair = (std::numeric_limits<std::uint64_t>::max() - bound + 1) % bound;
  while (true) {
    std::array<unsigned char, sizeof(std::uint64_t)> bytes{};
    fill(bytes);
    std::uint64_t value = 0;
    std::memcpy(&value, bytes.data(), sizeof value);
    if (value >= unfair) return value % bound;
  }
}

}  // namespace syncwright
