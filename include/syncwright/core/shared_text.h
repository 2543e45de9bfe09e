#pragma once

#include <fmt/core.h>

#include <compare>
#include <string>
#include <string_view>

namespace syncwright {

/// A text that ten thousand values have, such as the name of their file: as large as a pointer, to
/// the one text of all that are equal, which is kept until the program ends. Thread-safe.
class SharedText {
 public:
  SharedText() = default;
  SharedText(std::string_view text);  // is a text as others are, and made as they are
  SharedText(const std::string& text) : SharedText(std::string_view(text)) {}
  SharedText(const char* text) : SharedText(std::string_view(text)) {}

  [[nodiscard]] const std::string& text() const;
  operator const std::string&() const { return text(); }
  [[nodiscard]] bool empty() const { return text_ == nullptr; }

  friend bool operator==(SharedText left, SharedText right) { return left.text_ == right.text_; }
  friend bool operator==(SharedText left, const std::string& right) { return left.text() == right; }
  friend bool operator==(SharedText left, const char* right) { return left.text() == right; }
  friend std::strong_ordering operator<=>(SharedText left, SharedText right) {
    return left.text() <=> right.text();
  }

 private:
  const std::string* text_ = nullptr;  ///< nullptr: empty
};

/// The name of a file, as the user would spell it. Empty: no file.
using FileName = SharedText;

}  // namespace syncwright

template <>
struct fmt::formatter<syncwright::SharedText> : fmt::formatter<std::string_view> {
  template <typename Context>
  auto format(syncwright::SharedText shared, Context& context) const {
    return fmt::formatter<std::string_view>::format(shared.text(), context);
  }
};
