#pragma once

#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

namespace syncwright {

/// An optional for what is nearly always missing: empty it takes the room of a pointer, where
/// std::optional takes that of a T. For members of values that a run holds by the ten thousand. A
/// value as std::optional is: a copy has a T of its own, and two are equal where both are empty or
/// hold equal ones. A moved-from one is empty.
template <class T>
class Rare {
  template <class Value>
  static constexpr bool kHolds =
      std::is_constructible_v<T, Value> && !std::is_same_v<std::remove_cvref_t<Value>, Rare> &&
      !std::is_same_v<std::remove_cvref_t<Value>, std::optional<T>> &&
      !std::is_same_v<std::remove_cvref_t<Value>, std::nullopt_t>;

 public:
  using value_type = T;

  Rare() = default;
  Rare(std::nullopt_t) {}
  template <class Value = T>
    requires kHolds<Value>
  Rare(Value&& value) : held_(std::make_unique<T>(std::forward<Value>(value))) {}
  Rare(std::optional<T> value) {
    if (value) held_ = std::make_unique<T>(*std::move(value));
  }
  Rare(const Rare& other) : held_(other ? std::make_unique<T>(*other) : nullptr) {}
  Rare(Rare&&) noexcept = default;
  Rare& operator=(Rare other) noexcept {
    held_ = std::move(other.held_);
    return *this;
  }
  template <class Value = T>
    requires kHolds<Value>
  Rare& operator=(Value&& value) {
    held_ = std::make_unique<T>(std::forward<Value>(value));
    return *this;
  }
  ~Rare() = default;

  [[nodiscard]] bool has_value() const { return held_ != nullptr; }
  explicit operator bool() const { return has_value(); }
  [[nodiscard]] const T& operator*() const& { return *held_; }
  [[nodiscard]] T& operator*() & { return *held_; }
  [[nodiscard]] T&& operator*() && { return std::move(*held_); }
  [[nodiscard]] const T* operator->() const { return held_.get(); }
  [[nodiscard]] T* operator->() { return held_.get(); }
  template <class Fallback>
  [[nodiscard]] T value_or(Fallback&& fallback) const {
    return held_ ? *held_ : static_cast<T>(std::forward<Fallback>(fallback));
  }
  void reset() { held_.reset(); }
  T& emplace() { return *(held_ = std::make_unique<T>()); }

  friend bool operator==(const Rare& left, const Rare& right) {
    return left && right ? *left == *right : !left && !right;
  }
  /// With a T, or with what a T compares with.
  template <class Other>
    requires(kHolds<const Other&>)
  friend bool operator==(const Rare& left, const Other& right) {
    return left && *left == right;
  }

 private:
  std::unique_ptr<T> held_;
};

}  // namespace syncwright
