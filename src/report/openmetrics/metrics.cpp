#include "report/openmetrics/metrics.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "syncwright/report/escape.h"

namespace syncwright::report::openmetrics {

namespace {

constexpr std::array kFamilies{
    Family{"status", "job_state", "", "Whether the provisioning job is in this state."},
    Family{"status", "job_last_cycle_success", "",
           "Whether the last cycle of the job succeeded; entries that failed do not count."},
    Family{"status", "job_last_cycle_start_timestamp", "seconds",
           "When the last cycle of the job began, since 1970."},
    Family{"status", "job_last_cycle_end_timestamp", "seconds",
           "When the last cycle of the job ended, since 1970."},
    Family{"status", "job_last_cycle_objects", "",
           "Objects of the last cycle: entitled, imported, exported, or failed."},
    Family{"status", "job_synchronized_objects", "", "Objects that the job keeps in step."},
    Family{"status", "job_quarantine_age", "seconds",
           "How long the job has been in quarantine when the file was written; Microsoft disables "
           "it after 28 days."},
    Family{"status", "status_read_complete", "", "Whether every application could be read."},
    Family{"status", "status_timestamp", "seconds", "When the tenant was read, since 1970."},
    Family{"drift", "drift_differences", "",
           "Differences between the application and its manifest."},
    Family{"drift", "drift_differences_by_cause", "",
           "Differences by what changed since the last apply."},
    Family{"drift", "drift_job_unhealthy", "",
           "A finding about the health of a job; 1 where it counts as drift."},
    Family{"drift", "drift_orphans", "", "Applications of the project that no manifest names."},
    Family{"drift", "drift_outside_edits", "",
           "Edits by others outside what the manifests manage; absent where the log was not read."},
    Family{"drift", "drift_read_complete", "",
           "Whether all manifests were compared with what the tenant has."},
    Family{"drift", "drift_timestamp", "seconds", "When the tenant was read, since 1970."},
};

/// A text between quotes: quotes, backslashes and line feeds are escaped, and escape_terminal()
/// leaves no other control character and nothing that is not UTF-8.
std::string label_value(std::string_view foreign) {
  std::string escaped;
  for (const char character : escape_terminal(foreign)) {
    if (character == '"' || character == '\\') escaped += '\\';
    escaped += character;
  }
  return escaped;
}

std::string label(std::string_view name, std::string_view value) {
  return fmt::format("{}=\"{}\"", name, label_value(value));
}

std::string head_of(const Family& family) {
  const std::string name = full_name(family);
  std::string head = fmt::format("# HELP {} {}\n# TYPE {} gauge\n", name, family.help, name);
  if (!family.unit.empty()) head += fmt::format("# UNIT {} {}\n", name, family.unit);
  return head;
}

}  // namespace

std::span<const Family> metric_families() {
  return kFamilies;
}

std::string full_name(const Family& family) {
  return fmt::format("syncwright_{}{}{}", family.name, family.unit.empty() ? "" : "_", family.unit);
}

std::int64_t seconds_of(Instant instant) {
  return std::chrono::floor<std::chrono::seconds>(instant).time_since_epoch().count();
}

Exposition::Exposition(std::string project, std::string environment)
    : common_labels_(label("project", project) + "," + label("environment", environment)),
      samples_(kFamilies.size()) {}

void Exposition::add(std::string_view name, const Labels& labels, std::int64_t value) {
  const auto* const family = std::find_if(kFamilies.begin(), kFamilies.end(),
                                          [name](const Family& each) { return each.name == name; });
  std::string sample = full_name(*family) + "{" + common_labels_;
  for (const auto& [key, text] : labels) sample += "," + label(key, text);
  if (!series_.insert(sample).second) return;
  samples_[static_cast<std::size_t>(family - kFamilies.begin())].push_back(
      fmt::format("{}}} {}\n", sample, value));
}

std::string Exposition::text() const {
  std::string text;
  for (std::size_t i = 0; i < kFamilies.size(); ++i) {
    if (samples_[i].empty()) continue;
    text += head_of(kFamilies[i]);
    for (const std::string& sample : samples_[i]) text += sample;
  }
  return text + "# EOF\n";
}

}  // namespace syncwright::report::openmetrics
