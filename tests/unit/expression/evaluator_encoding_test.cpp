#include "evaluator_cases.h"

using namespace syncwright;
using namespace syncwright::expression;

TEST_CASE("texts become bytes and come back") {
  check({
      {R"(ConvertToBase64("hé"))", "", "aADpAA=="},
      {R"(ConvertFromBase64("aADpAA=="))", "", "hé"},
      {R"(ConvertFromBase64("aMOp", UTF8))", "", "hé"},
      {R"(ConvertFromBase64("aGk=", ASCII))", "", "hi"},
      {R"(ConvertFromBase64("aADpAA==", Unicode))", "", "hé"},
      {R"(ConvertToUTF8Hex([v]))", R"({"v": ["é", "A"]})", R"(["C3A9","41"])"},
      {R"(ConvertToBase64([v]))", "", "null"},
      {R"(ConvertFromBase64("aGk=", "EBCDIC"))", "",
       "error at 0: ConvertFromBase64: encoding is `EBCDIC`, it takes Unicode, UTF8 or ASCII"},
  });
  CHECK(evaluated(R"(ConvertFromBase64("?"))").starts_with("error at 0: ConvertFromBase64: "));
}

TEST_CASE("names and identifiers of directories") {
  check({
      {"DNComponent([dn], 2)", R"({"dn": "CN=Ada,OU=Sales,DC=example"})", "Sales"},
      {"DNComponent([dn], 1)", "", "null"},
      {"StringFromSid([sid])", R"({"sid": "AQEAAAAAAAUSAAAA"})", "S-1-5-18"},
  });
  CHECK(evaluated("DNComponent([dn], 9)", R"({"dn": "CN=Ada"})")
            .starts_with("error at 0: DNComponent: "));
}
