#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

#include "expression/evaluation.h"

namespace syncwright::expression {

/// A function's view of its call: arguments by position, evaluated each time they are asked for.
/// A failure is told once (`fail`) and stops the evaluation; what is returned after it does not
/// count, so the getters give harmless values then.
class Call {
 public:
  Call(Evaluation& evaluation, const ProgramNode& node) : evaluation_(evaluation), node_(node) {}

  /// Places between the commas.
  [[nodiscard]] std::size_t count() const { return node_.arguments.size(); }
  /// Written and not left empty.
  [[nodiscard]] bool is_given(std::size_t at) const;

  /// null for a place left empty or not written.
  [[nodiscard]] Operand value(std::size_t at);
  /// null is "", a list its elements joined by ", ".
  [[nodiscard]] Text text(std::size_t at) { return Text(value(at)); }
  /// A failure for anything but a whole number.
  [[nodiscard]] std::int64_t integer(std::size_t at);
  /// The same of a value that argument `at` gave.
  [[nodiscard]] std::int64_t integer_of(const Value& value, std::size_t at);
  /// A failure for anything but a date-time and a text that is one; texts with an offset become
  /// UTC.
  [[nodiscard]] DateTime date(std::size_t at);
  [[nodiscard]] const ProgramNode& argument(std::size_t at) const { return node_.arguments[at]; }

  /// Where the settings let branches that are not taken be evaluated too.
  void value_untaken(std::size_t at);

  /// Ends the evaluation with an error that begins with the function's name.
  Operand fail(std::string_view message, StopCause cause = StopCause::fault);
  /// Ends the evaluation: the attribute is dropped from the flow.
  Operand ignore_attribute();
  [[nodiscard]] bool stopped() const { return evaluation_.stopped(); }
  /// The value; its error is the call's failure.
  template <class T>
  [[nodiscard]] T accept(tl::expected<T, std::string> result, StopCause cause = StopCause::fault) {
    if (result) return std::move(*result);
    fail(result.error(), cause);
    return T();
  }

  /// Counts against the bounds before work is done; false, and a failure, where it is too much.
  bool take_steps(std::size_t count) { return evaluation_.take_steps(count, node_.offset); }
  bool take_bytes(std::size_t count) { return evaluation_.take_bytes(count, node_.offset); }
  [[nodiscard]] std::size_t bytes_left() const { return evaluation_.bytes_left(); }
  /// A text that the function made, as its result; counts against the bounds.
  [[nodiscard]] Operand result(std::string text);

  /// `make(std::string_view) -> std::string` of the source's text, of each element of a list; null
  /// stays null (docs/expressions.md#2).
  template <std::invocable<std::string_view> Make>
  [[nodiscard]] Operand each_text(const Operand& source, const Make& make) {
    if (source.is_null()) return {};
    const MultiValue* list = source.list();
    if (list == nullptr) return result(make(ValueText(source.value())));
    MultiValue results;
    for (const std::string& element : *list) {
      if (!take_steps(1)) return {};
      std::string result = make(std::string_view(element));
      if (!take_bytes(result.size())) return {};
      results.push_back(std::move(result));
    }
    return Value(std::move(results));
  }

  [[nodiscard]] const EvaluationInput& input() const { return evaluation_.input(); }
  [[nodiscard]] const EvaluationSettings& settings() const { return evaluation_.settings(); }

 private:
  [[nodiscard]] std::string_view parameter_name(std::size_t at) const;

  Evaluation& evaluation_;
  const ProgramNode& node_;
};

}  // namespace syncwright::expression
