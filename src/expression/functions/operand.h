#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "syncwright/expression/value.h"

namespace syncwright::expression {

/// What evaluating a node gives: a value of its own, or one borrowed from the program or the
/// attributes, which outlive the evaluation. Long texts pass through functions without a copy.
class Operand {
 public:
  Operand() = default;
  // NOLINTNEXTLINE(google-explicit-constructor): functions return plain values
  Operand(Value value) : owned_(std::move(value)) {}
  [[nodiscard]] static Operand borrow(const Value& value) {
    Operand operand;
    operand.borrowed_ = &value;
    return operand;
  }

  [[nodiscard]] const Value& value() const { return borrowed_ == nullptr ? owned_ : *borrowed_; }
  [[nodiscard]] bool is_null() const { return syncwright::expression::is_null(value()); }
  [[nodiscard]] const MultiValue* list() const { return std::get_if<MultiValue>(&value()); }
  [[nodiscard]] Value take() && {
    if (borrowed_ != nullptr) return *borrowed_;
    return std::move(owned_);
  }

 private:
  Value owned_;
  const Value* borrowed_ = nullptr;
};

/// The text of a value, copied only where the value is not a text already. The value must outlive
/// it.
class ValueText {
 public:
  explicit ValueText(const Value& value) : text_(std::get_if<std::string>(&value)) {
    if (text_ == nullptr && !is_null(value)) made_ = to_text(value);
  }
  // NOLINTNEXTLINE(google-explicit-constructor): it is a text
  operator std::string_view() const { return text_ == nullptr ? made_ : *text_; }

 private:
  const std::string* text_;
  std::string made_;
};

/// The same, together with the value. null is "".
class Text {
 public:
  explicit Text(Operand operand) : operand_(std::move(operand)) {
    const Value& value = operand_.value();
    if (!std::holds_alternative<std::string>(value) && !is_null(value)) {
      operand_ = Operand(to_text(value));
    }
  }
  // NOLINTNEXTLINE(google-explicit-constructor): it is a text
  operator std::string_view() const {
    const auto* text = std::get_if<std::string>(&operand_.value());
    return text == nullptr ? std::string_view() : *text;
  }
  [[nodiscard]] bool empty() const { return std::string_view(*this).empty(); }

 private:
  Operand operand_;
};

}  // namespace syncwright::expression
