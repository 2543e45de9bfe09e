#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "operand.h"
#include "program.h"

namespace syncwright {

/// One evaluation of one program: the input, the bounds, and how it ended before its time. The
/// first stop wins and sticks: from then on every node gives null at once and nothing that is
/// answered counts, so that functions need not look for stops between their steps.
class Evaluation {
 public:
  Evaluation(const ExpressionProgram& program, const EvaluationInput& input)
      : program_(program), input_(input) {}

  [[nodiscard]] Operand evaluate(const ProgramNode& node);
  /// The result of `evaluate` of the whole, or the stop.
  [[nodiscard]] Outcome outcome(Operand result);

  [[nodiscard]] bool stopped() const { return stop_.has_value(); }
  void stop(Outcome::Kind kind, std::size_t offset, std::string message);
  /// False, and a stop, where the bound is passed.
  bool take_steps(std::size_t count, std::size_t offset);
  bool take_bytes(std::size_t count, std::size_t offset);
  [[nodiscard]] std::size_t bytes_left() const { return program_.limits.bytes - bytes_; }

  [[nodiscard]] const EvaluationInput& input() const { return input_; }
  [[nodiscard]] const EvaluationSettings& settings() const { return program_.settings; }

 private:
  Operand parameter(const ProgramNode& node);
  Operand comparison(const ProgramNode& node);
  Operand concatenation(const ProgramNode& node);

  const ExpressionProgram& program_;
  const EvaluationInput& input_;
  std::optional<Outcome> stop_;
  std::size_t steps_ = 0;
  std::size_t bytes_ = 0;
};

/// A value for an error message: in backticks, shortened; "nothing" for null.
[[nodiscard]] std::string quoted(const Value& value);
[[nodiscard]] std::string quoted(std::string_view text);

}  // namespace syncwright
