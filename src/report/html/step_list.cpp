#include <fmt/format.h>

#include "report/html/markup.h"
#include "report/html/page_state.h"
#include "report/html/sections.h"

namespace syncwright::report::html {
namespace {

std::string field_value(std::string_view css_class, const std::string& value) {
  return value.empty() ? fmt::format("<span class=\"{} none\">(none)</span>", css_class)
                       : fmt::format("<code class=\"{}\">{}</code>", css_class, text(value));
}

std::string field_list(const std::vector<PageField>& fields) {
  std::string lines;
  for (const PageField& field : fields) {
    lines += fmt::format(
        "<div><dt><code>{}</code></dt><dd>{} <span class=\"arrow\">→</span> {}</dd>"
        "</div>\n",
        text(field.name), field_value("old", field.before), field_value("new", field.after));
  }
  return element("dl", "fields", lines);
}

std::string_view tone_of_step(const PageStep& step) {
  if (step.state != PageStep::State::planned) return words_of(step.state).tone;
  return step.sign == '+' ? "good" : step.sign == '-' ? "bad" : step.sign == '~' ? "warn" : "note";
}

std::string step_item(const PageStep& step) {
  std::string marks;
  if (step.state != PageStep::State::planned) {
    marks += element("span", fmt::format("mark {}", words_of(step.state).tone),
                     words_of(step.state).label);
  }
  if (!step.risk.empty()) marks += element("span", "mark bad", "may " + text(step.risk));
  marks += element("span", "mark note", text(step.cause));
  std::string words = element("p", "faint", text(step.reason));
  words += element("p", "outcome", text(step.outcome));
  words += element("p", "advice", text(step.advice));
  return fmt::format(
      "<li class=\"{}\"><p class=\"step\"><b>{}</b> {}<span "
      "class=\"place\">{}</span></p>{}{}</li>\n",
      tone_of_step(step), text(step.title), marks, text(step.place), words,
      field_list(step.fields));
}

}  // namespace

std::string step_list(const std::vector<PageStep>& steps) {
  std::string items;
  for (const PageStep& step : steps) items += step_item(step);
  return element("ol", "steps", items);
}

}  // namespace syncwright::report::html
