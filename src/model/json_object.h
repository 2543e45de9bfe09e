#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "syncwright/core/json.h"

namespace syncwright {

/// Reads the members of one JSON object that anybody may have edited. Every `read` notes the first
/// fault and gives an empty value after it; `finish` returns that fault, or one for a member that
/// nobody read, so that nothing in a plan file is silently skipped.
class JsonObject {
 public:
  /// `path` names the object in errors, for example "applications[0].credentials".
  JsonObject(const Json& json, std::string path) : json_(json), path_(std::move(path)) {
    if (!json_.is_object()) fault(path_, "is no object");
  }

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::string path_of(const std::string& key) const { return path_ + "." + key; }

  /// nullptr where the member is absent.
  const Json* member(const char* key) {
    read_.insert(key);
    if (!json_.is_object()) return nullptr;
    const auto found = json_.find(key);
    return found == json_.end() ? nullptr : &*found;
  }

  std::optional<std::string> text(const char* key) {
    return typed<std::string>(key, &Json::is_string, "is no text");
  }
  std::optional<bool> boolean(const char* key) {
    return typed<bool>(key, &Json::is_boolean, "is no boolean");
  }
  std::optional<std::int64_t> integer(const char* key) {
    const Json* value = member(key);
    constexpr std::uint64_t largest = std::numeric_limits<std::int64_t>::max();
    if (value != nullptr && value->is_number_unsigned() && value->get<std::uint64_t>() > largest) {
      fault(path_of(key), "is out of range");
      return std::nullopt;
    }
    return typed<std::int64_t>(key, &Json::is_number_integer, "is no whole number");
  }
  /// A whole number of at least `least` and at most `most`.
  std::optional<std::int64_t> integer(const char* key, std::int64_t least, std::int64_t most) {
    const std::optional<std::int64_t> value = integer(key);
    if (!value || (*value >= least && *value <= most)) return value;
    fault(path_of(key), fmt::format("is not between {} and {}", least, most));
    return std::nullopt;
  }
  std::string required_text(const char* key) {
    std::optional<std::string> value = text(key);
    if (!value) fault(path_of(key), "is missing");
    return std::move(value).value_or(std::string());
  }

  /// One of a closed set of words.
  template <class T>
  std::optional<T> word(const char* key, const std::map<std::string, T>& words) {
    const std::optional<std::string> spelling = text(key);
    if (!spelling) return std::nullopt;
    const auto found = words.find(*spelling);
    if (found != words.end()) return found->second;
    fault(path_of(key), "is none of the known words");
    return std::nullopt;
  }

  void fault(const std::string& where, const std::string& what) {
    if (!fault_) fault_ = fmt::format("{} {}", where, what);
  }
  /// Takes over the fault of a part that was read on its own.
  void adopt(Error error) {
    if (!fault_) fault_ = std::move(error.message);
  }

  [[nodiscard]] Result<void> finish() {
    if (json_.is_object()) {
      for (const auto& [key, value] : json_.items()) {
        if (!read_.contains(key)) fault(path_of(key), "is unknown");
      }
    }
    if (fault_) return fail(ErrorKind::invalid_input, *fault_);
    return {};
  }

 private:
  template <class T>
  std::optional<T> typed(const char* key, bool (Json::*is)() const noexcept, const char* what) {
    const Json* value = member(key);
    if (value == nullptr) return std::nullopt;
    if ((value->*is)()) return value->get<T>();
    fault(path_of(key), what);
    return std::nullopt;
  }

  const Json& json_;
  std::string path_;
  std::set<std::string> read_;
  std::optional<std::string> fault_;
};

}  // namespace syncwright
