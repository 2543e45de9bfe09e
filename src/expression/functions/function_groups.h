#pragma once

#include <span>
#include <string_view>

namespace syncwright {

class Call;
class Operand;

/// How a function of the language is carried out. Arguments are evaluated by asking the call for
/// them, so that branches not asked for never run.
using Function = Operand (*)(Call&);

struct NamedFunction {
  std::string_view name;  ///< canonical spelling
  Function function = nullptr;
};

/// By canonical name; nullptr where the language has no such function.
[[nodiscard]] Function find_implementation(std::string_view name);

// The parts of the table, by what the functions work on.
[[nodiscard]] std::span<const NamedFunction> text_functions();
[[nodiscard]] std::span<const NamedFunction> list_functions();
[[nodiscard]] std::span<const NamedFunction> logic_functions();
[[nodiscard]] std::span<const NamedFunction> flow_functions();
[[nodiscard]] std::span<const NamedFunction> date_functions();
[[nodiscard]] std::span<const NamedFunction> encoding_functions();
[[nodiscard]] std::span<const NamedFunction> role_functions();
[[nodiscard]] std::span<const NamedFunction> chance_functions();
[[nodiscard]] std::span<const NamedFunction> replace_functions();

}  // namespace syncwright
