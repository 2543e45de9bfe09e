#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "syncwright/core/json.h"
#include "syncwright/expression/dotnet_regex.h"
#include "syncwright/provisioning/scoping_filter.h"

namespace syncwright::provisioning {

/// What an operator asks of one text and one operand.
enum class FilterTest {
  equals,
  truth,
  falsehood,
  null,
  regex,
  suffix,
  substring,
  above,
  from,
  bits
};

/// One clause of a scoping filter, ready to be asked of any number of objects.
class CompiledClause {
 public:
  /// From Graph's filterClause; the error says what is wrong, without naming the clause.
  [[nodiscard]] static tl::expected<CompiledClause, std::string> compile(const Json& clause);

  struct Answer {
    bool holds = false;
    std::string problem;
  };
  /// `value` is nullptr for an absent attribute.
  [[nodiscard]] Answer ask(const expression::Value* value, NullRule rule) const;

  [[nodiscard]] const std::string& attribute() const { return attribute_; }
  [[nodiscard]] const std::string& operator_name() const { return operator_name_; }
  [[nodiscard]] const std::vector<std::string>& values() const { return values_; }

 private:
  struct Operand {
    std::string text;
    std::optional<std::int64_t> number;
    std::optional<expression::DotnetRegex> regex;
  };
  struct Subject;

  [[nodiscard]] tl::expected<void, std::string> read_operands(const Json& target_operand,
                                                              bool integers);
  [[nodiscard]] Answer ask_null(NullRule rule) const;
  [[nodiscard]] Answer any_hit(const expression::Value& value) const;
  [[nodiscard]] Answer hit(const Subject& subject) const;
  [[nodiscard]] Answer hit_operand(const Subject& subject, const Operand& operand) const;
  [[nodiscard]] Answer hit_truth(std::string_view text) const;

  std::string attribute_;
  std::string operator_name_;
  std::vector<std::string> values_;
  FilterTest test_ = FilterTest::equals;
  bool negated_ = false;
  std::vector<Operand> operands_;
};

}  // namespace syncwright::provisioning
