#include "manifest/decode/job_kind.h"

#include <algorithm>
#include <string>

namespace syncwright {
namespace {

/// Small letters and digits alone: "API-driven" and "API driven" are one.
std::string condensed(std::string_view name) {
  std::string text;
  for (const char c : name) {
    if (c >= 'A' && c <= 'Z') text += static_cast<char>(c - 'A' + 'a');
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) text += c;
  }
  return text;
}

bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

bool comes_from_hr(const std::string& name) {
  const bool hr = holds(name, "workday") || holds(name, "successfactors") ||
                  name.starts_with("api2") || holds(name, "apidriven");
  return hr && !holds(name, "writeback");
}

bool names_active_directory(const std::string& name) {
  return holds(name, "activedirectory") && !holds(name, "azureactivedirectory");
}

}  // namespace

JobKind job_kind(std::string_view gallery, std::string_view template_id) {
  const std::string application = condensed(gallery);
  const std::string job = condensed(template_id);
  JobKind kind;
  kind.cloud_sync = job.starts_with("ad2aad") || job.starts_with("aad2ad");
  kind.hr_inbound = !kind.cloud_sync && (comes_from_hr(application) || comes_from_hr(job));
  kind.to_active_directory =
      job.starts_with("aad2ad") ||
      (kind.hr_inbound &&
       (names_active_directory(application) || names_active_directory(job) || holds(job, "2ad")));
  return kind;
}

}  // namespace syncwright
