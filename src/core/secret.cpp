#include "syncwright/core/secret.h"

#include <openssl/crypto.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <algorithm>
#include <mutex>
#include <set>
#include <utility>

namespace syncwright {

namespace {

/// Every Secret that holds a value. It outlives them all, those of other globals included.
struct LivingSecrets {
  std::mutex mutex;
  std::set<const Secret*> secrets;
};

LivingSecrets& living_secrets() {
  static auto* const all = new LivingSecrets;
  return *all;
}

}  // namespace

// A short string lives inside the object, so a moved-from one still holds the bytes.
Secret::Secret(std::string value) : value_(std::move(value)) {
  wipe(value);
  if (value_.empty()) return;
  const std::scoped_lock lock(living_secrets().mutex);
  living_secrets().secrets.insert(this);
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
  const std::scoped_lock lock(living_secrets().mutex);
  living_secrets().secrets.erase(this);
  wipe(value_);
}

void Secret::take(Secret& other) noexcept {
  const std::scoped_lock lock(living_secrets().mutex);
  wipe(value_);
  value_ = std::move(other.value_);
  wipe(other.value_);
  living_secrets().secrets.erase(&other);
  living_secrets().secrets.erase(this);
  if (!value_.empty()) living_secrets().secrets.insert(this);
}

void Secret::visit_living(const std::function<void(std::string_view)>& visit) {
  const std::scoped_lock lock(living_secrets().mutex);
  for (const Secret* secret : living_secrets().secrets) visit(secret->reveal());
}

void wipe(std::string& value) {
  // NOLINTNEXTLINE(clang-analyzer-cplusplus.Move): wiping a moved-from string is the purpose
  value.resize(value.capacity());
  OPENSSL_cleanse(value.data(), value.size());
  value.clear();
}

void disable_core_dumps() {
  // The limit is passed on to commands that print secrets. A handler that core files are piped to
  // is not held by it, but asks whether the process is dumpable at all.
  const rlimit none{0, 0};
  static_cast<void>(::setrlimit(RLIMIT_CORE, &none));
  static_cast<void>(::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0));
}

}  // namespace syncwright
