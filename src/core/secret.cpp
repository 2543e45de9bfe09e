#include "syncwright/core/secret.h"

#include <openssl/crypto.h>

#include <utility>

namespace syncwright {

// A short string lives inside the object, so a moved-from one still holds the bytes.
Secret::Secret(std::string value) : value_(std::move(value)) {
  wipe(value);
}

Secret::Secret(Secret&& other) noexcept : value_(std::move(other.value_)) {
  wipe(other.value_);
}

Secret& Secret::operator=(Secret&& other) noexcept {
  if (this == &other) return *this;
  wipe(value_);
  value_ = std::move(other.value_);
  wipe(other.value_);
  return *this;
}

Secret::~Secret() {
  wipe(value_);
}

void wipe(std::string& value) {
  // NOLINTNEXTLINE(clang-analyzer-cplusplus.Move): wiping a moved-from string is the purpose
  value.resize(value.capacity());
  OPENSSL_cleanse(value.data(), value.size());
  value.clear();
}

}  // namespace syncwright
