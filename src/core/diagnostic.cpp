#include "syncwright/core/diagnostic.h"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

#include "syncwright/core/diagnostic_catalog.h"

namespace syncwright {

const char* to_string(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "error";
    case Severity::warning:
      return "warning";
    case Severity::note:
      return "note";
  }
  return "error";
}

void Diagnostics::add(Diagnostic diagnostic) {
  items_.push_back(std::move(diagnostic));
}

void Diagnostics::add(Code code, SourceRange where, std::string message, std::string advice) {
  Diagnostic diagnostic;
  diagnostic.code = code;
  diagnostic.severity = code == Code::none ? Severity::error : catalog_entry(code).severity;
  diagnostic.message = std::move(message);
  diagnostic.advice = std::move(advice);
  diagnostic.where = where;
  items_.push_back(std::move(diagnostic));
}

void Diagnostics::append(Diagnostics other) {
  items_.insert(items_.end(), std::make_move_iterator(other.items_.begin()),
                std::make_move_iterator(other.items_.end()));
}

void Diagnostics::sort() {
  const auto key = [](const Diagnostic& item) {
    return std::tie(item.where.file, item.where.line, item.where.column, item.code);
  };
  std::stable_sort(
      items_.begin(), items_.end(),
      [&key](const Diagnostic& left, const Diagnostic& right) { return key(left) < key(right); });
}

bool Diagnostics::has_errors() const {
  return std::any_of(items_.begin(), items_.end(),
                     [](const Diagnostic& item) { return item.severity == Severity::error; });
}

}  // namespace syncwright
