#include "expression/functions/letters.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

using namespace syncwright;
using namespace syncwright::expression;

TEST_CASE("the invariant culture maps letters one for one") {
  CHECK(to_lower("Anna BÄCKER-42", "") == "anna bäcker-42");
  CHECK(to_upper("straße Łódź", "") == "STRAßE ŁÓDŹ");
  CHECK(to_lower("ΑΘΗΝΑΣ ЖУКОВ", "") == "αθηνασ жуков");
  CHECK(to_lower("İstanbul", "") == "İstanbul");
  CHECK(to_upper("ılgaz", "") == "ıLGAZ");
  CHECK(to_lower("\U00010400", "") == "\U00010428");
  CHECK(to_lower("", "").empty());
}

TEST_CASE("a culture decides about the letters i") {
  CHECK(to_lower("IRMAK İZ", "tr-TR") == "ırmak iz");
  CHECK(to_upper("ırmak iz", "tr-TR") == "IRMAK İZ");
  CHECK(to_upper("izmir", "AZ") == "İZMİR");
  CHECK(to_lower("IRMAK İZ", "en-US") == "irmak iz");
  CHECK(to_upper("ırmak", "de-DE") == "IRMAK");
}

TEST_CASE("bytes that are no UTF-8 pass through") {
  CHECK(to_upper("a\xff"
                 "b\xc3",
                 "") ==
        "A\xff"
        "B\xc3");
  CHECK(title_case("\x80xy") == "\x80Xy");
  CHECK(normalize_diacritics("é\xff") == "e\xff");
  CHECK(trim(" \xff ") == "\xff");
  CHECK(length_of("é\xff") == 2);
  CHECK(slice("é\xffz", 1, 1) == "\xff");
}

TEST_CASE("title case follows .NET's words") {
  CHECK(title_case("MARIA DEL MAR (JR)") == "Maria Del Mar (Jr)");
  CHECK(title_case("o'NEILL") == "O'neill");
  CHECK(title_case("jean-luc d’arc") == "Jean-Luc D’Arc");
  CHECK(title_case("1st lt. x2y_z") == "1St Lt. X2y_Z");
  CHECK(title_case("ÉLODIE öz") == "Élodie Öz");
  CHECK(title_case("ǆungla") == "ǅungla");
  CHECK(title_case("'tis") == "'Tis");
}

TEST_CASE("given separators begin words, and nothing else does") {
  CHECK(capitalize_words("VAN-DER'BERG LEE", "-'") == "Van-Der'Berg lee");
  CHECK(capitalize_words("a–b", "–") == "A–B");
  CHECK(capitalize_words("ab cd", "") == "Ab cd");
}

TEST_CASE("folding compares without case") {
  CHECK(fold_case("ÄRA Σς") == fold_case("ära σΣ"));
  CHECK(fold_case("Mail@X.ORG") == "mail@x.org");
}

TEST_CASE("the table takes the diacritics away") {
  CHECK(normalize_diacritics("Zoë Håkansson") == "Zoe Hakansson");
  CHECK(normalize_diacritics("Æsa Øster Mæland Strauß") == "AEsa OEster Maeland Strauss");
  CHECK(normalize_diacritics("Łukasz Żółć ıI İ") == "Lukasz Zolc iI I");
  CHECK(normalize_diacritics("Müller Jönköping Ğ Ş ț") == "Muller Jonkoping G S t");
}

TEST_CASE("marks of their own are composed first, and the longest sequence wins") {
  CHECK(normalize_diacritics("Zoe\u0308") == "Zoe");
  CHECK(normalize_diacritics("c\u0304 g\u0331 ē\u0302 ē\u0303") == "c g e e");
  CHECK(normalize_diacritics("œ\u0304 Ø\u0304 C\u0304 Ǖ") == "oe OE C U");
  CHECK(normalize_diacritics("u\u0307\u0304 ṳ\u0304 Ȳ\u0300") == "u u Y");
}

TEST_CASE("what the table does not know stays and is told") {
  CHECK(normalize_diacritics("Đorđe þór ķ œ") == "Đorđe þor ķ œ");
  for (const char* unknown : {"Đorđe", "œuvre", "ķ", "x\u0304", "ữ"}) {
    CAPTURE(unknown);
    CHECK(has_unknown_diacritics(unknown));
  }
  for (const char* known : {"Zoë", "plain", "Ø\u0304", "東京", "a\xff"}) {
    CAPTURE(known);
    CHECK_FALSE(has_unknown_diacritics(known));
  }
}

TEST_CASE("trimming takes all white space of .NET") {
  CHECK(trim(" \t\r\n x y\u00a0\u3000\u2003\u0085") == "x y");
  CHECK(trim("\u2028").empty());
  CHECK(trim("\u200bx") == "\u200bx");
}

TEST_CASE("lengths and slices count UTF-16 units") {
  const std::string text = "aé😀z";
  CHECK(length_of(text) == 5);
  CHECK(slice(text, 0, 2) == "aé");
  CHECK(slice(text, 1, 3) == "é😀");
  CHECK(slice(text, 4, 9) == "z");
  CHECK(slice(text, 9, 1).empty());
  CHECK(slice("plain", 1, 3) == "lai");
  CHECK(slice("plain", 7, 3).empty());
  CHECK(slice("plain", 3, std::string_view::npos) == "in");
  CHECK(slice("äöü", 2, std::string_view::npos) == "ü");
}

TEST_CASE("half of a surrogate pair is left out") {
  CHECK(slice("a😀z", 0, 2) == "a");
  CHECK(slice("a😀z", 2, 2) == "z");
  CHECK(slice("😀", 0, 1).empty());
}
