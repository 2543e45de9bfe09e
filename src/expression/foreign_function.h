#pragma once

#include <string_view>

namespace syncwright {

/// How to write here what a function of another language does (Visual Basic, Excel, .NET, SQL): by
/// meaning, where the nearest spelling may be a function that gives another value. Without regard
/// to case; empty for a name that is not known.
[[nodiscard]] std::string_view advice_for_foreign_function(std::string_view name);

}  // namespace syncwright
