#include "syncwright/core/encoding.h"

#include <cstdint>

#include "syncwright/core/ascii.h"

namespace syncwright {

namespace {

constexpr std::string_view base64url_alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::string_view hex_digits = "0123456789ABCDEF";

std::uint32_t byte_at(std::string_view bytes, std::size_t index) {
  return index < bytes.size() ? static_cast<unsigned char>(bytes[index]) : 0u;
}

bool is_unreserved(char character) {
  return (character >= 'A' && character <= 'Z') || (character >= 'a' && character <= 'z') ||
         (character >= '0' && character <= '9') || character == '-' || character == '.' ||
         character == '_' || character == '~';
}

}  // namespace

std::string base64url_encode(std::string_view bytes) {
  std::string text;
  text.reserve((bytes.size() * 4 + 2) / 3);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::uint32_t group =
        byte_at(bytes, i) << 16u | byte_at(bytes, i + 1) << 8u | byte_at(bytes, i + 2);
    const std::size_t left = bytes.size() - i;
    text += base64url_alphabet[group >> 18u];
    text += base64url_alphabet[group >> 12u & 63u];
    if (left > 1) text += base64url_alphabet[group >> 6u & 63u];
    if (left > 2) text += base64url_alphabet[group & 63u];
  }
  return text;
}

std::optional<std::string> base64url_decode(std::string_view text) {
  if (text.ends_with('=')) {
    if (text.size() % 4 != 0) return std::nullopt;
    text.remove_suffix(text.ends_with("==") ? 2 : 1);
  }
  if (text.size() % 4 == 1) return std::nullopt;
  std::string bytes;
  bytes.reserve(text.size() * 3 / 4);
  std::uint32_t bits = 0;
  unsigned held = 0;
  for (const char character : text) {
    const std::size_t value = base64url_alphabet.find(character);
    if (value == std::string_view::npos) return std::nullopt;
    bits = (bits << 6u | static_cast<std::uint32_t>(value)) & 0xffffu;
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes += static_cast<char>(bits >> held & 0xffu);
    }
  }
  // Bits that no byte uses must be zero, else two texts would stand for the same bytes.
  if ((bits & ((1u << held) - 1u)) != 0) return std::nullopt;
  return bytes;
}

std::string percent_encode(std::string_view text) {
  std::string encoded;
  encoded.reserve(text.size());
  for (const char character : text) {
    if (is_unreserved(character)) {
      encoded += character;
      continue;
    }
    const auto byte = static_cast<unsigned char>(character);
    encoded += '%';
    encoded += hex_digits[byte >> 4u];
    encoded += hex_digits[byte & 15u];
  }
  return encoded;
}

std::string percent_decode(std::string_view text, bool plus_is_space) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape = text[i] == '%' && i + 2 < text.size();
    const auto high = escape ? ascii::hex_value(text[i + 1]) : std::nullopt;
    const auto low = escape ? ascii::hex_value(text[i + 2]) : std::nullopt;
    if (high && low) {
      decoded += static_cast<char>(*high << 4U | *low);
      i += 2;
    } else {
      decoded += plus_is_space && text[i] == '+' ? ' ' : text[i];
    }
  }
  return decoded;
}

}  // namespace syncwright
