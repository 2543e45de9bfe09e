#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace syncwright {

/// A random version 4 UUID in lower case, from OpenSSL's generator.
[[nodiscard]] std::string random_uuid();
/// The same name gives the same (version 8-like) UUID: fixed ids of the emulator's directory.
[[nodiscard]] std::string named_uuid(std::string_view name);
/// Uniform in [0, bound).
[[nodiscard]] std::uint64_t random_below(std::uint64_t bound);

}  // namespace syncwright
