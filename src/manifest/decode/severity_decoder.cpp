#include "manifest/decode/severity_decoder.h"

#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

#include "manifest/decode/keys.h"
#include "manifest/decode/scalar_fields.h"
#include "manifest/yaml/text_check.h"
#include "syncwright/core/suggestion.h"

namespace syncwright {
namespace {

void report_unknown(const Field& entry) {
  std::vector<std::string> codes;
  for (const CatalogEntry& known : diagnostic_catalog()) codes.emplace_back(known.code);
  const std::string hint = did_you_mean(entry.name(), codes);
  entry.report_key("SW2028", fmt::format("{} is no code of a diagnostic", shown(entry.name())),
                   hint.empty() ? "syncwright explain lists them" : hint);
}

}  // namespace

std::optional<Severities> as_severities(const Field& field) {
  if (!field.expect_mapping()) return std::nullopt;
  Severities severities;
  for (const Field& entry : Keys(field).all()) {
    const auto level = as_word<Severity>({{"error", Severity::error},
                                          {"warning", Severity::warning},
                                          {"note", Severity::note}})(entry);
    const CatalogEntry* known = find_catalog_entry(entry.name());
    if (known == nullptr) {
      report_unknown(entry);
    } else if (level && *level != Severity::error && !may_be_lowered(*known)) {
      entry.report("SW2028", fmt::format("{} stays an error", known->code),
                   fmt::format("syncwright explain {} tells how to mend it", known->code));
    } else if (level) {
      severities.emplace(entry.name(), *level);
    }
  }
  return severities;
}

}  // namespace syncwright
