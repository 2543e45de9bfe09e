#include <array>

#include "evaluator_cases.h"

using namespace syncwright;
using namespace syncwright::expression;

namespace {

/// "CODE at OFFSET: FAILURE" for each doubt, with a line feed between them.
std::string told(const std::vector<Doubt>& doubts) {
  std::string text;
  for (const Doubt& doubt : doubts) {
    CHECK_FALSE(doubt.message.empty());
    CHECK_FALSE(doubt.advice.empty());
    text += (text.empty() ? "" : "\n") + std::string(to_string(doubt.code)) + " at " +
            std::to_string(doubt.offset) + ": " + doubt.failure;
  }
  return text;
}

std::string doubted(std::string_view expression, std::string_view attributes,
                    const EvaluationSettings& settings = {}) {
  const AttributeMap map = attributes_from(attributes);
  return told(Evaluator(parsed_expression(expression), settings)
                  .doubts(EvaluationInput{.attributes = map}));
}

constexpr const char* kCall =
    R"(IIF(Count([d]) = "1", "none", FormatDateTime([d], "dd/MM/yyyy", "yyyy")))";
constexpr const char* kArgument =
    R"(FormatDateTime(IIF(Count([d]) = "1", "", [d]), "dd/MM/yyyy", "yyyy"))";

class CountingRandomSource final : public RandomSource {
 public:
  std::string guid() override { return std::to_string(++drawn); }
  std::uint64_t below(std::uint64_t) override { return ++drawn, 0; }
  int drawn = 0;
};

}  // namespace

TEST_CASE("a branch that is not taken and would fail is a doubt") {
  CHECK(evaluated(kCall, R"({"d": "soon"})") == "none");
  CHECK(doubted(kCall, R"({"d": "soon"})") ==
        "SW3140 at 30: FormatDateTime: \"soon\" is no date of the format \"dd/MM/yyyy\"");
  CHECK(doubted(R"(Switch([k], "d", "a", "1", "b", CDate("soon")))", R"({"k": "a"})") ==
        "SW3140 at 32: CDate: \"soon\" is no date");
  CHECK(doubted(R"(IIF(IsPresent([a]), IIF([a] = "x", "y", "n"), ""))", "") ==
        "SW3140 at 24: `=`: compares nothing with `x`; a comparison with an absent value fails, "
        "test it by IsNullOrEmpty or use Switch");
  CHECK(doubted(R"(IIF([a] = "x", IgnoreAttributeFlow, Mid([a], 0, 1)))", R"({"a": "x"})") ==
        "SW3140 at 36: Mid: start is 0, the first character is 1");
}

TEST_CASE("where either reading succeeds there is no doubt") {
  CHECK(doubted(kArgument, R"({"d": "soon"})") == "");
  CHECK(doubted(kCall, R"({"d": "25/12/2025"})") == "");
  CHECK(doubted(R"(FormatDateTime([d], "yyyy", "yyyy"))", R"({"d": "2025"})") == "");
}

TEST_CASE("what fails anyway is no doubt") {
  CHECK(doubted(R"(IIF([a] = "x", CDate("soon"), Mid([a], 0, 1)))", R"({"a": "x"})") == "");
  CHECK(doubted(kCall, R"({"d": "soon"})", {.branches_are_eager = true}) == "");
}

TEST_CASE("the author's own words and what only the tenant knows are no doubts") {
  for (const char* other : {R"(Error("no manager"))", "IgnoreAttributeFlow", "IgnoreObjectFlow",
                            "IgnoreFlowIfNullOrEmpty([none])", "%DomainFQDN%", "DefaultDomain()",
                            "Contains([a])", R"(Join("", Error("no"), "x"))"}) {
    INFO(other);
    const std::string expression = R"(IIF([a] = "x", "yes", )" + std::string(other) + ")";
    CHECK(doubted(expression, R"({"a": "x"})") == "");
    CHECK(evaluated(expression, R"({"a": "x"})", {.branches_are_eager = true}) == "yes");
  }
}

TEST_CASE("several roles where one is expected are a doubt") {
  const std::array<AppRole, 2> roles = {{{"1", "admin", "Administrator"}, {"2", "", "Guest"}}};
  const AttributeMap none;
  EvaluationInput input{.attributes = none};
  input.roles = roles;
  const Expression expression = parsed_expression("SingleAppRoleAssignment([r])");
  CHECK(shown(Evaluator(expression).evaluate(input)) == "admin");
  CHECK(told(Evaluator(expression).doubts(input)) ==
        "SW3141 at 0: SingleAppRoleAssignment: 2 roles are assigned, and one is expected: `admin`, "
        "`Guest`");
  const EvaluationSettings strict{.several_roles_fail = true};
  CHECK(told(Evaluator(expression, strict).doubts(input)) == "");
  CHECK(shown(Evaluator(expression, strict).evaluate(input)) ==
        "error at 0: SingleAppRoleAssignment: 2 roles are assigned, and one is expected: `admin`, "
        "`Guest`");
  input.roles = std::span(roles).first(1);
  CHECK(told(Evaluator(expression).doubts(input)) == "");
  CHECK(shown(Evaluator(expression, strict).evaluate(input)) == "admin");
}

TEST_CASE("a doubt draws nothing from the caller's random source") {
  const AttributeMap attributes = attributes_from(R"({"a": "x"})");
  CountingRandomSource random;
  EvaluationInput input{.attributes = attributes,
                        .parameters = nullptr,
                        .is_taken = {},
                        .roles = {},
                        .default_domain = {},
                        .now = {},
                        .random = random};
  const Evaluator evaluator(
      parsed_expression(R"(IIF([a] = "x", Guid(), RandomString(4, 1, 1, 1, 1)))"));
  CHECK(told(evaluator.doubts(input)) == "");
  CHECK(random.drawn == 0);
  CHECK(shown(evaluator.evaluate(input)) == "1");
}

TEST_CASE("what we cannot carry out in a branch that is not taken is no doubt") {
  const auto untaken = [](const char* call) {
    return doubted("IIF(Count([d])=\"1\", \"none\", " + std::string(call) + ")", R"({"d": "xxx"})");
  };
  CHECK(untaken(R"_(Replace([d], , "\\Gx", , "", , ))_") == "");
  CHECK(untaken(R"_(Replace([d], , "(b", , "", , ))_") ==
        "SW3140 at 28: Replace: RegularExpression: the regular expression has a ( without its ) at "
        "character 1");
  CHECK(
      untaken(
          R"_(Replace("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", , "(?:x+x+)+[yz]", , "", , ))_") ==
      "");
  CHECK(untaken("CDate([d])") == "SW3140 at 28: CDate: \"xxx\" is no date");
}
