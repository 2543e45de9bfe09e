#include "change_words.h"

#include <fmt/format.h>

#include "syncwright/report/escape.h"

namespace syncwright {

std::string title_of(ChangeType type, const std::string& job) {
  const std::string key = escape_terminal(job);
  switch (type) {
    case ChangeType::application_instantiate:
      return "create application";
    case ChangeType::application_update:
      return "update application";
    case ChangeType::job_pause:
      return "pause job " + key;
    case ChangeType::job_create:
      return "create job " + key;
    case ChangeType::credentials_validate:
      return "test credentials";
    case ChangeType::credentials_save:
      return "save settings";
    case ChangeType::schema_put:
      return "change schema of job " + key;
    case ChangeType::job_restart:
      return "restart job " + key;
    case ChangeType::job_start:
      return "start job " + key;
  }
  return "";
}

std::string job_of(const std::string& id, const std::string& application) {
  const std::string prefix = application + "/jobs/";
  if (!id.starts_with(prefix)) return {};
  const std::string rest = id.substr(prefix.size());
  return rest.substr(0, rest.find('/'));
}

char sign_of(const Change& change) {
  if (change.status != ChangeStatus::planned) return '!';
  switch (change.type) {
    case ChangeType::application_instantiate:
    case ChangeType::job_create:
      return '+';
    case ChangeType::application_update:
    case ChangeType::credentials_save:
    case ChangeType::schema_put:
      return '~';
    case ChangeType::credentials_validate:
    case ChangeType::job_pause:
    case ChangeType::job_restart:
    case ChangeType::job_start:
      return '>';
  }
  return ' ';
}

Tone tone_of(Severity severity) {
  switch (severity) {
    case Severity::error:
      return Tone::bad;
    case Severity::warning:
      return Tone::change;
    case Severity::note:
      return Tone::faint;
  }
  return Tone::plain;
}

Tone tone_of(const Change& change) {
  switch (sign_of(change)) {
    case '!':
      return Tone::bad;
    case '+':
      return Tone::good;
    default:
      return Tone::change;
  }
}

std::string position_of(const SourceRange& range) {
  if (range.file.empty()) return {};
  const std::string file = escape_terminal(range.file);
  return range.line > 0 ? fmt::format("{}:{}", file, range.line) : file;
}

std::string in_brackets(const std::string& text) {
  return text.empty() ? text : "(" + text + ")";
}

std::string place_of(const Plan& plan) {
  std::string text = escape_terminal(plan.project);
  if (!plan.environment.empty()) text += "/" + escape_terminal(plan.environment);
  return text + " in tenant " +
         (plan.tenant_id.empty() ? "(not known)" : escape_terminal(plan.tenant_id));
}

std::string counted(std::size_t count, const std::string& singular) {
  return fmt::format("{} {}{}", count, singular, count == 1 ? "" : "s");
}

}  // namespace syncwright
