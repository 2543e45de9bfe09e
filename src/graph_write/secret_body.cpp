#include "graph_write/secret_body.h"

namespace syncwright {
namespace {

constexpr std::size_t kLongestEscape = 6;  // \u001f
constexpr std::string_view kHexDigits = "0123456789abcdef";

void append_string(std::string& body, std::string_view text) {
  body += '"';
  for (const char character : text) {
    const auto byte = static_cast<unsigned char>(character);
    if (character == '"' || character == '\\') {
      body += '\\';
      body += character;
    } else if (byte < 0x20) {
      body += "\\u00";
      body += kHexDigits[byte >> 4u];
      body += kHexDigits[byte & 15u];
    } else {
      body += character;
    }
  }
  body += '"';
}

std::size_t longest_body(std::string_view prefix, std::string_view name,
                         const std::vector<SecretPair>& pairs) {
  constexpr std::size_t punctuation = 32;
  std::size_t size = prefix.size() + kLongestEscape * name.size() + punctuation;
  for (const SecretPair& pair : pairs) {
    size += kLongestEscape * (pair.key.size() + pair.value.reveal().size()) + punctuation;
  }
  return size;
}

}  // namespace

std::string secret_body(std::string_view prefix, std::string_view name,
                        const std::vector<SecretPair>& pairs) {
  std::string body;
  body.reserve(longest_body(prefix, name, pairs));
  body += '{';
  body += prefix;
  append_string(body, name);
  body += ":[";
  for (const SecretPair& pair : pairs) {
    if (body.back() == '}') body += ',';
    body += "{\"key\":";
    append_string(body, pair.key);
    body += ",\"value\":";
    append_string(body, pair.value.reveal());
    body += '}';
  }
  body += "]}";
  return body;
}

}  // namespace syncwright
