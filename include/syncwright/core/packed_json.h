#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <type_traits>
#include <utility>

#include "syncwright/core/json.h"

namespace syncwright {

/// A JSON value that a run holds by the ten thousand and seldom looks at: its text in as many bytes
/// as it has, where a Json object of one member takes two hundred. As large as a pointer; null
/// takes nothing else. Reading it makes a Json, which whoever looks twice keeps.
class PackedJson {
 public:
  PackedJson() = default;  ///< null
  template <class Value>
    requires(!std::is_same_v<std::remove_cvref_t<Value>, PackedJson>) &&
            std::is_convertible_v<Value, Json>
  PackedJson(Value&& value) : PackedJson(pack(Json(std::forward<Value>(value)))) {}
  /// {{"unknown", true}} and {"Add", "Update"}, as a Json takes them.
  PackedJson(Json::initializer_list_t values) : PackedJson(pack(Json(values))) {}
  PackedJson(const PackedJson& other) : PackedJson(copy_of(other.text())) {}
  PackedJson(PackedJson&&) noexcept = default;
  PackedJson& operator=(PackedJson other) noexcept {
    text_ = std::move(other.text_);
    return *this;
  }
  ~PackedJson() = default;

  [[nodiscard]] Json unpack() const;
  [[nodiscard]] bool is_null() const { return text_ == nullptr; }

  /// As Json compares: 1 and 1.0 are equal.
  friend bool operator==(const PackedJson& left, const PackedJson& right);
  /// Makes a Json of it wherever one is wanted. A template, since what becomes a PackedJson does so
  /// by way of a Json: for nothing else may it be asked.
  template <class Packed>
    requires std::is_same_v<Packed, PackedJson>
  friend void to_json(Json& json, const Packed& packed) {
    json = packed.unpack();
  }

 private:
  [[nodiscard]] static PackedJson pack(const Json& value);
  [[nodiscard]] static PackedJson copy_of(std::string_view text);
  [[nodiscard]] std::string_view text() const;

  std::unique_ptr<char[]> text_;  ///< ends with a zero byte, which no JSON text holds; null: null
};

}  // namespace syncwright
