#pragma once

#include <string_view>

namespace syncwright {

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

}  // namespace syncwright
