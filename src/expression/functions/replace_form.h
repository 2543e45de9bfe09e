#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace syncwright {

/// Places of Replace's arguments.
enum ReplaceArgument : std::size_t {
  replace_source,
  replace_find,
  replace_pattern,
  replace_group,
  replace_replacement,
  replace_property,
  replace_template,
  replace_arguments,  ///< how many there are
};

/// The five forms of docs/expressions.md#3.2, in its order.
enum class ReplaceForm { fill_template, literal, regex, group, fallback, none };

/// By which arguments are present; "" is present, a place left empty is not.
[[nodiscard]] ReplaceForm replace_form(const std::array<bool, replace_arguments>& is_given);

/// The way out of ReplaceForm::none.
inline constexpr std::string_view replace_forms =
    "give Find with Replacement or Template, or RegularExpression with Replacement, with "
    "RegularExpressionGroupName and Replacement, or with RegularExpressionGroupName and "
    "ReplacementPropertyName";

}  // namespace syncwright
