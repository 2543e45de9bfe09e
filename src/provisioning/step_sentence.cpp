#include "provisioning/step_sentence.h"

#include <fmt/format.h>

namespace syncwright::provisioning {
namespace {

std::string quote_text(const std::string& text) {
  return fmt::format("'{}'", text);
}

std::string bracket_list(const expression::MultiValue& list) {
  std::string text = "[";
  for (const std::string& element : list) {
    if (text.size() > 1) text += ", ";
    text += quote_text(element);
  }
  return text + "]";
}

/// ", was 'Clerk'" where the target held another value.
std::string previous(const AttributeFlow& flow, const FlowResult& result) {
  if (expression::is_null(result.before)) return {};
  return ", was " + display_text(flow, result.before);
}

}  // namespace

const std::string& name_of(const DirectoryObject& object) {
  return object.name.empty() ? object.id : object.name;
}

std::string quoted_value(const expression::Value& value) {
  if (expression::is_null(value)) return "null";
  if (const auto* list = std::get_if<expression::MultiValue>(&value)) return bracket_list(*list);
  return quote_text(expression::to_text(value));
}

std::string display_text(const AttributeFlow& flow, const expression::Value& value) {
  return flow.is_redacted && !expression::is_null(value) ? kRedacted : quoted_value(value);
}

std::string sentence(const ClauseVerdict& clause) {
  std::string text = fmt::format("clause {} {}", clause.attribute, clause.operator_name);
  if (!clause.values.empty()) text += fmt::format(" {}", fmt::join(clause.values, " or "));
  text += fmt::format(" was {}, value was {}", clause.holds, quoted_value(clause.found));
  if (!clause.problem.empty()) text += fmt::format(" ({})", clause.problem);
  return text;
}

std::string failed_clauses(const FilterVerdict& verdict) {
  std::string text;
  for (const ClauseVerdict& clause : verdict.clauses) {
    if (clause.holds) continue;
    if (!text.empty()) text += "; ";
    text += sentence(clause);
  }
  return text;
}

std::string sentence(const AttributeFlow& flow, const expression::Doubt& doubt) {
  return fmt::format("{}: {}: {}", flow.target_attribute_name, doubt.message, doubt.failure);
}

std::string sentence(const AttributeFlow& flow, const FlowResult& result) {
  std::string head = fmt::format("{} <- {}: ", flow.target_attribute_name,
                                 flow.source ? flow.expression : "(no source)");
  const char* word = to_string(result.disposition);
  switch (result.disposition) {
    case Disposition::flowed:
    case Disposition::default_value:
      return fmt::format("{}{} ({}{})", head, display_text(flow, result.after), word,
                         previous(flow, result));
    case Disposition::unchanged:
      return fmt::format("{}{} ({})", head, display_text(flow, result.after), word);
    case Disposition::null_not_flowed:
      return fmt::format("{}null ({})", head, word);
    case Disposition::creation_only:
    case Disposition::target_has_value:
      return fmt::format("{}{} kept ({})", head, display_text(flow, result.before), word);
    case Disposition::ignored:
      return head + word;
    case Disposition::failed:
      // The message may quote what the function was given.
      return fmt::format("{}{}: {}", head, word, flow.is_redacted ? kRedacted : result.message);
  }
  return head;
}

}  // namespace syncwright::provisioning
