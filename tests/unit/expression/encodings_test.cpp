#include "expression/functions/encodings.h"

#include <doctest/doctest.h>

#include <string>

using namespace syncwright;
using namespace syncwright::expression;
using namespace std::string_literals;

TEST_CASE("base64 of UTF-16") {
  CHECK(utf16_base64("Hi é") == "SABpACAA6QA=");
  CHECK(utf16_base64("😀") == "PdgA3g==");
  CHECK(utf16_base64("").empty());
  CHECK(utf16_base64("\xff") == "/f8=");
}

TEST_CASE("text comes back from base64") {
  CHECK(text_from_base64("SABpACAA6QA=", Encoding::utf16) == "Hi é");
  CHECK(text_from_base64("PdgA3g==", Encoding::utf16) == "😀");
  CHECK(text_from_base64("Qm9uam91ciDDqQ==", Encoding::utf8) == "Bonjour é");
  CHECK(text_from_base64("Qm9u\r\n amRyIA==", Encoding::ascii) == "Bonjdr ");
  CHECK(text_from_base64("", Encoding::utf16) == "");
}

TEST_CASE("bytes that the encoding does not know are replaced") {
  CHECK(text_from_base64("PdhBAA==", Encoding::utf16) == "\ufffdA");
  CHECK(text_from_base64("QQBC", Encoding::utf16) == "A\ufffd");
  CHECK(text_from_base64("/0E=", Encoding::utf8) == "\ufffdA");
  CHECK(text_from_base64("/0E=", Encoding::ascii) == "?A");
}

TEST_CASE("what is no base64 is an error") {
  for (const char* text : {"abc", "a-b_", "====", "QQ=Q", "ü"}) {
    CAPTURE(text);
    CHECK(text_from_base64(text, Encoding::utf8) ==
          tl::unexpected<std::string>("the text is not base64"));
  }
}

TEST_CASE("hexadecimal digits of UTF-8") {
  CHECK(utf8_hex("J/ö") == "4A2FC3B6");
  CHECK(utf8_hex("").empty());
}

TEST_CASE("a security identifier is read from bytes or base64") {
  const std::string administrators("\1\2\0\0\0\0\0\5\x20\0\0\0\x20\2\0\0", 16);
  CHECK(sid_text(administrators) == "S-1-5-32-544");
  CHECK(sid_text("AQIAAAAAAAUgAAAAIAIAAA==") == "S-1-5-32-544");
  CHECK(sid_text("\1\0\1\0\0\0\0\0"s) == "S-1-0x010000000000");
  CHECK(sid_text("S-1-5-18") == "S-1-5-18");
}

TEST_CASE("bytes that are no security identifier are an error") {
  const tl::unexpected<std::string> refused("the value is no security identifier (SID)");
  CHECK(sid_text("") == refused);
  CHECK(sid_text("AQIAAAAAAAUgAAAA") == refused);
  CHECK(sid_text("\2\0\0\0\0\0\0\5"s) == refused);
  CHECK(sid_text("\1\x10\0\0\0\0\0\5"s) == refused);
}

TEST_CASE("components of a distinguished name are counted from the left") {
  const std::string dn = R"(CN=Lee\, Ann,OU="North, East", O=Caf\C3\A9\+Co ,DC=org)";
  CHECK(dn_component(dn, 1) == "Lee, Ann");
  CHECK(dn_component(dn, 2) == "North, East");
  CHECK(dn_component(dn, 3) == "Café+Co");
  CHECK(dn_component(dn, 4) == "org");
}

TEST_CASE("a component that does not exist is an error") {
  CHECK(dn_component("CN=a,DC=b", 3).error() ==
        "there is no component 3 in a distinguished name of 2");
  CHECK(dn_component("CN=a", 0).error() == "there is no component 0 in a distinguished name of 1");
  CHECK(dn_component("", 1).error() == "there is no component 1 in a distinguished name of 0");
  CHECK(dn_component("plain", 1).error() == "component 1 of the distinguished name has no \"=\"");
}
