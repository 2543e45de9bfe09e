#include "syncwright/report/validation_text.h"

#include <fmt/format.h>

#include "report/words/change_words.h"

namespace syncwright {

std::string render_verdict(const Validation& validation) {
  if (validation.diagnostics.has_errors()) return {};
  return fmt::format("Valid: {} in {}.\n", counted(validation.applications, "application"),
                     counted(validation.files, "file"));
}

std::string render_validation(const Validation& validation, const Style& style) {
  const Diagnostics& diagnostics = validation.diagnostics;
  if (diagnostics.empty()) return render_verdict(validation);
  return render_diagnostics(diagnostics, validation.source, style) +
         count_diagnostics(diagnostics) + "\n" + render_verdict(validation);
}

Json to_json(const Validation& validation) {
  return {{"valid", !validation.diagnostics.has_errors()},
          {"diagnostics", to_json(validation.diagnostics)}};
}

}  // namespace syncwright
