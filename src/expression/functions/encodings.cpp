#include "expression/functions/encodings.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <vector>

#include "expression/functions/letters.h"
#include "syncwright/core/ascii.h"
#include "syncwright/core/encoding.h"
#include "syncwright/core/text.h"

namespace syncwright::expression {

namespace {

constexpr std::string_view hex_digits = "0123456789ABCDEF";

/// core knows the alphabet of URLs only.
std::optional<std::string> base64_decode(std::string_view text) {
  std::string url_safe;
  url_safe.reserve(text.size());
  for (const char character : text) {
    if (character == '-' || character == '_') return std::nullopt;
    if (character == ' ' || (character >= '\t' && character <= '\r')) continue;
    url_safe += character == '+' ? '-' : character == '/' ? '_' : character;
  }
  if (url_safe.size() % 4 != 0) return std::nullopt;
  return base64url_decode(url_safe);
}

std::string base64_encode(std::string_view bytes) {
  std::string text = base64url_encode(bytes);
  std::replace(text.begin(), text.end(), '-', '+');
  std::replace(text.begin(), text.end(), '_', '/');
  text.append((4 - text.size() % 4) % 4, '=');
  return text;
}

std::uint32_t byte_at(std::string_view bytes, std::size_t i) {
  return static_cast<unsigned char>(bytes[i]);
}

void append_unit(std::string& bytes, std::uint32_t unit) {
  bytes += static_cast<char>(unit & 0xffu);
  bytes += static_cast<char>(unit >> 8u);
}

/// append_utf8 writes U+FFFD for each half of a pair that stands alone.
std::string text_from_utf16(std::string_view bytes) {
  std::string text;
  const std::size_t even = bytes.size() - bytes.size() % 2;
  for (std::size_t i = 0; i < even; i += 2) {
    std::uint32_t point = byte_at(bytes, i) | byte_at(bytes, i + 1) << 8u;
    if (point >= 0xd800 && point <= 0xdbff && i + 2 < even) {
      const std::uint32_t low = byte_at(bytes, i + 2) | byte_at(bytes, i + 3) << 8u;
      if (low >= 0xdc00 && low <= 0xdfff) {
        point = 0x10000 + ((point - 0xd800) << 10u) + (low - 0xdc00);
        i += 2;
      }
    }
    append_utf8(text, point);
  }
  if (even != bytes.size()) append_utf8(text, 0xfffd);
  return text;
}

std::string text_from_ascii(std::string_view bytes) {
  std::string text(bytes);
  for (char& character : text) {
    if (static_cast<unsigned char>(character) >= 0x80) character = '?';
  }
  return text;
}

/// Revision 1, the number of sub-authorities, six bytes of authority (high byte first), and four
/// bytes for each sub-authority (low byte first).
std::optional<std::string> sid_from_bytes(std::string_view bytes) {
  constexpr std::size_t header = 8;
  constexpr std::size_t most_parts = 15;
  if (bytes.size() < header || bytes[0] != '\1') return std::nullopt;
  const std::size_t parts = byte_at(bytes, 1);
  if (parts > most_parts || bytes.size() != header + 4 * parts) return std::nullopt;
  std::uint64_t authority = 0;
  for (std::size_t i = 2; i < header; ++i) authority = authority << 8u | byte_at(bytes, i);
  std::string text = authority < 0x100000000u ? fmt::format("S-1-{}", authority)
                                              : fmt::format("S-1-0x{:012X}", authority);
  for (std::size_t i = header; i < bytes.size(); i += 4) {
    const std::uint32_t part = byte_at(bytes, i) | byte_at(bytes, i + 1) << 8u |
                               byte_at(bytes, i + 2) << 16u | byte_at(bytes, i + 3) << 24u;
    text += fmt::format("-{}", part);
  }
  return text;
}

/// The components as written, without the commas (or semicolons) between them.
std::vector<std::string_view> components_of(std::string_view dn) {
  std::vector<std::string_view> components;
  bool quoted = false;
  std::size_t start = 0;
  for (std::size_t i = 0; i < dn.size(); ++i) {
    if (dn[i] == '\\') {
      ++i;
    } else if (dn[i] == '"') {
      quoted = !quoted;
    } else if (!quoted && (dn[i] == ',' || dn[i] == ';')) {
      components.push_back(dn.substr(start, i - start));
      start = i + 1;
    }
  }
  if (start < dn.size() || !components.empty()) components.push_back(dn.substr(start));
  return components;
}

/// RFC 4514: `\,` stands for the character, `\2C` for the byte, quotes round a value fall away.
std::string unescape(std::string_view value) {
  if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
    value = value.substr(1, value.size() - 2);
  }
  std::string plain;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i] != '\\' || i + 1 == value.size()) {
      plain += value[i];
      continue;
    }
    const auto high = ascii::hex_value(value[i + 1]);
    const auto low = i + 2 < value.size() ? ascii::hex_value(value[i + 2]) : std::nullopt;
    if (high && low) {
      plain += static_cast<char>(*high << 4U | *low);
      i += 2;
    } else {
      plain += value[++i];
    }
  }
  return plain;
}

/// Blanks round a value do not count, unless the last one is escaped.
std::string_view bare_value(std::string_view value) {
  while (value.starts_with(' ')) value.remove_prefix(1);
  while (value.ends_with(' ') && !value.ends_with("\\ ")) value.remove_suffix(1);
  return value;
}

}  // namespace

std::optional<Encoding> encoding_named(std::string_view name) {
  if (name.empty() || ascii::equal_ignoring_case(name, "Unicode")) return Encoding::utf16;
  if (ascii::equal_ignoring_case(name, "UTF8")) return Encoding::utf8;
  if (ascii::equal_ignoring_case(name, "ASCII")) return Encoding::ascii;
  return std::nullopt;
}

std::string utf16_base64(std::string_view utf8) {
  std::string bytes;
  bytes.reserve(utf8.size() * 2);
  while (!utf8.empty()) {
    const CodePoint point = decode_utf8(utf8);
    const std::uint32_t value = point.valid ? point.value : 0xfffd;
    if (value > 0xffff) {
      append_unit(bytes, 0xd800 + ((value - 0x10000) >> 10u));
      append_unit(bytes, 0xdc00 + ((value - 0x10000) & 0x3ffu));
    } else {
      append_unit(bytes, value);
    }
    utf8.remove_prefix(point.length);
  }
  return base64_encode(bytes);
}

tl::expected<std::string, std::string> text_from_base64(std::string_view base64,
                                                        Encoding encoding) {
  const auto bytes = base64_decode(base64);
  if (!bytes) return tl::unexpected<std::string>("the text is not base64");
  switch (encoding) {
    case Encoding::utf16:
      return text_from_utf16(*bytes);
    case Encoding::utf8:
      return valid_utf8(*bytes);
    case Encoding::ascii:
      return text_from_ascii(*bytes);
  }
  return tl::unexpected<std::string>("the encoding is unknown");
}

std::string utf8_hex(std::string_view utf8) {
  std::string hex;
  hex.reserve(utf8.size() * 2);
  for (const char character : utf8) {
    const auto byte = static_cast<unsigned char>(character);
    hex += hex_digits[byte >> 4u];
    hex += hex_digits[byte & 15u];
  }
  return hex;
}

tl::expected<std::string, std::string> sid_text(std::string_view sid) {
  if (sid.starts_with("S-1-")) return std::string(sid);
  if (const auto bytes = base64_decode(sid)) {
    if (auto text = sid_from_bytes(*bytes)) return *std::move(text);
  }
  if (auto text = sid_from_bytes(sid)) return *std::move(text);
  return tl::unexpected<std::string>("the value is no security identifier (SID)");
}

tl::expected<std::string, std::string> dn_component(std::string_view dn, std::int64_t n) {
  const std::vector<std::string_view> components = components_of(dn);
  if (n < 1 || static_cast<std::uint64_t>(n) > components.size()) {
    return tl::unexpected<std::string>(fmt::format(
        "there is no component {} in a distinguished name of {}", n, components.size()));
  }
  const std::string_view component = components[static_cast<std::size_t>(n - 1)];
  const std::size_t equals = component.find('=');
  if (equals == std::string_view::npos) {
    return tl::unexpected<std::string>(
        fmt::format("component {} of the distinguished name has no \"=\"", n));
  }
  return unescape(bare_value(component.substr(equals + 1)));
}

}  // namespace syncwright::expression
