#pragma once

#include <fmt/core.h>

#include <compare>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace syncwright {

/// The name of a file, as the user would spell it. Every place in a file has it, so that copies
/// share one text. Empty: no file. Thread-safe, as a value that never changes is.
class FileName {
 public:
  FileName() = default;
  FileName(std::string text)  // a place is written with the name alone
      : text_(text.empty() ? nullptr : std::make_shared<const std::string>(std::move(text))) {}
  FileName(const char* text) : FileName(std::string(text)) {}

  [[nodiscard]] const std::string& text() const;
  operator const std::string&() const { return text(); }
  [[nodiscard]] bool empty() const { return text_ == nullptr; }

  friend bool operator==(const FileName& left, const FileName& right) {
    return left.text_ == right.text_ || left.text() == right.text();
  }
  friend std::strong_ordering operator<=>(const FileName& left, const FileName& right) {
    return left.text() <=> right.text();
  }

 private:
  std::shared_ptr<const std::string> text_;  ///< nullptr: empty
};

}  // namespace syncwright

template <>
struct fmt::formatter<syncwright::FileName> : fmt::formatter<std::string_view> {
  template <typename Context>
  auto format(const syncwright::FileName& name, Context& context) const {
    return fmt::formatter<std::string_view>::format(name.text(), context);
  }
};
