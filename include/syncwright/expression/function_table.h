#pragma once

#include <span>
#include <string_view>

namespace syncwright {

struct FunctionParameter {
  std::string_view key;  ///< key in the Graph tree
  bool required = true;
  bool repeats = false;  ///< the last parameter of a variadic function: its key repeats
  bool integer = false;  ///< constants render bare in the parent's text (SPEC.md 4.1)
};

struct FunctionSignature {
  std::string_view name;  ///< canonical spelling
  std::span<const FunctionParameter> parameters;
  bool proven_keys = false;  ///< the keys are attested by documents or live schemas
};

/// The 53 functions of SPEC.md section 3, sorted by name without regard to case. Parameters are
/// what is written between the parentheses: a comparison as IIF's condition takes the keys one, two
/// and three (SPEC.md 4.2), and FormatDateTime with three arguments has no dateTimeStyle.
[[nodiscard]] std::span<const FunctionSignature> function_table();
/// Without regard to case, `Instr` included; nullptr for an unknown name.
[[nodiscard]] const FunctionSignature* find_function(std::string_view name);

}  // namespace syncwright
