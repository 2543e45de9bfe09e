#include "syncwright/provisioning/scoping_filter.h"

#include <doctest/doctest.h>

#include "mapping_world.h"
#include "syncwright/schema/vocabulary.h"

using namespace syncwright;
using namespace syncwright::provisioning;

namespace {

ScopingFilter filter(const Json& groups) {
  auto made = ScopingFilter::compile(groups);
  if (!made) FAIL(made.error());
  return *made;
}

ScopingFilter filter_of(const Json& only) {
  return filter(Json::array({group({only})}));
}

std::string problem(const Json& groups) {
  const auto made = ScopingFilter::compile(groups);
  return made ? "" : made.error();
}

std::string problem_of(const Json& only) {
  return problem(Json::array({group({only})}));
}

expression::AttributeMap holding(expression::Value value) {
  return expression::AttributeMap({{"a", std::move(value)}});
}

bool holds(const char* operation, const char* operand, expression::Value value) {
  const Json values = operand == nullptr ? Json(nullptr) : Json::array({operand});
  return filter_of(clause("a", operation, values))
      .passes(holding(std::move(value)), NullRule::strict);
}

/// Of an absent, a null, an empty and an element-less value, which must agree.
bool holds_for_null(const char* operation, NullRule rule) {
  const bool integer = std::string_view(operation).find_first_of("&G") != std::string_view::npos;
  const ScopingFilter made = filter_of(clause("a", operation, Json::array({integer ? "4" : "x"})));
  const bool answer = made.passes(expression::AttributeMap(), rule);
  CHECK(made.passes(holding(expression::Null()), rule) == answer);
  CHECK(made.passes(holding(std::string()), rule) == answer);
  CHECK(made.passes(holding(expression::MultiValue()), rule) == answer);
  return answer;
}

/// "true" and "false" of each clause, as far as it was evaluated.
std::string trace(const FilterVerdict& verdict) {
  std::string text = verdict.passes ? "passes:" : "fails:";
  for (const ClauseVerdict& each : verdict.clauses) {
    text += " " + each.group + "." + each.attribute + (each.holds ? "+" : "-");
  }
  return text;
}

const std::string kSales = "Sales";

}  // namespace

TEST_CASE("EQUALS and NOT EQUALS compare texts with case") {
  CHECK(holds("EQUALS", "Sales", kSales));
  CHECK_FALSE(holds("EQUALS", "sales", kSales));
  CHECK_FALSE(holds("NOT EQUALS", "Sales", kSales));
  CHECK(holds("NOT EQUALS", "sales", kSales));
}

TEST_CASE("EQUALS compares an integer attribute as a number, digits of a text as text") {
  CHECK(holds("EQUALS", "10", std::int64_t{10}));
  CHECK(holds("EQUALS", "010", std::int64_t{10}));
  CHECK_FALSE(holds("EQUALS", "010", std::string("10")));
  CHECK_FALSE(holds("NOT EQUALS", "010", std::int64_t{10}));
}

TEST_CASE("IS TRUE and IS FALSE read booleans and their texts") {
  CHECK(holds("IS TRUE", nullptr, true));
  CHECK(holds("IS TRUE", nullptr, std::string("True")));
  CHECK(holds("IS TRUE", nullptr, std::string("true")));
  CHECK_FALSE(holds("IS TRUE", nullptr, false));
  CHECK(holds("IS FALSE", nullptr, false));
  CHECK(holds("IS FALSE", nullptr, std::string("False")));
  CHECK_FALSE(holds("IS FALSE", nullptr, true));
  CHECK_FALSE(holds("IS TRUE", nullptr, std::string("yes")));
  CHECK_FALSE(holds("IS FALSE", nullptr, std::string("yes")));
}

TEST_CASE("IS NULL and IS NOT NULL of a value that is there") {
  CHECK_FALSE(holds("IS NULL", nullptr, kSales));
  CHECK(holds("IS NOT NULL", nullptr, kSales));
  CHECK(holds("IS NOT NULL", nullptr, false));
  CHECK(holds("IS NOT NULL", nullptr, std::int64_t{0}));
}

TEST_CASE("REGEX MATCH finds the pattern anywhere, with case") {
  CHECK(holds("REGEX MATCH", "al", kSales));
  CHECK(holds("REGEX MATCH", "^S", kSales));
  CHECK_FALSE(holds("REGEX MATCH", "^s", kSales));
  CHECK_FALSE(holds("REGEX MATCH", "^al$", kSales));
  CHECK(holds("REGEX MATCH", "^4", std::int64_t{42}));
  CHECK_FALSE(holds("NOT REGEX MATCH", "al", kSales));
  CHECK(holds("NOT REGEX MATCH", "^al", kSales));
}

TEST_CASE("ENDS_WITH and Includes compare texts with case") {
  CHECK(holds("ENDS_WITH", "les", kSales));
  CHECK_FALSE(holds("ENDS_WITH", "LES", kSales));
  CHECK_FALSE(holds("ENDS_WITH", "Sal", kSales));
  CHECK(holds("Includes", "ale", kSales));
  CHECK_FALSE(holds("Includes", "Ale", kSales));
}

TEST_CASE("Greater_Than compares numbers, not texts") {
  CHECK(holds("Greater_Than", "9", std::string("10")));
  CHECK(holds("Greater_Than", "9", std::int64_t{10}));
  CHECK_FALSE(holds("Greater_Than", "10", std::string("10")));
  CHECK(holds("Greater_Than_OR_EQUALS", "10", std::string("10")));
  CHECK_FALSE(holds("Greater_Than_OR_EQUALS", "11", std::string("10")));
  CHECK_FALSE(holds("Greater_Than", "9", std::string("ten")));
}

TEST_CASE("& and !& test bits") {
  CHECK(holds("&", "4", std::string("6")));
  CHECK_FALSE(holds("&", "4", std::int64_t{3}));
  CHECK(holds("&", "-2147483648", std::string("-2147483646")));
  CHECK_FALSE(holds("!&", "4", std::string("6")));
  CHECK(holds("!&", "4", std::string("3")));
  CHECK_FALSE(holds("!&", "4", std::string("many")));
}

TEST_CASE("a null or empty value under the strict rule: only IS NULL is true") {
  for (const schema::FilterOperator& each : schema::filter_operators()) {
    CAPTURE(each.name);
    CHECK(holds_for_null(each.name.data(), NullRule::strict) == (each.name == "IS NULL"));
  }
}

TEST_CASE("under the lenient rule the negative operators and IS FALSE are true as well") {
  const std::vector<std::string_view> expected{"NOT EQUALS", "IS FALSE", "IS NULL",
                                               "NOT REGEX MATCH", "!&"};
  std::vector<std::string_view> found;
  for (const schema::FilterOperator& each : schema::filter_operators()) {
    if (holds_for_null(each.name.data(), NullRule::lenient)) found.push_back(each.name);
  }
  CHECK(found == expected);
}

TEST_CASE("of several values any may hit, and none for a negative operator") {
  const expression::Value addresses = expression::MultiValue{"smtp:a@x", "SMTP:b@x"};
  CHECK(holds("REGEX MATCH", "^SMTP", addresses));
  CHECK_FALSE(holds("NOT REGEX MATCH", "^SMTP", addresses));
  CHECK(holds("NOT REGEX MATCH", "^X500", addresses));
  CHECK(holds("EQUALS", "SMTP:b@x", addresses));
  CHECK_FALSE(holds("NOT EQUALS", "SMTP:b@x", addresses));
}

TEST_CASE("a clause with several operands likewise") {
  const expression::AttributeMap sales = holding(kSales);
  const Json operands = Json::array({"Finance", "Sales"});
  CHECK(filter_of(clause("a", "EQUALS", operands)).passes(sales, NullRule::strict));
  CHECK_FALSE(filter_of(clause("a", "NOT EQUALS", operands)).passes(sales, NullRule::strict));
}

TEST_CASE("clauses are a conjunction, groups a disjunction; the verdict ends at what decided") {
  const Json yes = clause("a", "EQUALS", Json::array({"Sales"}));
  const Json no = clause("a", "EQUALS", Json::array({"Legal"}));
  const Json missing = clause("b", "IS NULL");
  const expression::AttributeMap sales = holding(kSales);
  const auto explained = [&](std::vector<Json> groups) {
    const ScopingFilter made = filter(Json(std::move(groups)));
    const FilterVerdict verdict = made.explain(sales, NullRule::strict);
    CHECK(made.passes(sales, NullRule::strict) == verdict.passes);
    return trace(verdict);
  };
  CHECK(explained({group({yes, missing}, "g")}) == "passes: g.a+ g.b+");
  CHECK(explained({group({yes, no, missing}, "g")}) == "fails: g.a+ g.a-");
  CHECK(explained({group({no, yes}, "g"), group({missing}, "h")}) == "passes: g.a- h.b+");
  CHECK(explained({group({yes}, "g"), group({no}, "h")}) == "passes: g.a+");
  CHECK(explained({group({no}, "g"), group({no}, "h")}) == "fails: g.a- h.a-");
}

TEST_CASE("no groups ask nothing") {
  CHECK(trace(ScopingFilter().explain(expression::AttributeMap(), NullRule::strict)) == "passes:");
  CHECK(filter(nullptr).passes(expression::AttributeMap(), NullRule::strict));
  CHECK(filter(Json::array()).passes(expression::AttributeMap(), NullRule::strict));
  CHECK(filter(Json::array({group({})})).passes(expression::AttributeMap(), NullRule::strict));
}

TEST_CASE("a verdict holds the clause, the value that was found and the problem") {
  const FilterVerdict verdict = filter_of(clause("a", "Greater_Than", Json::array({"5"})))
                                    .explain(holding(std::string("ten")), NullRule::strict);
  REQUIRE(verdict.clauses.size() == 1);
  const ClauseVerdict& only = verdict.clauses.front();
  CHECK(only.group == "staff");
  CHECK(only.operator_name == "Greater_Than");
  CHECK(only.values == std::vector<std::string>{"5"});
  CHECK(expression::to_text(only.found) == "ten");
  CHECK(only.problem == "not a whole number");
}

TEST_CASE("the attributes that a filter reads, sorted, each once") {
  const Json groups = Json::array(
      {group({clause("b", "IS NULL"), clause("a", "IS NULL")}), group({clause("b", "IS NULL")})});
  CHECK(filter(groups).attributes() == std::vector<std::string>{"a", "b"});
}

TEST_CASE("operator names match exactly; an error names the right one") {
  const std::string where = "clause 1 of group \"staff\" (a): ";
  CHECK(problem_of(clause("a", "equals", Json::array({"x"}))) ==
        where + "`equals` is no operator; did you mean `EQUALS`?");
  CHECK(problem_of(clause("a", "NOT_EQUALS", Json::array({"x"}))) ==
        where + "`NOT_EQUALS` is no operator; did you mean `NOT EQUALS`?");
  CHECK(problem_of(clause("a", "Sounds Like", Json::array({"x"}))) ==
        where + "`Sounds Like` is no operator");
  CHECK(problem_of(clause("a", "IsMemberOf", Json::array({"x"}))) ==
        where + "IsMemberOf is not supported in scoping filters");
}

TEST_CASE("operands are checked when the filter is made") {
  const std::string where = "clause 1 of group \"staff\" (a): ";
  CHECK(problem_of(clause("a", "EQUALS")) == where + "EQUALS needs a value to compare with");
  CHECK(problem_of(clause("a", "EQUALS", Json::array())) ==
        where + "EQUALS needs a value to compare with");
  CHECK(problem_of(clause("a", "EQUALS", Json::array({Json::object()}))) ==
        where + "a value to compare with must be a text");
  CHECK(problem_of(clause("a", "&", Json::array({"4x"}))) ==
        where + "& compares whole numbers, '4x' is none");
  CHECK(problem_of(clause("a", "&", Json::array({std::string(5'000, 'x')}))) ==
        where + "& compares whole numbers, '" + std::string(80, 'x') + "...' is none");
  CHECK(problem_of(clause("a", "REGEX MATCH", Json::array({"(a"}))).starts_with(where));
  CHECK(problem_of(clause("", "IS NULL")) ==
        "clause 1 of group \"staff\": sourceOperandName is missing");
}

TEST_CASE("all problems at once; shapes that are no filter are refused") {
  CHECK(problem(Json::array({group({clause("a", "IS NIL"), clause("b", "EQUALS")}, "")})) ==
        "clause 1 (a): `IS NIL` is no operator; did you mean `IS NULL`?; "
        "clause 2 (b): EQUALS needs a value to compare with");
  CHECK(problem("groups") == "groups must be a list");
  CHECK(problem(Json::array({7})) == "a group must be an object with a list of clauses");
  CHECK(problem(Json::array({{{"clauses", Json::array({7})}}})) ==
        "clause 1: a clause must be an object");
  CHECK(problem(Json(std::vector<Json>(10'001, Json::object()))) ==
        "more than 10000 groups and clauses");
}
