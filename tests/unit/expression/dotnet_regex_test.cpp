#include "syncwright/expression/dotnet_regex.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

using namespace syncwright;
using namespace syncwright::expression;

namespace {

constexpr std::size_t plenty = 10'000;

std::string replaced(std::string_view pattern, std::string_view subject,
                     std::string_view replacement) {
  const auto regex = DotnetRegex::compile(pattern);
  return regex ? regex->replace(subject, replacement, plenty).value() : regex.error().message;
}

std::string group_replaced(std::string_view pattern, std::string_view subject,
                           std::string_view group, std::string_view replacement) {
  return DotnetRegex::compile(pattern)
      .value()
      .replace_group(subject, group, replacement, plenty)
      .value();
}

bool found(std::string_view pattern, std::string_view subject) {
  return DotnetRegex::compile(pattern).value().matches(subject).value();
}

}  // namespace

TEST_CASE("a pattern is found anywhere, in its own case") {
  CHECK(found("ell", "hello"));
  CHECK_FALSE(found("ELL", "hello"));
  CHECK_FALSE(found("^ell", "hello"));
  CHECK(found("", ""));
  CHECK(found("lo$", "hello\n"));
  CHECK_FALSE(found("lo\\z", "hello\n"));
}

TEST_CASE("every match is replaced, empty ones as .NET counts them") {
  CHECK(replaced("[a-zA-Z_]*", "abc1", "") == "1");
  CHECK(replaced("a*", "baac", "x") == "xbxxcx");
  CHECK(replaced("", "äb", "-") == "-ä-b-");
  CHECK(replaced("(.*?)(?<id>.{0,4})$", "000567", "<${id}>") == "<0567><>");
  CHECK(replaced("x", "abc", "y") == "abc");
  CHECK(replaced("|a", "aa", "x") == "xaxax");
}

TEST_CASE("the replacement refers to the match") {
  CHECK(replaced("(\\w+) (\\w+)", "ab cd", "$2-$1") == "cd-ab");
  CHECK(replaced("(?<first>\\w+) (?<last>\\w+)", "ab cd", "${last}, ${first}") == "cd, ab");
  CHECK(replaced("b", "abc", "[$&]") == "a[b]c");
  CHECK(replaced("b", "abc", "[$`|$'|$_]") == "a[a|c|abc]c");
  CHECK(replaced("(a)|(b)", "b", "[$1$2$+]") == "[bb]");
  CHECK(replaced("b", "abc", "$$1") == "a$1c");
  CHECK(replaced("(b)", "abc", "${1}0") == "ab0c");
}

TEST_CASE("what is no substitution stays") {
  CHECK(replaced("b", "abc", "$1") == "a$1c");
  CHECK(replaced("(b)", "abc", "$10") == "a$10c");
  CHECK(replaced("b", "abc", "${name}") == "a${name}c");
  CHECK(replaced("b", "abc", "${") == "a${c");
  CHECK(replaced("b", "abc", "$") == "a$c");
  CHECK(replaced("b", "abc", "$x\\n") == "a$x\\nc");
}

TEST_CASE("groups without a name are numbered first") {
  CHECK(replaced("(?<n>a)(b)(c)", "abc", "$1$2$3") == "bca");
  CHECK(replaced("(?<2>a)(b)(?<n>c)", "abc", "$1$2$3") == "bac");
  CHECK(replaced("(?:(?<n>a)|(?<n>b))+", "ab", "${n}") == "b");
}

TEST_CASE("only the group's text is replaced") {
  CHECK(group_replaced("(?<number>^\\d*)", "12 Elm Street", "number", "7") == "7 Elm Street");
  CHECK(group_replaced("(?<at>@(.)*)", "lee@fabrikam.org", "at", "") == "lee");
  CHECK(group_replaced("(a)(\\d)", "a1 b2 a3", "2", "$1") == "a$1 b2 a$1");
  CHECK(group_replaced("(a)|(b)", "ab", "2", "x") == "ax");
  CHECK(group_replaced("a", "abc", "nobody", "x") == "abc");
  CHECK(group_replaced("a(?=(b))", "abab", "1", "x") == "axax");
}

TEST_CASE("a group's capture is that of the first match") {
  const auto regex = DotnetRegex::compile("\\+(?<code>\\d+) (\\d+)(x)?").value();
  CHECK(regex.capture("tel +49 30 +1 2", "code") == "49");
  CHECK(regex.capture("tel +49 30", "1") == "30");
  CHECK(regex.capture("tel +49 30", "0") == "+49 30");
  CHECK(regex.capture("tel +49 30", "2") == "");
  CHECK(regex.capture("none", "code") == "");
  CHECK(regex.capture("tel +49 30", "other") == "");
}

TEST_CASE("a group is known by name and number") {
  const auto regex = DotnetRegex::compile("(?<name>a)(b)").value();
  for (const char* known : {"name", "0", "1", "2"}) CHECK(regex.has_group(known));
  for (const char* unknown : {"Name", "3", "", "-1", "1x"}) CHECK_FALSE(regex.has_group(unknown));
}

TEST_CASE("letters of every script count as .NET counts them") {
  CHECK(replaced("\\w+", "Zoë Łódź_1 ٣", "x") == "x x x");
  CHECK(replaced("\\d", "1٣", "x") == "xx");
  CHECK(replaced("\\s", "a\u00a0b\u0085c", "") == "abc");
  CHECK(replaced("(?i)äÖ", "ÄÖäö", "x") == "xx");
  CHECK(replaced(".", "😀é", "x") == "xx");
  CHECK(replaced("\\be", "e é eé", "x") == "x é xé");
}

TEST_CASE("a subject that is no UTF-8 is matched with U+FFFD") {
  CHECK(found("b", "a\xff" + std::string("b")));
  CHECK(replaced("b", "\xc3" + std::string("b"), "c") == "\ufffdc");
}

TEST_CASE("a match that takes too long is stopped") {
  const auto regex = DotnetRegex::compile("(?:x+x+)+[yz]").value();
  const std::string subject(200, 'x');
  const auto matched = regex.matches(subject);
  REQUIRE_FALSE(matched);
  CHECK(matched.error() ==
        "the regular expression takes more than 497512 steps on a text of 200 bytes");
  CHECK_FALSE(regex.replace(subject, "", plenty));
  CHECK_FALSE(regex.replace_group(subject, "0", "", plenty));
  CHECK_FALSE(regex.capture(subject, "0"));
}

TEST_CASE("a long text needs no deep stack") {
  const std::string subject(20'000, 'a');
  CHECK(DotnetRegex::compile("^(a|b)*?c?$").value().matches(subject).has_value());
  CHECK(found("a.*a$", subject));
}

TEST_CASE("a replacement is bounded") {
  const auto regex = DotnetRegex::compile("a").value();
  const tl::unexpected<std::string> overflow("the replacement makes more than 5 bytes");
  CHECK(regex.replace("aaa", "bb", 6) == "bbbbbb");
  CHECK(regex.replace("aaa", "bb", 5) == overflow);
  CHECK(regex.replace("aaaaaaaaa", "$_$_$_", 5) == overflow);
  CHECK(regex.replace("xxxxxx", "", 5) == overflow);
  CHECK(regex.replace_group("aaa", "0", "bb", 5) == overflow);
}

TEST_CASE("a pattern that PCRE2 cannot match is refused") {
  CHECK(DotnetRegex::compile("(?<=a+)b").error().message ==
        "the regular expression cannot be used: lookbehind assertion is not fixed length");
  CHECK(DotnetRegex::compile("a\xff").error().message == "the pattern is not UTF-8");
  CHECK(DotnetRegex::compile("a(").error().message ==
        "the regular expression has a ( without its ) at character 2");
}

TEST_CASE("what .NET takes and we cannot carry out is no fault of the pattern") {
  for (const char* pattern :
       {"(?<a>x)(?<-a>y)", "\\Gx", "(?<=a+)b", "\\uD800", "\\p{IsBengali}", "a{70000}"}) {
    CAPTURE(pattern);
    const auto regex = DotnetRegex::compile(pattern);
    REQUIRE_FALSE(regex);
    CHECK(regex.error().is_ours);
    CHECK(
        regex.error().advice() ==
        "the service may take it, syncwright cannot carry it out: write it in another way, or try "
        "it with provision on demand");
  }
  CHECK_FALSE(DotnetRegex::compile("a(").error().is_ours);
  CHECK_FALSE(DotnetRegex::compile("\\p{Greek}").error().is_ours);
  CHECK(DotnetRegex::compile("a(").error().advice() == "write it in the dialect of .NET");
}
