#include "syncwright/expression/parser.h"

#include <doctest/doctest.h>

#include "syncwright/expression/source_tree.h"

using namespace syncwright;
using namespace syncwright::expression;
using Kind = Expression::Kind;

namespace {

/// The text in the service's own spelling; the error's message where it does not parse.
std::string rendered(std::string_view text) {
  const auto parsed = parse_expression(text);
  return parsed ? render_expression(*parsed) : parsed.error().message;
}

Expression parsed(std::string_view text) {
  const auto expression = parse_expression(text);
  REQUIRE_MESSAGE(expression.has_value(), text);
  return *expression;
}

/// As a person sees it: the text, a caret under the offset, message and advice.
std::string complaint(std::string_view text) {
  const auto expression = parse_expression(text);
  if (expression) return "parses";
  const ExpressionError& error = expression.error();
  return std::string(text) + "\n" + std::string(error.offset, ' ') + "^ " + error.message + "\n" +
         error.advice;
}

std::string nested(int depth) {
  std::string open;
  for (int i = 0; i < depth; ++i) open += "Trim(";
  return open + "[x]" + std::string(static_cast<std::size_t>(depth), ')');
}

}  // namespace

TEST_CASE("an attribute is its name without the brackets") {
  const Expression expression = parsed("  [mail]\n");
  CHECK(expression.kind == Kind::attribute);
  CHECK(expression.text == "mail");
  CHECK(expression.offset == 2);
  CHECK(parsed("[ country ]").text == "country");
}

TEST_CASE("attribute names hold dots, colons, and brackets and quotes of their own") {
  for (const char* name : {"name.givenName", "mS-DS-ConsistencyGuid", "urn:example:2.0:User:desk",
                           "phones[type eq \"desk\"].value", "phones[type eq \"]\"].value"}) {
    const Expression expression = parsed("[" + std::string(name) + "]");
    CHECK(expression.kind == Kind::attribute);
    CHECK(expression.text == name);
  }
}

TEST_CASE("only two escapes shorten a text, any other pair stays") {
  CHECK(parsed(R"("say \"hi\"")").text == R"(say "hi")");
  CHECK(parsed(R"("a\\b")").text == R"(a\b)");
  CHECK(parsed(R"("\+\d\2C")").text == R"(\+\d\2C)");
  CHECK(parsed("\"\"").text.empty());
  CHECK(parsed("\"two\nlines\"").text == "two\nlines");
}

TEST_CASE("numbers are constants that know they were bare") {
  for (const char* number : {"8", "-2147483648", "+3", "2.75", "&HF7", "&h0a"}) {
    const Expression expression = parsed(number);
    CHECK(expression.kind == Kind::constant);
    CHECK(expression.text == number);
    CHECK(expression.is_number);
  }
  CHECK_FALSE(parsed("\"8\"").is_number);
}

TEST_CASE("parameters and keywords are kinds of their own") {
  CHECK(parsed("%DomainFQDN%").kind == Kind::parameter);
  CHECK(parsed("%DomainFQDN%").text == "%DomainFQDN%");
  CHECK(parsed("IgnoreAttributeFlow").kind == Kind::keyword);
  CHECK(parsed("TRUE").text == "TRUE");
}

TEST_CASE("empty arguments keep their places") {
  const Expression call = parsed("Replace([a], , \"x\" ,, )");
  REQUIRE(call.kind == Kind::call);
  REQUIRE(call.arguments.size() == 5);
  CHECK(call.arguments[0].has_value());
  CHECK_FALSE(call.arguments[1].has_value());
  CHECK(call.arguments[2]->text == "x");
  CHECK_FALSE(call.arguments[3].has_value());
  CHECK_FALSE(call.arguments[4].has_value());
  CHECK(parsed("Now( )").arguments.empty());
}

TEST_CASE("white space is free between all tokens") {
  CHECK(parsed("Switch\n (\t[a] ,\r\n , \"1\" , \"one\" )") ==
        parsed("Switch([a],,\"1\",\"one\")"));
}

TEST_CASE("offsets name the first byte of each node") {
  const Expression call = parsed("IIF([a] = 5, \"é\", Foo(%B%))");
  CHECK(call.offset == 0);
  CHECK(call.arguments[0]->offset == 4);
  CHECK(call.arguments[0]->arguments[1]->offset == 10);
  CHECK(call.arguments[2]->offset == 19);
  CHECK(call.arguments[2]->arguments[0]->offset == 23);
}

TEST_CASE("a comparison binds looser than &, a hexadecimal number tighter") {
  const Expression comparison = parsed("[a] & \"-\" & [b]<>&HF");
  REQUIRE(comparison.kind == Kind::comparison);
  CHECK(comparison.text == "<>");
  CHECK(comparison.arguments[0]->kind == Kind::concatenation);
  CHECK(comparison.arguments[0]->arguments.size() == 3);
  CHECK(comparison.arguments[1]->text == "&HF");
  for (const char* op : {"=", "<>", ">", ">=", "<", "<="}) {
    CHECK(parsed("CBool([a]" + std::string(op) + "[b])").arguments[0]->text == op);
  }
}

TEST_CASE("mistakes are named where they stand, with a way out") {
  CHECK(complaint("Split([mail], \".\")[0]") ==
        "Split([mail], \".\")[0]\n"
        "                  ^ found `[`, expected an operator or the end of the expression\n"
        "a result has no index: Item(.., n) picks the n-th element, counted from 1");
  const auto ends = [](const std::string& text, const char* advice) {
    CHECK_MESSAGE(complaint(text).ends_with(advice), complaint(text));
  };
  ends("Join(\"\", [city] [country])", "\na comma may be missing before it");
  ends("Join(\"\", [city][country])", "\na comma may be missing before it");
  ends("Left([city], 1) [country]",
       "\nto put texts together use Join(\"\", .., ..) or Append(.., ..)");
  ends("[mail][0]", "\na result has no index: Item(.., n) picks the n-th element, counted from 1");
  CHECK(complaint("IIF([a]=\"1\" AND [b]=\"2\", \"x\", \"y\")") ==
        "IIF([a]=\"1\" AND [b]=\"2\", \"x\", \"y\")\n"
        "            ^ found `AND`, expected , or ) in the arguments of IIF\n"
        "conditions are not combined: nest them, IIF(first, IIF(second, .., ..), ..)");
  CHECK(complaint("Append([mail], 'x')") ==
        "Append([mail], 'x')\n"
        "               ^ found `'`, expected an attribute, a text, a number or a function\n"
        "write texts in plain double quotes: \"text\"");
  CHECK(complaint("Append(\xE2\x80\x9Cx\xE2\x80\x9D, [mail])") ==
        "Append(\xE2\x80\x9Cx\xE2\x80\x9D, [mail])\n"
        "       ^ found `\xE2\x80\x9C`, expected an attribute, a text, a number or a function\n"
        "write texts in plain double quotes: \"text\"");
  CHECK(complaint("Append(department, \"x\")") ==
        "Append(department, \"x\")\n"
        "       ^ found `department`, expected an attribute, a text, a number or a function\n"
        "write [department] for the attribute, \"department\" for the text");
  CHECK(complaint("now") ==
        "now\n"
        "^ found `now`, expected an attribute, a text, a number or a function\n"
        "Now is a function: write Now()");
  CHECK(complaint("Trim([a]") ==
        "Trim([a]\n"
        "        ^ found the end of the expression, expected , or ) in the arguments of Trim\n"
        "a closing parenthesis is missing");
  CHECK(complaint("Trim([a]))") ==
        "Trim([a]))\n"
        "         ^ found `)`, expected an operator or the end of the expression\n"
        "there is one closing parenthesis too many");
  CHECK(complaint("Trim([a)") ==
        "Trim([a)\n"
        "     ^ the attribute name that begins here has no closing ]\n"
        "close the name: [mail]");
  CHECK(complaint("Append([a], \"b)") ==
        "Append([a], \"b)\n"
        "            ^ the text that begins here has no closing quote\n"
        "add the quote; inside a text a quote is written \\\" and a backslash \\\\");
  CHECK(complaint("IIF([a]==\"1\", \"x\", \"y\")") ==
        "IIF([a]==\"1\", \"x\", \"y\")\n"
        "       ^ found `==`, which is no comparison\n"
        "equality is a single =");
}

TEST_CASE("other texts that are no expressions") {
  const auto message = [](std::string_view text) { return rendered(text); };
  CHECK(message(" ") == "the expression is empty");
  CHECK(message("[a]=[b]=[c]") == "found a second comparison, one is the most");
  CHECK(message("[]") == "the attribute has no name");
  CHECK(message("Mid([a], 12ab, 1)") == "found `12ab`, which is no number");
  CHECK(message("100%") == "found `%`, expected an operator or the end of the expression");
  CHECK(message("%a b%") == "found `%`, expected a parameter like %DomainFQDN%");
  CHECK(message("([a])") == "found `(`, expected an attribute, a text, a number or a function");
  CHECK(message("[a] + [b]") == "found `+`, expected an operator or the end of the expression");
  CHECK(message("[a]&HF") == "found `&HF`, expected an operator or the end of the expression");
  CHECK(message("[a] \"b\"") == "found `\"b\"`, expected an operator or the end of the expression");
  CHECK(message(std::string("[a]\0", 4)) ==
        "found a control character, expected an operator or the end of the expression");
}

TEST_CASE("length counts characters, not bytes") {
  std::string text = "\"";
  for (std::size_t i = 0; i < kMaxExpressionCharacters - 2; ++i) text += "\xC3\xA9";
  text += "\"";
  CHECK(parse_expression(text).has_value());
  const auto longer = parse_expression(text + "  ");
  REQUIRE_FALSE(longer.has_value());
  CHECK(longer.error().message == "the expression is longer than 10000 characters");
  CHECK(longer.error().offset == text.size());
}

TEST_CASE("nesting is bounded") {
  CHECK(parse_expression(nested(kMaxExpressionDepth)).has_value());
  CHECK(rendered(nested(kMaxExpressionDepth + 1)) == "functions are nested more than 100 deep");
  CHECK_FALSE(parse_expression(std::string(9'999, '[')).has_value());
  CHECK_FALSE(parse_expression(std::string(9'999, '(')).has_value());
}
