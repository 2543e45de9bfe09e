#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "syncwright/core/code.h"
#include "syncwright/core/source_range.h"
namespace syncwright {

/// What a diagnostic does to a run: an error stops it, a warning and a note do not.
enum class Severity { error, warning, note };
[[nodiscard]] const char* to_string(Severity severity);

/// A fault in something the user wrote, or a remark about it.
struct Diagnostic {
  Code code = Code::none;  ///< none: there is no page about it
  Severity severity = Severity::error;
  std::string message;
  std::string advice;  ///< the way out; empty: there is none to name
  SourceRange where;   ///< without a file: it is about no place in particular

  bool operator==(const Diagnostic&) const = default;
};

/// All that was found, in the order of discovery; `sort` orders by file, line, column, code.
/// Nothing stops at the first error: a value decoded beside errors must not be used.
class Diagnostics {
 public:
  void add(Diagnostic diagnostic);
  /// Severity comes from the catalog.
  void add(Code code, SourceRange where, std::string message, std::string advice = {});
  void append(Diagnostics other);
  void sort();

  [[nodiscard]] bool has_errors() const;
  [[nodiscard]] bool empty() const { return items_.empty(); }
  [[nodiscard]] std::size_t size() const { return items_.size(); }
  [[nodiscard]] const std::vector<Diagnostic>& items() const { return items_; }

 private:
  std::vector<Diagnostic> items_;
};

}  // namespace syncwright
