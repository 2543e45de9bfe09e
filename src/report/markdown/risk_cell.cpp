#include "report/markdown/risk_cell.h"

#include <fmt/format.h>

#include "report/markdown/markdown.h"
#include "report/words/change_words.h"
#include "report/words/value_words.h"
#include "syncwright/plan/risk.h"

namespace syncwright::markdown {

namespace {

constexpr std::size_t kMostRiskyFields = 8;
constexpr std::size_t kLongestRiskyValue = 300;  ///< bytes

bool is_inside_character(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

std::string beginning_of(std::string words) {
  if (words.size() <= kLongestRiskyValue) return words;
  std::size_t end = kLongestRiskyValue;
  while (end > 0 && is_inside_character(words[end])) --end;
  words.resize(end);
  return words + "…";
}

std::string transition_of(const FieldChange& field) {
  return fmt::format("{}: {} → {}", beginning_of(value_words(Json(field.path))),
                     beginning_of(value_words(field.before)),
                     beginning_of(value_words(field.after)));
}

}  // namespace

std::string risk_cell(const Change& change) {
  if (change.risks.empty()) return {};
  std::string lines = fmt::format("<br>**risk: {}**", to_string(change.risks));
  std::size_t risky = 0;
  for (const FieldChange& field : change.fields) {
    if (risks_of(change.type, field).empty() || ++risky > kMostRiskyFields) continue;
    lines += "<br>" + code(transition_of(field));
  }
  if (risky > kMostRiskyFields) {
    lines += fmt::format("<br>and {} below", counted(risky - kMostRiskyFields, "more value"));
  }
  return lines;
}

}  // namespace syncwright::markdown
