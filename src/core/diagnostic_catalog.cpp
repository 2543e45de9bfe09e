#include "syncwright/core/diagnostic_catalog.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "core/diagnostic_page.h"
#include "syncwright/core/file.h"

namespace syncwright {

std::span<const EmbeddedFile> embedded_diagnostic_pages();

namespace {

/// SWnnnn.md names the code.
std::string_view code_of(const EmbeddedFile& page) {
  constexpr std::size_t length = 6;
  return page.name.substr(0, length);
}

const std::vector<DiagnosticPage>& pages() {
  static const std::vector<DiagnosticPage> all = [] {
    std::vector<DiagnosticPage> read;
    for (const EmbeddedFile& file : embedded_diagnostic_pages()) {
      read.push_back(read_diagnostic_page(file.content));
    }
    return read;
  }();
  return all;
}

}  // namespace

std::span<const CatalogEntry> diagnostic_catalog() {
  static const std::vector<CatalogEntry> catalog = [] {
    std::vector<CatalogEntry> all;
    for (std::size_t i = 0; i < pages().size(); ++i) {
      const DiagnosticPage& page = pages()[i];
      all.push_back(
          {code_of(embedded_diagnostic_pages()[i]), page.severity, page.title, page.text});
    }
    return all;
  }();
  return catalog;
}

const CatalogEntry* find_catalog_entry(std::string_view code) {
  const std::span<const CatalogEntry> catalog = diagnostic_catalog();
  const auto found = std::lower_bound(
      catalog.begin(), catalog.end(), code,
      [](const CatalogEntry& entry, std::string_view wanted) { return entry.code < wanted; });
  return found != catalog.end() && found->code == code ? &*found : nullptr;
}

const CatalogEntry& catalog_entry(Code code) {
  return diagnostic_catalog()[static_cast<std::size_t>(code) - 1];
}

std::string_view to_string(Code code) {
  if (code == Code::none) return {};
  // No page is read for its name alone: most runs find no fault.
  return code_of(embedded_diagnostic_pages()[static_cast<std::size_t>(code) - 1]);
}

std::optional<Code> find_code(std::string_view text) {
  if (text.empty()) return Code::none;
  const CatalogEntry* entry = find_catalog_entry(text);
  if (entry == nullptr) return std::nullopt;
  return static_cast<Code>(entry - diagnostic_catalog().data() + 1);
}

void to_json(nlohmann::json& json, Code code) {
  json = std::string(to_string(code));
}

bool may_be_lowered(const CatalogEntry& entry) {
  return entry.severity != Severity::error || entry.code.starts_with("SW31") ||
         entry.code.starts_with("SW32");
}

Diagnostics with_severities(Diagnostics diagnostics, const Severities& severities) {
  if (severities.empty()) return diagnostics;
  Diagnostics changed;
  for (Diagnostic diagnostic : diagnostics.items()) {
    const auto found = severities.find(to_string(diagnostic.code));
    if (found != severities.end()) diagnostic.severity = found->second;
    changed.add(std::move(diagnostic));
  }
  return changed;
}

}  // namespace syncwright
