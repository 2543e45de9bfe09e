#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "manifest/decode/field.h"
#include "syncwright/core/code.h"

namespace syncwright::manifest {

/// The keys of one mapping of the manifest, read like its grammar:
///
///     Keys keys(field);
///     notifications.enabled = keys.read("enabled", as_boolean);
///     notifications.recipient = keys.read("recipient", as_mail_address);
///     keys.done();
///
/// A key that is asked for is known from then on; `done` reports the unknown keys (SW1001),
/// with the known one that was probably meant, and then those that are missing: a misspelt one is
/// not missing as well. A decoder function takes a Field and returns a std::optional, empty where
/// it has reported a fault.
class Keys {
 public:
  /// `mapping` must be a mapping: decoders ask Field::expect_mapping first.
  explicit Keys(const Field& mapping) : mapping_(mapping) {}

  /// nullopt: the key is absent, or its value at fault.
  template <class Decode>
  auto read(std::string_view key, Decode&& decode) -> decltype(decode(std::declval<Field>())) {
    const std::optional<Field> found = find(key);
    if (!found) return std::nullopt;
    return decode(*found);
  }

  /// The same for a key that must be there (SW1003).
  template <class Decode>
  auto require(std::string_view key, Decode&& decode) -> decltype(decode(std::declval<Field>())) {
    if (!has(key)) report_missing(key, Code::SW1003);
    return read(key, std::forward<Decode>(decode));
  }

  /// Looks the key up and makes it known.
  [[nodiscard]] std::optional<Field> find(std::string_view key);
  [[nodiscard]] bool has(std::string_view key) { return find(key).has_value(); }
  /// Every entry, for mappings whose keys are free: `done` is not called on those.
  [[nodiscard]] std::vector<Field> all() const;

  /// "`mapping` has no `key`", unless an unknown key is probably that one.
  void report_missing(std::string_view key, Code code, std::string advice = {});
  /// SW1003 in the caller's words where one of several keys must be there; likewise.
  void report_none_of(std::vector<std::string> keys, std::string message, std::string advice);
  /// Whether an unknown key was probably meant to be `key`: asked once all keys are known.
  [[nodiscard]] bool is_misspelt(std::string_view key) const;
  void done();

 private:
  /// `done` reports it, when all keys are known.
  struct Missing {
    std::vector<std::string> keys;  ///< one of them
    Code code;
    std::string message;
    std::string advice;
  };

  [[nodiscard]] Field field_of(const YamlEntry& entry) const;
  [[nodiscard]] bool is_unknown(const YamlEntry& entry) const;

  Field mapping_;
  std::vector<std::string> known_;
  std::vector<Missing> missing_;
};

}  // namespace syncwright::manifest
