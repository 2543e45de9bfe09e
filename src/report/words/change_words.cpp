#include "report/words/change_words.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/words/value_words.h"
#include "syncwright/core/text.h"
#include "syncwright/plan/risk.h"
#include "syncwright/report/escape.h"

namespace syncwright::report {

namespace {

/// By name, else "with id": a principal that was deleted has no name.
std::string principal_words(const plan::AssignmentPayload& assigned, const Json& name) {
  const std::string noun = noun_of(assigned.principal_type);
  if (name.is_string() && name.get_ref<const std::string&>().empty()) {
    return noun + " with id " + escape_terminal(assigned.principal_id);
  }
  const bool is_id = name.is_string() && is_guid(name.get_ref<const std::string&>());
  return noun + (is_id ? " with id " : " ") + value_words(name);
}

std::string role_words(const plan::Change& change, const Json& role) {
  if (is_column_value(role)) return value_words(role);
  if (role.is_string()) {
    const bool is_id = is_guid(role.get_ref<const std::string&>());
    return (is_id ? "role with id " : "") + value_words(role);
  }
  return change.provisional ? "its default role" : "default access";
}

struct AccessWords {
  std::string who;  ///< "group Sales"
  std::string role = "default access";
};

AccessWords access_words(const plan::Change& change) {
  AccessWords words;
  for (const schema::FieldChange& field : change.fields) {
    const Json value = field.after.is_null() ? field.before : field.after;
    if (field.path == "principal") words.who = principal_words(*change.assignment(), value);
    if (field.path == "role") words.role = role_words(change, value);
  }
  return words;
}

}  // namespace

bool is_assignment(const plan::Change& change) {
  return change.assignment() != nullptr;
}

std::string noun_of(const std::string& principal_type) {
  return principal_type == "servicePrincipal" ? "service principal"
                                              : escape_terminal(principal_type);
}

std::string title_of(const plan::Change& change) {
  std::string title = fmt::format(fmt::runtime(plan::traits_of(change.type).title),
                                  fmt::arg("job", escape_terminal(change.job.text())));
  if (!is_assignment(change)) return title;
  const AccessWords access = access_words(change);
  return fmt::format("{} {} as {}", title, access.who, access.role);
}

std::string difference_words(const plan::Change& change) {
  const AccessWords access = is_assignment(change) ? access_words(change) : AccessWords{};
  return fmt::format(fmt::runtime(plan::traits_of(change.type).difference),
                     fmt::arg("job", escape_terminal(change.job.text())),
                     fmt::arg("who", access.who), fmt::arg("role", access.role));
}

char sign_of(const plan::Change& change) {
  if (change.status != plan::ChangeStatus::planned) return '!';
  return plan::traits_of(change.type).sign;
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

Tone tone_of_sign(char sign) {
  switch (sign) {
    case '!':
    case '-':
      return Tone::bad;
    case '+':
      return Tone::good;
    default:
      return Tone::change;
  }
}

std::string position_of(const SourceRange& range) {
  if (range.file.empty()) return {};
  const std::string file = escape_terminal(range.file.text());
  return range.line > 0 ? fmt::format("{}:{}", file, range.line) : file;
}

std::string places_of(const plan::Change& change) {
  std::string origin = position_of(change.origin);
  if (!change.row) return origin;
  const char* what = change.row->line > 0 ? "row " : "rows of ";
  return (origin.empty() ? "" : origin + ", ") + what + position_of(*change.row);
}

std::string sent_words(const plan::Change& change) {
  const plan::SentKeysPayload* sends = change.sent_keys();
  if (sends == nullptr) return {};
  std::string keys;
  for (const plan::SentKey& sent : sends->keys) {
    if (sent.how != plan::SentKey::How::unchanged) continue;
    if (!keys.empty()) keys += ", ";
    keys += escape_terminal(sent.key);
  }
  return keys.empty() ? keys : "sent as well, unchanged: " + keys;
}

std::string effect_words(const plan::Change& change) {
  const std::optional<plan::DeletionWords>& deletion = plan::traits_of(change.type).deletion;
  if (!deletion || change.status != plan::ChangeStatus::planned) return {};
  return std::string(deletion->effect);
}

std::string in_brackets(const std::string& text) {
  return text.empty() ? text : "(" + text + ")";
}

std::string place_of(const plan::Plan& plan) {
  std::string text = escape_terminal(plan.project);
  if (!plan.environment.empty()) text += "/" + escape_terminal(plan.environment);
  return text + " in tenant " +
         (plan.tenant_id.empty() ? "(not known)" : escape_terminal(plan.tenant_id));
}

std::string guards_advice(const std::vector<plan::GuardVerdict>& guards) {
  std::string advice = "apply refuses the plan until each is let through";
  std::vector<std::string_view> risks;
  bool is_risk = false;
  for (const plan::RiskWords& words : plan::risk_words()) {
    risks.emplace_back(words.name);
    is_risk |= std::any_of(guards.begin(), guards.end(),
                           [&](const auto& verdict) { return verdict.guard == words.guard; });
  }
  if (!is_risk) return advice;
  return fmt::format("{}; a yes at its question, or a saved plan, lets {} through", advice,
                     fmt::join(risks, " and "));
}

std::string summary_of(const plan::Plan& plan) {
  const plan::PlanSummary& summary = plan.summary;
  std::string text =
      fmt::format("Plan: {} to create, {} to update", summary.create, summary.update);
  if (summary.deleted > 0) text += fmt::format(", {} to delete", summary.deleted);
  text += fmt::format(", {} unchanged", summary.unchanged);
  if (summary.orphaned > 0) text += fmt::format(", {} orphaned", summary.orphaned);
  text += fmt::format(". {}", count_words(plan.changes.size(), "change"));
  const auto number_of = [&plan](plan::ChangeStatus status) {
    return std::count_if(plan.changes.begin(), plan.changes.end(),
                         [status](const plan::Change& change) { return change.status == status; });
  };
  for (const plan::RiskWords& words : plan::risk_words()) {
    const auto risky =
        std::count_if(plan.changes.begin(), plan.changes.end(), [&](const plan::Change& change) {
          return change.status == plan::ChangeStatus::planned && change.risks.contains(words.risk);
        });
    if (risky > 0) text += fmt::format(", {} of them with risk {}", risky, words.name);
  }
  const auto held = number_of(plan::ChangeStatus::held);
  const auto refused = number_of(plan::ChangeStatus::blocked);
  if (held > 0) text += fmt::format(", {} of them held until a person decides", held);
  if (refused > 0) text += fmt::format(", {} of them refused: apply would write nothing", refused);
  return text + ".";
}

std::string unchanged_words(const plan::Plan& plan) {
  if (!plan.complete) return "No changes in what was looked at.";
  std::vector<std::string> others;
  if (!plan.orphans.empty()) others.push_back(count_words(plan.orphans.size(), "orphan"));
  const auto surplus = static_cast<std::size_t>(std::count_if(
      plan.health.begin(), plan.health.end(),
      [](const plan::Health& health) { return health.state == plan::HealthState::surplus; }));
  if (surplus > 0) others.push_back(count_words(surplus, "surplus job"));
  return fmt::format("No changes. The tenant is as the manifests say{}{}.",
                     others.empty() ? "" : ", but for ", fmt::join(others, " and "));
}

}  // namespace syncwright::report
