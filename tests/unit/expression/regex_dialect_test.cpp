#include "expression/regex/regex_dialect.h"

#include <doctest/doctest.h>

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "syncwright/expression/dotnet_regex.h"

using namespace syncwright;
using namespace syncwright::expression;

namespace {

/// The subject with every match in brackets.
std::string marked(std::string_view pattern, std::string_view subject) {
  const auto regex = DotnetRegex::compile(pattern);
  return regex ? regex->replace(subject, "[$&]", 10'000).value() : regex.error().message;
}

std::string fault(std::string_view pattern) {
  const auto translated = translate_regex(pattern);
  return translated ? "none: " + translated->pattern : translated.error().message;
}

struct Row {
  const char* pattern;
  const char* subject;
  const char* expected;
};

void check(std::initializer_list<Row> rows) {
  for (const Row& row : rows) {
    CAPTURE(row.pattern);
    CHECK(marked(row.pattern, row.subject) == row.expected);
  }
}

}  // namespace

TEST_CASE("classes of characters") {
  check({
      {"[a-c]+", "abcd", "[abc]d"},
      {"[^a-c]+", "abcd\n", "abc[d\n]"},
      {"[]a]+", "x]a", "x[]a]"},
      {"[^]a]+", "x]a", "[x]]a"},
      {"[a-]+", "a-b", "[a-]b"},
      {"[[.]+", "a[.", "a[[.]"},
      {"[[:.]+", "[:.a", "[[:.]a"},
      {"[\\w-z]+", "b-z!", "[b-z]!"},
      {"[a\\-z]+", "a-zb", "[a-z]b"},
      {"[\\b]", "\b", "[\b]"},
      {"[\\W]+", "a!? b", "a[!? ]b"},
      {"[^\\W\\d]+", "ab1_c!", "[ab]1[_c]!"},
      {"[\\S_]+", "a b", "[a] [b]"},
      {"[^\\S\\n]+", "a \t\nb", "a[ \t]\nb"},
      {"[\\x41-\\u0043]+", "ABCD", "[ABC]D"},
      {"[()\\s-]+", "(5) 1-2", "[(]5[) ]1[-]2"},
      {"(?i)[k-m]+", "KLX", "[KL]X"},
      {"[é-ö]+", "eéö", "e[éö]"},
  });
}

TEST_CASE("a class without another one") {
  check({
      {"[a-z-[aeiou]]+", "hello", "[h]e[ll]o"},
      {"[a-[a]]", "a", "a"},
      {"[^0-9-[x]]+", "1ax2", "1[a]x2"},
      {"[a-z-[c-x-[m]]]+", "abcmxyz", "[ab]c[m]x[yz]"},
      {"[\\w-[\\d_]]+", "a1_b", "[a]1_[b]"},
      {"(?i)[a-z-[aeiou]]+", "HELLO", "[H]E[LL]O"},
  });
}

TEST_CASE("categories and blocks") {
  check({
      {"\\p{Lu}+", "aÄB", "a[ÄB]"},
      {"\\P{L}+", "a1 b", "a[1 ]b"},
      {"[\\p{L}\\p{Nd}]+", "Zoë7-", "[Zoë7]-"},
      {"[^\\p{L}]+", "a-b", "a[-]b"},
      {"[\\P{L}x]+", "a-xb", "a[-x]b"},
      {"\\p{IsGreek}+", "aΑθb", "a[Αθ]b"},
      {"\\P{IsBasicLatin}+", "aé", "a[é]"},
      {"[\\P{IsCyrillic}]+", "Жa", "Ж[a]"},
  });
}

TEST_CASE("escapes stand for characters") {
  check({
      {"\\u00e9\\x62\\t", "éb\t", "[éb\t]"},
      {"\\cA\\ca", "\x01\x01", "[\x01\x01]"},
      {"\\101\\012", "A\n", "[A\n]"},
      {"\\e\\a\\f\\v", "\x1b\a\f\v", "[\x1b\a\f\v]"},
      {"\\.\\-\\#\\ \\/\\{\\\"", ".-# /{\"", "[.-# /{\"]"},
      {"\\uD83D\\uDE00", "😀", "[😀]"},
      {"a{,2}", "a{,2}", "[a{,2}]"},
      {"a{b}]}", "a{b}]}", "[a{b}]}]"},
      {"é\\&", "é&", "[é&]"},
  });
}

TEST_CASE("anchors and word boundaries") {
  check({
      {"^a", "a\na", "[a]\na"},
      {"(?m)^a$", "a\na\n", "[a]\n[a]\n"},
      {"(?m)^", "a\n", "[]a\n[]"},
      {"a$", "a\n", "[a]\n"},
      {"a\\Z", "a\n", "[a]\n"},
      {"\\Aa", "aa", "[a]a"},
      {".+", "a\rb\nc", "[a\rb]\n[c]"},
      {"(?s).+", "a\nb", "[a\nb]"},
      {"\\b\\w", "ab éc", "[a]b [é]c"},
      {"\\B.", "ab c", "a[b] c"},
      {"^*a", "ba", "b[a]"},
  });
}

TEST_CASE("quantifiers") {
  check({
      {"a{2}", "aaaaa", "[aa][aa]a"},
      {"a{2,}?", "aaaa", "[aa][aa]"},
      {"a{1,2}", "aaa", "[aa][a]"},
      {"<.+?>", "<a><b>", "[<a>][<b>]"},
      {"(?>a+)b|a", "aac", "[a][a]c"},
      {"(?x) a + ? b", "aab", "[aab]"},
  });
}

TEST_CASE("groups and references") {
  check({
      {"(a)\\1", "aa", "[aa]"},
      {"(?<c>.)\\k<c>", "abb", "a[bb]"},
      {"(?'c'.)\\k'c'", "abb", "a[bb]"},
      {"(?<x>a)(b)\\1\\2", "abba", "[abba]"},
      {"(?<x>a)(b)\\k<x>", "aba", "[aba]"},
      {"(?:(?<q>')|(?<q>\"))x\\k<q>", "'x\" \"x\" 'x'", "'x\" [\"x\"] ['x']"},
      {"(a)|b\\1", "b", "b"},
      {"(?n)(a)(?<x>b)\\1", "abb", "[abb]"},
      {"(?n:(a))(b)\\1", "abb", "[abb]"},
      {"(?=a)a(?!b)", "ab ac", "ab [a]c"},
      {"(?<=a)b(?<!cb)", "ab cb", "a[b] cb"},
      {"(?<=^|,)x", "x,x", "[x],[x]"},
  });
}

TEST_CASE("conditions") {
  check({
      {"(\")?a(?(1)\")", "\"a\" a \"a", "[\"a\"] [a] \"[a]"},
      {"(?<q>\")?a(?(q)\"|;)", "\"a\" a;", "[\"a\"] [a;]"},
      {"(?(\\d)\\d\\d|\\w)", "12a3", "[12][a]3"},
      {"(?(?=b)b.|a)", "bca", "[bc][a]"},
      {"(?(ab)abc|a)", "abcad", "[abc][a]d"},
  });
}

TEST_CASE("options inside the pattern") {
  check({
      {"(?i)ab", "AB", "[AB]"},
      {"a(?i:b)c", "aBc aBC", "[aBc] aBC"},
      {"a(?i)b", "aB AB", "[aB] AB"},
      {"(?i)a(?-i)b", "Ab AB", "[Ab] AB"},
      {"(a(?i)b)c", "aBc aBC", "[aBc] aBC"},
      {"(?x) a b # comment ( \n c", "abc", "[abc]"},
      {"(?x)a[ b]\\ c", "a  c", "[a  c]"},
      {"(?x-i: a )b c", "ab c", "[ab c]"},
      {"a(?#comment)b", "ab", "[ab]"},
      {"a(?#comment)+", "aa", "[aa]"},
      {"a b#", "a b#", "[a b#]"},
  });
}

TEST_CASE("groups are numbered as .NET numbers them") {
  const auto translated = translate_regex("(?<b>x)(y)(?<a>z)(?<b>w)(v)").value();
  using Places = std::vector<std::uint32_t>;
  CHECK(translated.groups.find("1") == Places{2});
  CHECK(translated.groups.find("2") == Places{5});
  CHECK(translated.groups.find("b") == Places{1, 4});
  CHECK(translated.groups.find("3") == Places{1, 4});
  CHECK(translated.groups.find("a") == Places{3});
  CHECK(translated.groups.last() == Places{3});
  CHECK(translated.groups.find("5").empty());
}

TEST_CASE("what .NET has and PCRE2 has not is refused by its name") {
  CHECK(fault("(?<a-b>x)") == "a balancing group, which has no translation, at character 1");
  CHECK(fault("(?<-b>x)") == "a balancing group, which has no translation, at character 1");
  CHECK(fault("a\\Gb") ==
        "\\G (where the last match ended), which has no translation, at character 2");
  CHECK(fault("[\\uD800-\\uDFFF]") == "half of a surrogate pair at character 4");
  CHECK(fault("\\p{IsRunic}") ==
        "the category or block \"IsRunic\", which is not known, at character 3");
  CHECK(fault("(?<q>a)|(?<q>b)(?(q)c)") ==
        "a condition on a group that is written twice at character 16");
  CHECK(fault("a{70000}") == "a quantifier over 65535 at character 2");
}

TEST_CASE("what only PCRE2 has is refused by its name") {
  struct Refused {
    const char* pattern;
    const char* message;
  };
  const char* grouping = "a grouping construct that .NET does not know at character 1";
  for (const Refused& row : {
           Refused{"a++", "a quantifier behind a quantifier at character 3"},
           Refused{"a{2}+", "a quantifier behind a quantifier at character 5"},
           Refused{"a\\Kb", "the escape \\K, which .NET does not know at character 2"},
           Refused{"\\Qa\\E", "the escape \\Q, which .NET does not know at character 1"},
           Refused{"\\h", "the escape \\h, which .NET does not know at character 1"},
           Refused{"(?R)", grouping},
           Refused{"(?1)", grouping},
           Refused{"(?P<n>a)", grouping},
           Refused{"(?|a|b)", grouping},
           Refused{"(?&n)", grouping},
           Refused{"(*FAIL)", "a quantifier with nothing before it at character 2"},
           Refused{"[[:alpha:]]", "a POSIX class, which .NET does not know, at character 2"},
           Refused{"\\p{Greek}",
                   "the category or block \"Greek\", which is not known, at character 3"},
           Refused{"\\pL", "a \\p without a category in braces at character 3"},
       }) {
    CAPTURE(row.pattern);
    CHECK(fault(row.pattern) == row.message);
  }
}

TEST_CASE("mistakes are told with their place") {
  struct Mistake {
    const char* pattern;
    const char* message;
  };
  for (const Mistake& row : {
           Mistake{"a)", "a ) without its ( at character 2"},
           Mistake{"é(b", "a ( without its ) at character 2"},
           Mistake{"[a", "a [ without its ] at character 1"},
           Mistake{"[", "a [ without its ] at character 1"},
           Mistake{"a\\", "a backslash at the end at character 2"},
           Mistake{"*a", "a quantifier with nothing before it at character 1"},
           Mistake{"(?i)*", "a quantifier with nothing before it at character 5"},
           Mistake{"a|{2}", "a quantifier with nothing before it at character 3"},
           Mistake{"a{3,2}", "a quantifier in reverse order at character 2"},
           Mistake{"[z-a]", "a range in reverse order at character 2"},
           Mistake{"[a-\\d]", "a range that ends with a set of characters at character 2"},
           Mistake{"[a-[b]c]",
                   "a subtraction that is not the last part of its class at character 3"},
           Mistake{"\\2(a)",
                   "a reference to the group \"2\", which does not exist, at character 1"},
           Mistake{"\\k<n>",
                   "a reference to the group \"n\", which does not exist, at character 1"},
           Mistake{"\\kn", "a \\k without a name at character 1"},
           Mistake{"(?<1a>b)", "a group with a wrong number at character 1"},
           Mistake{"(?<0>b)", "a group with a wrong number at character 1"},
           Mistake{"(?<>b)", "a group with a wrong name at character 1"},
           Mistake{"(?(7)b)", "a condition on a group that does not exist at character 1"},
           Mistake{"(?#a", "a comment without its ) at character 1"},
           Mistake{"\\x4", "an escape that needs 2 hexadecimal digits at character 3"},
           Mistake{"\\c1", "a \\c without a control character at character 3"},
           Mistake{"(?", "a grouping construct that .NET does not know at character 1"},
       }) {
    CAPTURE(row.pattern);
    CHECK(fault(row.pattern) == row.message);
  }
}

TEST_CASE("nesting is bounded") {
  const std::string deep = std::string(5000, '(') + std::string(5000, ')');
  CHECK(fault(deep) == "a group nested too deep at character 101");
  std::string subtractions;
  for (int i = 0; i < 1000; ++i) subtractions += "[a-";
  CHECK(fault(subtractions).starts_with("a subtraction nested too deep"));
}
