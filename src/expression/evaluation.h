#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "expression/functions/operand.h"
#include "expression/program.h"
#include "syncwright/expression/value.h"

namespace syncwright::expression {

/// For evaluations whose result nobody uses: the caller's source stays as it was.
class FixedRandomSource final : public RandomSource {
 public:
  std::string guid() override { return "00000000-0000-4000-8000-000000000000"; }
  std::uint64_t below(std::uint64_t) override { return 0; }
};

/// One evaluation of one program: the input, the bounds, and how it ended before its time. The
/// first stop wins and sticks: from then on every node gives null at once and nothing that is
/// answered counts, so that functions need not look for stops between their steps.
class Evaluation {
 public:
  /// `settings` stand in for the program's own.
  Evaluation(const ExpressionProgram& program, const EvaluationSettings& settings,
             const EvaluationInput& input)
      : program_(program), settings_(settings), input_(input) {}

  [[nodiscard]] Operand evaluate(const ProgramNode& node);
  /// For its faults alone: a branch that is not taken, where both are evaluated.
  void evaluate_untaken(const ProgramNode& node);
  /// The result of `evaluate` of the whole, or the stop.
  [[nodiscard]] Outcome outcome(Operand result);

  [[nodiscard]] bool stopped() const { return stop_.has_value(); }
  void stop(Outcome::Kind kind, std::size_t offset, std::string message, StopCause cause);
  /// Why it stopped. REQUIRES: it did.
  [[nodiscard]] StopCause cause() const { return cause_; }
  /// False, and a stop, where the bound is passed.
  bool take_steps(std::size_t count, std::size_t offset);
  bool take_bytes(std::size_t count, std::size_t offset);
  [[nodiscard]] std::size_t bytes_left() const { return program_.limits.bytes - bytes_; }

  [[nodiscard]] const EvaluationInput& input() const { return input_; }
  [[nodiscard]] const EvaluationSettings& settings() const { return settings_; }

 private:
  Operand parameter(const ProgramNode& node);
  Operand comparison(const ProgramNode& node);
  Operand concatenation(const ProgramNode& node);

  const ExpressionProgram& program_;
  const EvaluationSettings& settings_;
  const EvaluationInput& input_;
  std::optional<Outcome> stop_;
  StopCause cause_ = StopCause::fault;
  std::size_t steps_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace syncwright::expression
