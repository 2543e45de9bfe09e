#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace syncwright {

struct FunctionParameter {
  std::string_view key;  ///< key in the Graph tree
  bool required = true;
  bool repeats = false;  ///< the last parameter of a variadic function: its key repeats
  bool integer = false;  ///< constants render bare in the parent's text (docs/expressions.md#4.1)
};

inline constexpr std::size_t kAnyNumberOfArguments = SIZE_MAX;

/// Everything that is known of a function without carrying it out: evaluator, lint, renderer and
/// emulator ask here.
struct FunctionSignature {
  std::string_view name;  ///< canonical spelling
  std::span<const FunctionParameter> parameters;
  bool proven_keys = false;  ///< the keys are attested by documents or live schemas
  std::size_t least = 0;     ///< places between the commas that a call must have
  std::size_t most = 0;      ///< and may have
  std::string_view usage;    ///< the arguments as advice names them, where the keys would mislead
  bool pairs = false;        ///< behind the fixed ones come a key and its value, again and again
  bool empty_for_null = false;  ///< an absent source gives "", which is not null
  bool unlisted = false;        ///< seen in live tenants, in no reference
  /// How many arguments are evaluated whatever the others are; those behind them are left aside
  /// where the result is decided without them.
  std::size_t always_evaluated = kAnyNumberOfArguments;
  bool reads_roles = false;  ///< what the object is assigned, whatever the argument says
  /// Of a function that the reference of application provisioning does not have: the way out in a
  /// job that is no Cloud Sync.
  std::string_view beside_cloud_sync;
};

/// The 53 functions of the references and of Graph (docs/expressions.md#3) and `Len`, which neither
/// lists, sorted by name without regard to case. Parameters are what is written between the
/// parentheses: a comparison as IIF's condition takes the keys one, two and three
/// (docs/expressions.md#4.2), and FormatDateTime with three arguments has no dateTimeStyle.
[[nodiscard]] std::span<const FunctionSignature> function_table();
/// Without regard to case, `Instr` included; nullptr for an unknown name.
[[nodiscard]] const FunctionSignature* find_function(std::string_view name);
/// How a call is written: "Left(source, length)", optional arguments in brackets.
[[nodiscard]] std::string usage_of(const FunctionSignature& function);

}  // namespace syncwright
