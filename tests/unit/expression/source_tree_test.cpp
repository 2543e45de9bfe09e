#include "syncwright/expression/source_tree.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "syncwright/expression/evaluator.h"
#include "syncwright/expression/function_table.h"
#include "syncwright/expression/parser.h"

using namespace syncwright;
using namespace syncwright::expression;

namespace {

Expression parsed(std::string_view text) {
  const auto expression = parse_expression(text);
  REQUIRE_MESSAGE(expression.has_value(), text);
  return *expression;
}

std::string rendered(std::string_view text) {
  return render_expression(parsed(text));
}

Expression read(const Json& source) {
  auto expression = from_source_tree(source);
  if (!expression) FAIL(expression.error());
  return *expression;
}

/// "key=text" of each parameter of the tree's root.
std::string entries(std::string_view text) {
  std::string list;
  const Json source = to_source_tree(parsed(text));
  for (const Json& parameter : source["parameters"]) {
    if (!list.empty()) list += " ";
    list += parameter["key"].get<std::string>() + "=" +
            parameter["value"]["expression"].get<std::string>();
  }
  return list;
}

/// Whether the evaluation refuses the call for the number of its arguments.
bool has_arity_fault(const Expression& call) {
  const AttributeMap none;
  const Outcome outcome = Evaluator(call).evaluate(EvaluationInput{.attributes = none});
  const auto says = [&outcome](const char* part) {
    return outcome.message.find(part) != std::string::npos;
  };
  return says("` takes ") || says("` is left out of `") || says("the last key of `Switch`");
}

Json attribute(const char* name) {
  return {{"expression", "[" + std::string(name) + "]"},
          {"name", name},
          {"type", "Attribute"},
          {"parameters", Json::array()}};
}

Json constant(const char* name) {
  return {{"expression", "\"" + std::string(name) + "\""},
          {"name", name},
          {"type", "Constant"},
          {"parameters", Json::array()}};
}

Json function(const char* name, std::vector<std::pair<std::string, Json>> arguments) {
  Json parameters = Json::array();
  for (auto& [key, value] : arguments) parameters.push_back({{"key", key}, {"value", value}});
  return {{"name", name}, {"type", "Function"}, {"parameters", parameters}};
}

}  // namespace

TEST_CASE("text is written as the service writes it") {
  CHECK(rendered("Mid([a],\"2\",4)") == "Mid([a], 2, 4)");
  CHECK(rendered("Join(\"\",1000,[a])") == "Join(\"\", \"1000\", [a])");
  CHECK(rendered("ToUpper([a])") == "ToUpper([a], )");
  CHECK(rendered("IIF([a]=1,\"x\")") == "IIF([a]=\"1\", \"x\", )");
  CHECK(rendered("BitAnd(&HF, -8)") == "BitAnd(&HF, -8)");
  CHECK(rendered("Left([a], \"many\")") == "Left([a], \"many\")");
  CHECK(rendered("switch([a],,\"1\",\"2\")") == "Switch([a], , \"1\", \"2\")");
  CHECK(rendered("Instr([a],\"b\")") == "Instr([a], \"b\", , )");
  CHECK(rendered("[a]&\"h\"") == "[a] & \"h\"");
  CHECK(rendered(R"("\d \"q\"")") == R"("\\d \"q\"")");
  CHECK(rendered("42") == "\"42\"");
  CHECK(rendered("Now()") == "Now()");
}

TEST_CASE("a call that does not fit its function is written with the places it has") {
  for (const char* text : {"InStr(\"a\")", "InStr(\"a\", )", "IIF([a]=\"x\")", "Left([a])",
                           "Left([a], )", "FormatDateTime([a], \"yyyy\")", "Mid([a], 1)",
                           "Switch([a])", "DateAdd(\"d\", 1)", "Trim()"}) {
    CHECK(rendered(text) == text);
  }
}

TEST_CASE("an author leaves out what the service fills up") {
  const auto written = [](std::string_view text) { return author_text(parsed(text)); };
  CHECK(written("ToUpper([a], )") == "ToUpper([a])");
  CHECK(written("ToUpper([a])") == "ToUpper([a])");
  CHECK(written("ToUpper(Replace([a], \"-\", , , \"_\", , ), )") ==
        "ToUpper(Replace([a], \"-\", , , \"_\"))");
  CHECK(written("Switch([a], , \"1\", \"2\")") == "Switch([a], , \"1\", \"2\")");
  CHECK(written("IIF(ToLower([a], )=\"x\", Trim([b]), )") == "IIF(ToLower([a])=\"x\", Trim([b]))");
  CHECK(written("FormatDateTime([a], , \"yyyy\", \"yy\")") ==
        "FormatDateTime([a], , \"yyyy\", \"yy\")");
  CHECK(written("ToUpper([a], ) & \"x\"") == "ToUpper([a]) & \"x\"");
}

TEST_CASE("rendering makes no refused call an accepted one, and no accepted one a refused one") {
  const std::vector<std::string> values = {"\"1\"", "[a]", "\"a\"=\"b\""};
  for (const Function& function : function_table()) {
    for (std::size_t count = 0; count <= 5; ++count) {
      for (std::size_t filled = 0; filled < (std::size_t{1} << count); ++filled) {
        std::string text = std::string(function.name) + "(";
        for (std::size_t at = 0; at < count; ++at) {
          if (at > 0) text += ", ";
          if ((filled >> at & 1) != 0) text += values[at % values.size()];
        }
        const Expression call = parsed(text + ")");
        CAPTURE(text);
        CHECK(has_arity_fault(parsed(render_expression(call))) == has_arity_fault(call));
        const Expression authored = parsed(author_text(call));
        CHECK(has_arity_fault(authored) == has_arity_fault(call));
        CHECK(authored == call);
      }
    }
  }
}

TEST_CASE("a tree without an argument that is needed stays a refused call") {
  for (const char* text : {"InStr(\"a\")", "IIF([a]=\"x\")", "IIF([a])", "Left([a])", "Left(, 1)",
                           "Switch([a])", "Switch([a], \"d\")", "Join(\",\")", "DateAdd(\"d\", 1)",
                           "FormatDateTime([a], \"yyyy\")", "Switch([a], \"d\", \"k\")"}) {
    CAPTURE(text);
    CHECK(has_arity_fault(parsed(text)));
    CHECK(has_arity_fault(read(to_source_tree(parsed(text)))));
  }
}

TEST_CASE("the tree of an attribute, a constant and a parameter") {
  CHECK(to_source_tree(parsed("[mail]")) == attribute("mail"));
  CHECK(to_source_tree(parsed("7")) == constant("7"));
  CHECK(to_source_tree(parsed(R"("a\"b")")) == Json{{"expression", R"("a\"b")"},
                                                    {"name", R"(a"b)"},
                                                    {"type", "Constant"},
                                                    {"parameters", Json::array()}});
  CHECK(to_source_tree(parsed("%DomainNetBios%")) == Json{{"expression", "%DomainNetBios%"},
                                                          {"name", "%DomainNetBios%"},
                                                          {"type", "Constant"},
                                                          {"parameters", Json::array()}});
}

TEST_CASE("the tree of a call holds a full node for each argument") {
  Json expected = function(
      "Mid", {{"source", attribute("nick")}, {"start", constant("1")}, {"length", constant("8")}});
  expected["expression"] = "Mid([nick], 1, 8)";
  CHECK(to_source_tree(parsed("mid([nick],1,8)")) == expected);
}

TEST_CASE("keys come from the table, empty arguments leave none") {
  CHECK(entries("Replace([a], , \"x\", , \"y\", , )") ==
        "source=[a] RegularExpression=\"x\" Replacement=\"y\"");
  CHECK(entries("Switch([a], , \"1\", \"2\")") == "source=[a] switchValue=\"1\" switchValue=\"2\"");
  CHECK(entries("FormatDateTime([a], \"i\", \"o\")") ==
        "source=[a] inputFormat=\"i\" outputFormat=\"o\"");
  CHECK(entries("FormatDateTime([a], \"s\", , \"o\")") ==
        "source=[a] dateTimeStyle=\"s\" outputFormat=\"o\"");
  CHECK(entries("IIF(IsPresent([a]), [a], )") == "one=IsPresent([a]) four=[a]");
  CHECK(entries("IIF([a]>=3, , [b])") == "one=[a] two=\">=\" three=\"3\" five=[b]");
  CHECK(entries("DNComponent([dn], 1)") == "dn=[dn] ComponentNumber=\"1\"");
  CHECK(entries("CRef([a], , \"z\")") == "arg1=[a] arg3=\"z\"");
  CHECK(entries("Trim([a], [b])") == "source=[a] arg2=[b]");
}

TEST_CASE("keys are proven where every function below has attested ones") {
  CHECK(has_proven_keys(parsed("[a]")));
  CHECK(has_proven_keys(parsed("IIF(BitAnd([a], 2)=0, Trim([b]), Error(\"no\"))")));
  CHECK(has_proven_keys(parsed("Now()")));
  CHECK_FALSE(has_proven_keys(parsed("Trim(ToLower([a]))")));
  CHECK_FALSE(has_proven_keys(parsed("IIF(Word([a], 1, \" \")=0, \"x\", \"y\")")));
  CHECK_FALSE(has_proven_keys(parsed("CRef([a])")));
  CHECK_FALSE(has_proven_keys(parsed("Trim([a], [b])")));
  CHECK_FALSE(has_proven_keys(parsed("CBool([a]=[b])")));
  CHECK_FALSE(has_proven_keys(parsed("[a] & [b]")));
  CHECK_FALSE(has_proven_keys(parsed("IIF([a]=1, IgnoreAttributeFlow, \"x\")")));
}

TEST_CASE("a tree reads back as the expression it was made from") {
  for (const char* text : {"[mail]",
                           "\"\"",
                           "-5",
                           "%DomainFQDN%",
                           "Guid()",
                           "IgnoreObjectFlow",
                           "\"true\"",
                           "Replace([a], \"-\", , , \"_\", , )",
                           "Switch([a], , \"1\", \"x\", \"2\", [b])",
                           "IIF([a]<>\"\", Left([a], 3), )",
                           "IIF(IsPresent([a]), , [b])",
                           "FormatDateTime([a], \"in\", \"out\")",
                           "FormatDateTime([a], , \"in\", \"out\")",
                           "FormatDateTime([a], , , \"out\")",
                           "FormatDateTime([a], , \"out\")",
                           "CRef(, [a])",
                           "Coalesce([a], [b], \"c\")",
                           "CBool([a]=[b])",
                           "Join(\"\", [a] & \"x\" & [b])",
                           "Trim([a], , [b])",
                           "SelectUniqueValue(Join(\".\", [a], [b]), Join(\"_\", [a], [b]))"}) {
    const Expression expression = parsed(text);
    const Expression back = read(to_source_tree(expression));
    CHECK_MESSAGE(back == expression, text);
    CHECK(render_expression(back) == render_expression(expression));
  }
  const Expression deep = [] {
    std::string open;
    std::string close;
    for (int i = 0; i < kMaxExpressionDepth; ++i) {
      open += "CBool([a] & ";
      close += "=[b])";
    }
    return parsed(open + "[x]" + close);
  }();
  CHECK(read(to_source_tree(deep)) == deep);
}

TEST_CASE("keys decide positions, whatever the order") {
  CHECK(read(function("Replace", {{"Replacement", constant("_")},
                                  {"source", attribute("a")},
                                  {"Find", constant("-")}})) ==
        parsed("Replace([a], \"-\", , , \"_\", , )"));
  CHECK(read(function("IIF", {{"five", constant("n")},
                              {"three", constant("1")},
                              {"two", constant(">")},
                              {"one", attribute("a")}})) == parsed("IIF([a]>1, , \"n\")"));
}

TEST_CASE("where keys tell nothing the order does") {
  const Expression expected = parsed("Left([a], 3)");
  CHECK(read(function("Left", {{"string", attribute("a")}, {"numChars", constant("3")}})) ==
        expected);
  CHECK(read(function("Left", {{"source", attribute("a")}, {"source", constant("3")}})) ==
        expected);
  CHECK(read(function("CRef", {{"x", attribute("a")}, {"y", constant("3")}})) ==
        parsed("CRef([a], 3)"));
  CHECK(read(function("CRef", {{"arg99999999999999999999", attribute("a")}})) ==
        parsed("CRef([a])"));
}

TEST_CASE("the tree wins over its text; the text serves where there is no tree") {
  Json source = attribute("mail");
  source["expression"] = "[other]";
  CHECK(read(source) == parsed("[mail]"));
  CHECK(read({{"name", "mail"}}) == parsed("[mail]"));
  CHECK(read({{"expression", "Trim([mail])"}, {"type", "Function"}}) == parsed("Trim([mail])"));
  CHECK(read({{"name", "%DomainFQDN%"}, {"type", "Constant"}, {"expression", nullptr}}) ==
        parsed("%DomainFQDN%"));
  CHECK(read(constant("%DomainFQDN%")) == parsed("\"%DomainFQDN%\""));
}

TEST_CASE("what is no source is refused by its place") {
  const auto error = [](const Json& source) { return from_source_tree(source).error(); };
  CHECK(error(nullptr) == "the source is not an object");
  CHECK(error(Json::object()) == "the source has neither a name nor an expression");
  CHECK(error({{"name", "x"}, {"type", "Macro"}}) == "the source has the unknown type \"Macro\"");
  CHECK(error({{"name", "x"}, {"type", "Function"}, {"parameters", 3}}) ==
        "the source has parameters that are no list");
  CHECK(error({{"expression", "Trim("}}) ==
        "the source has no tree, and its expression is wrong at offset 5: found the end of the "
        "expression, expected an attribute, a text, a number or a function");
  const Json inner = function("Trim", {{"source", Json::array()}});
  CHECK(error(function("Join", {{"separator", constant("")}, {"source", inner}})) ==
        "parameters[1].parameters[0] is not an object");
}

TEST_CASE("a tree without end is refused") {
  Json source = attribute("x");
  for (int i = 0; i < 1'000; ++i) source = function("Trim", {{"source", std::move(source)}});
  const auto read_back = from_source_tree(source);
  REQUIRE_FALSE(read_back.has_value());
  CHECK(read_back.error().ends_with("is nested too deeply"));
}
