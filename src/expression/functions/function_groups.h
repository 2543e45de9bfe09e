#pragma once

#include <span>
#include <string_view>

#include "syncwright/expression/function_table.h"

namespace syncwright::expression {

/// A name that is called and that no reference defines: mostly a function of another language
/// (Visual Basic, Excel, .NET, SQL).
struct ForeignFunction {
  std::string_view name;
  /// How to write here what it does: by meaning, where the nearest spelling may be a function that
  /// gives another value.
  std::string_view advice;
  /// Of the Cloud Sync reference: the service may know it (docs/expressions.md#3).
  bool in_examples = false;
};

/// Without regard to case; nullptr for a name that is not known.
[[nodiscard]] const ForeignFunction* find_foreign_function(std::string_view name);

/// The functions of one file, and the foreign names whose place they take. A new function is a row
/// and a body in one of these files, and nothing else.
struct FunctionGroup {
  std::span<const Function> functions;
  std::span<const ForeignFunction> foreign;
};

// By what the functions work on, a file each.
[[nodiscard]] FunctionGroup text_functions();
[[nodiscard]] FunctionGroup list_functions();
[[nodiscard]] FunctionGroup logic_functions();
[[nodiscard]] FunctionGroup flow_functions();
[[nodiscard]] FunctionGroup date_functions();
[[nodiscard]] FunctionGroup encoding_functions();
[[nodiscard]] FunctionGroup role_functions();
[[nodiscard]] FunctionGroup random_functions();
[[nodiscard]] FunctionGroup replace_functions();
[[nodiscard]] std::span<const FunctionGroup> function_groups();

/// For rows of Cloud Sync.
inline constexpr std::string_view kTryInPortal = "try the expression in the portal first";

/// For rows: parameters that are told by their key and what they are read as.
constexpr FunctionParameter required(std::string_view key, ArgumentKind kind = ArgumentKind::any) {
  return {.key = key, .kind = kind};
}
constexpr FunctionParameter optional(std::string_view key, ArgumentKind kind = ArgumentKind::any) {
  return {.key = key, .required = false, .kind = kind};
}
constexpr FunctionParameter repeated(std::string_view key) {
  return {.key = key, .required = false, .repeats = true};
}
/// What is given here may be the call's result as it is.
constexpr FunctionParameter as_result(FunctionParameter parameter) {
  parameter.is_result = true;
  return parameter;
}

}  // namespace syncwright::expression
