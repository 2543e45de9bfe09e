#include "syncwright/core/encoding.h"

#include <doctest/doctest.h>

using namespace syncwright;

TEST_CASE("base64url: the vectors of RFC 4648, without padding") {
  const std::pair<const char*, const char*> vectors[] = {
      {"", ""},           {"f", "Zg"},          {"fo", "Zm8"},          {"foo", "Zm9v"},
      {"foob", "Zm9vYg"}, {"fooba", "Zm9vYmE"}, {"foobar", "Zm9vYmFy"},
  };
  for (const auto& [bytes, text] : vectors) {
    CHECK(base64url_encode(bytes) == text);
    CHECK(base64url_decode(text) == bytes);
  }
  CHECK(base64url_encode("\xfb\xff\xfe") == "-__-");
  CHECK(base64url_decode("-__-") == "\xfb\xff\xfe");
}

TEST_CASE("base64url: every byte comes back") {
  std::string bytes;
  for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
  for (std::size_t length = 253; length <= bytes.size(); ++length) {
    CHECK(base64url_decode(base64url_encode(bytes.substr(0, length))) == bytes.substr(0, length));
  }
}

TEST_CASE("base64url: padding is accepted where it belongs, other texts are refused") {
  CHECK(base64url_decode("Zg==") == "f");
  CHECK(base64url_decode("Zm8=") == "fo");
  for (const char* text : {"Z", "Zm9vY", "Zg=", "Zg===", "Zm9v=", "Zm9v====", "Z=g=", "Zm+v",
                           "Zm/v", "Zm 9v", "Zh", "Zm9", "=", "=="}) {
    CAPTURE(text);
    CHECK(base64url_decode(text) == std::nullopt);
  }
}

TEST_CASE("percent encoding leaves unreserved characters alone") {
  CHECK(percent_encode("AZaz09-._~") == "AZaz09-._~");
  CHECK(percent_encode("a b/c?d&e='f'+%") == "a%20b%2Fc%3Fd%26e%3D%27f%27%2B%25");
  CHECK(percent_encode("\xc3\xa9") == "%C3%A9");
  CHECK(percent_encode(std::string_view("\0", 1)) == "%00");
}

TEST_CASE("percent decoding keeps malformed escapes") {
  CHECK(percent_decode("a%20b%2fc%2Fd") == "a b/c/d");
  CHECK(percent_decode("100%") == "100%");
  CHECK(percent_decode("%2") == "%2");
  CHECK(percent_decode("%zz%4") == "%zz%4");
  CHECK(percent_decode("%%41") == "%A");
  CHECK(percent_decode("a+b") == "a+b");
  CHECK(percent_decode("a+b%2B", true) == "a b+");
}
