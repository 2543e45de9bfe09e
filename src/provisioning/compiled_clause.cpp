#include "provisioning/compiled_clause.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>

#include "syncwright/core/ascii.h"
#include "syncwright/core/text.h"
#include "syncwright/expression/value.h"
#include "syncwright/schema/vocabulary.h"

namespace syncwright::provisioning {
namespace {

constexpr std::size_t kMaxOperands = 1'000;

/// What an operator of the schema's vocabulary asks of one value.
struct Test {
  std::string_view name;
  FilterTest test;
  bool negated = false;
};

constexpr std::array<Test, 14> kTests{{
    {"EQUALS", FilterTest::equals},
    {"NOT EQUALS", FilterTest::equals, true},
    {"IS TRUE", FilterTest::truth},
    {"IS FALSE", FilterTest::falsehood},
    {"IS NULL", FilterTest::null},
    {"IS NOT NULL", FilterTest::null, true},
    {"REGEX MATCH", FilterTest::regex},
    {"NOT REGEX MATCH", FilterTest::regex, true},
    {"&", FilterTest::bits},
    {"!&", FilterTest::bits, true},
    {"ENDS_WITH", FilterTest::suffix},
    {"Greater_Than", FilterTest::above},
    {"Greater_Than_OR_EQUALS", FilterTest::from},
    {"Includes", FilterTest::substring},
}};

const Test* find_test(std::string_view name) {
  const auto found = std::find_if(kTests.begin(), kTests.end(),
                                  [name](const Test& each) { return each.name == name; });
  return found == kTests.end() ? nullptr : &*found;
}

std::string unknown_operator(const std::string& name) {
  if (name == "IsMemberOf") return "IsMemberOf is not supported in scoping filters";
  std::vector<std::string> names;
  names.reserve(kTests.size());
  for (const Test& each : kTests) names.emplace_back(each.name);
  const std::string hint = did_you_mean(name, names);
  return fmt::format("{} is no operator{}{}", expression::quote(std::string_view(name)),
                     hint.empty() ? "" : "; ", hint);
}

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t number = 0;
  const char* begin = text.data();
  const char* end = begin + text.size();
  const auto [stop, error] = std::from_chars(begin, end, number);
  if (error != std::errc() || stop != end) return std::nullopt;
  return number;
}

}  // namespace

/// One single value as the operators see it.
struct CompiledClause::Subject {
  std::string_view text;
  std::optional<std::int64_t> number;  ///< of an attribute that is a number, not a text of digits
};

tl::expected<CompiledClause, std::string> CompiledClause::compile(const Json& clause) {
  if (!clause.is_object()) return tl::unexpected<std::string>("a clause must be an object");
  CompiledClause compiled;
  compiled.attribute_ = string_or(clause, "sourceOperandName");
  compiled.operator_name_ = string_or(clause, "operatorName");
  if (compiled.attribute_.empty())
    return tl::unexpected<std::string>("sourceOperandName is missing");
  if (compiled.operator_name_.empty())
    return tl::unexpected<std::string>("operatorName is missing");
  const Test* found = find_test(compiled.operator_name_);
  const schema::FilterOperator* known = schema::find_filter_operator(compiled.operator_name_);
  if (found == nullptr || known == nullptr)
    return tl::unexpected(unknown_operator(compiled.operator_name_));
  compiled.test_ = found->test;
  compiled.negated_ = found->negated;
  if (known->values == 0) return compiled;
  const Json& operand = member_or_null(clause, "targetOperand");
  if (auto read = compiled.read_operands(operand, known->is_of_numbers()); !read) {
    return tl::unexpected(read.error());
  }
  return compiled;
}

tl::expected<void, std::string> CompiledClause::read_operands(const Json& target_operand,
                                                              bool integers) {
  const Json& values = member_or_null(target_operand, "values");
  if (!values.is_array() || values.empty()) {
    return tl::unexpected(fmt::format("{} needs a value to compare with", operator_name_));
  }
  if (values.size() > kMaxOperands) {
    return tl::unexpected(fmt::format("more than {} values", kMaxOperands));
  }
  for (const Json& value : values) {
    auto read = expression::value_from_json(value);
    if (!read || expression::is_null(*read) ||
        std::holds_alternative<expression::MultiValue>(*read)) {
      return tl::unexpected<std::string>("a value to compare with must be a text");
    }
    Operand operand{expression::to_text(*read), std::nullopt, std::nullopt};
    operand.number = whole_number(operand.text);
    if (integers && !operand.number) {
      return tl::unexpected(fmt::format("{} compares whole numbers, '{}' is none", operator_name_,
                                        expression::shorten(operand.text)));
    }
    if (test_ == FilterTest::regex) {
      auto regex = expression::DotnetRegex::compile(operand.text);
      if (!regex) return tl::unexpected(regex.error().message);
      operand.regex = std::move(*regex);
    }
    values_.push_back(operand.text);
    operands_.push_back(std::move(operand));
  }
  return {};
}

CompiledClause::Answer CompiledClause::ask(const expression::Value* value, NullRule rule) const {
  const bool empty = value == nullptr || expression::is_null_or_empty(*value);
  if (test_ == FilterTest::null) return {empty != negated_, {}};
  if (empty) return ask_null(rule);
  Answer answer = any_hit(*value);
  if (!answer.problem.empty()) return {false, std::move(answer.problem)};
  return {answer.holds != negated_, {}};
}

CompiledClause::Answer CompiledClause::ask_null(NullRule rule) const {
  const bool negative = negated_ || test_ == FilterTest::falsehood;
  return {rule == NullRule::lenient && negative, {}};
}

/// [G] An attribute of several values: a positive operator holds where any of them hits, a negative
/// one where none does. The metadata say All, but the default schemas look for one address in
/// proxyAddresses, which only Any finds (docs/expressions.md#5). Several operands: likewise.
CompiledClause::Answer CompiledClause::any_hit(const expression::Value& value) const {
  if (const auto* list = std::get_if<expression::MultiValue>(&value)) {
    Answer answer;
    for (const std::string& element : *list) {
      answer = hit({element, std::nullopt});
      if (answer.holds || !answer.problem.empty()) break;
    }
    return answer;
  }
  if (const auto* text = std::get_if<std::string>(&value)) return hit({*text, std::nullopt});
  const auto* number = std::get_if<std::int64_t>(&value);
  const std::string text = expression::to_text(value);
  return hit({text, number == nullptr ? std::nullopt : std::optional(*number)});
}

CompiledClause::Answer CompiledClause::hit(const Subject& subject) const {
  if (operands_.empty()) return hit_truth(subject.text);
  Answer answer;
  for (const Operand& operand : operands_) {
    answer = hit_operand(subject, operand);
    if (answer.holds || !answer.problem.empty()) break;
  }
  return answer;
}

CompiledClause::Answer CompiledClause::hit_truth(std::string_view text) const {
  const bool is_true = ascii::equal_ignoring_case(text, "true");
  if (!is_true && !ascii::equal_ignoring_case(text, "false")) return {false, "not a boolean"};
  return {is_true == (test_ == FilterTest::truth), {}};
}

CompiledClause::Answer CompiledClause::hit_operand(const Subject& subject,
                                                   const Operand& operand) const {
  const auto compare = [&](auto holds) -> Answer {
    const auto number = subject.number ? subject.number : whole_number(subject.text);
    if (!number) return {false, "not a whole number"};
    return {holds(*number, *operand.number), {}};
  };
  switch (test_) {
    case FilterTest::truth:
    case FilterTest::falsehood:
    case FilterTest::null:
      return {};
    case FilterTest::equals:
      return {subject.text == operand.text || (subject.number && subject.number == operand.number),
              {}};
    case FilterTest::suffix:
      return {subject.text.ends_with(operand.text), {}};
    case FilterTest::substring:
      return {subject.text.find(operand.text) != std::string_view::npos, {}};
    case FilterTest::above:
      return compare(std::greater<>());
    case FilterTest::from:
      return compare(std::greater_equal<>());
    case FilterTest::bits:
      return compare([](std::int64_t left, std::int64_t right) { return (left & right) != 0; });
    case FilterTest::regex: {
      const auto found = operand.regex->matches(subject.text);
      return found ? Answer{*found, {}} : Answer{false, found.error()};
    }
  }
  return {};
}

}  // namespace syncwright::provisioning
