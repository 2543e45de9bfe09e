#include "manifest/yaml/surrogate_pairs.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>

/// A JSON file is read as YAML, and the two differ in one place: an emoji that JSON escapes is two
/// \u escapes, a high and a low surrogate (RFC 8259, 7), of which YAML refuses each. They are
/// joined before yaml-cpp reads the text. The joined escape is two bytes shorter, so each place
/// behind it would be wrong by two; `original` leads it back. A lone surrogate stays as it is, and
/// is a fault in JSON as well as here.

namespace syncwright {
namespace {

constexpr std::size_t kEscapeLength = 6;   // \uXXXX
constexpr std::size_t kJoinedLength = 10;  // \UXXXXXXXX

/// The code unit of the escape at the start.
std::optional<std::uint32_t> code_unit(std::string_view text) {
  if (text.size() < kEscapeLength || !text.starts_with("\\u")) return std::nullopt;
  std::uint32_t unit = 0;
  const char* end = text.data() + kEscapeLength;
  const auto [read, error] = std::from_chars(text.data() + 2, end, unit, 16);
  return error == std::errc() && read == end ? std::optional(unit) : std::nullopt;
}

/// The character that the two escapes at the start are together.
std::optional<std::uint32_t> surrogate_pair(std::string_view text) {
  const auto high = code_unit(text);
  if (!high || *high < 0xD800 || *high > 0xDBFF) return std::nullopt;
  const auto low = code_unit(text.substr(kEscapeLength));
  if (!low || *low < 0xDC00 || *low > 0xDFFF) return std::nullopt;
  return 0x10000 + ((*high - 0xD800) << 10u) + (*low - 0xDC00);
}

}  // namespace

JoinedPairs::JoinedPairs(std::string_view text, bool is_json) {
  if (!is_json) {
    text_ = text;
    return;
  }
  while (!text.empty()) {
    const std::size_t escape = std::min(text.find('\\'), text.size());
    text_ += text.substr(0, escape);
    text.remove_prefix(escape);
    if (const auto character = surrogate_pair(text)) {
      joined_.push_back(text_.size());
      text_ += fmt::format("\\U{:08X}", *character);
      text.remove_prefix(2 * kEscapeLength);
    } else {
      const std::size_t length = std::min<std::size_t>(2, text.size());  // "\\" may be escaped
      text_ += text.substr(0, length);
      text.remove_prefix(length);
    }
  }
}

std::size_t JoinedPairs::original(std::size_t offset) const {
  const auto after = std::lower_bound(joined_.begin(), joined_.end(), offset);
  const auto before = static_cast<std::size_t>(after - joined_.begin());
  return offset + before * (2 * kEscapeLength - kJoinedLength);
}

}  // namespace syncwright
