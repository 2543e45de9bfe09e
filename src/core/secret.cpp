#include "syncwright/core/secret.h"

#include <openssl/crypto.h>

#include <algorithm>
#include <mutex>
#include <set>
#include <utility>

#include "core/held_secrets.h"

namespace syncwright {

namespace {

/// Every Secret that holds a value. It outlives them all, those of other globals included.
struct HeldSecrets {
  std::mutex mutex;
  std::set<const Secret*> secrets;
};

HeldSecrets& held() {
  static auto* const all = new HeldSecrets;
  return *all;
}

}  // namespace

// A short string lives inside the object, so a moved-from one still holds the bytes.
Secret::Secret(std::string value) : value_(std::move(value)) {
  wipe(value);
  if (value_.empty()) return;
  const std::scoped_lock lock(held().mutex);
  held().secrets.insert(this);
}

Secret::Secret(Secret&& other) noexcept {
  take(other);
}

Secret& Secret::operator=(Secret&& other) noexcept {
  if (this != &other) take(other);
  return *this;
}

Secret::~Secret() {
  if (value_.empty()) return;
  const std::scoped_lock lock(held().mutex);
  held().secrets.erase(this);
  wipe(value_);
}

void Secret::take(Secret& other) noexcept {
  const std::scoped_lock lock(held().mutex);
  wipe(value_);
  value_ = std::move(other.value_);
  wipe(other.value_);
  held().secrets.erase(&other);
  held().secrets.erase(this);
  if (!value_.empty()) held().secrets.insert(this);
}

bool any_held_secret(const std::function<bool(std::string_view)>& test) {
  const std::scoped_lock lock(held().mutex);
  return std::any_of(held().secrets.begin(), held().secrets.end(),
                     [&test](const Secret* secret) { return test(secret->reveal()); });
}

void wipe(std::string& value) {
  // NOLINTNEXTLINE(clang-analyzer-cplusplus.Move): wiping a moved-from string is the purpose
  value.resize(value.capacity());
  OPENSSL_cleanse(value.data(), value.size());
  value.clear();
}

}  // namespace syncwright
