#include <fmt/format.h>

#include <algorithm>

#include "report/html/markup.h"
#include "report/html/page_state.h"
#include "report/html/sections.h"

namespace syncwright::report::html {
namespace {

std::size_t count_of(const PageInput& input, PageState state) {
  return static_cast<std::size_t>(
      std::count_if(input.applications.begin(), input.applications.end(),
                    [state](const PageApplication& each) { return each.state == state; }));
}

/// How many applications are in which state: a bar, and the same in figures.
std::string tally(const PageInput& input) {
  if (input.applications.empty()) return {};
  std::string bar;
  std::string figures;
  double begin = 0;
  for (const StateWords& words : kStates) {
    const std::size_t count = count_of(input, words.state);
    if (count == 0) continue;
    const double part =
        100.0 * static_cast<double>(count) / static_cast<double>(input.applications.size());
    bar += fmt::format("<rect class=\"{}\" x=\"{:.2f}%\" width=\"{:.2f}%\" height=\"8\"/>",
                       words.tone, begin, part);
    begin += part;
    figures += fmt::format("<li class=\"{}\"><b>{}</b> {}</li>", words.tone, count, words.label);
  }
  return fmt::format(
      "<div class=\"tally\"><svg width=\"100%\" height=\"8\" aria-hidden=\"true\">{}</svg>\n<ul>{}"
      "</ul></div>\n",
      bar, figures);
}

std::string notice_list(const std::vector<PageNotice>& notices) {
  std::string items;
  for (const PageNotice& notice : notices) {
    items += fmt::format("<li class=\"{}\">{}<div><p>{}</p>{}</div></li>\n",
                         words_of(notice.state).tone, badge(notice.state), text(notice.text),
                         element("p", "advice", text(notice.advice)));
  }
  return element("ul", "notices", items);
}

}  // namespace

std::string verdict(const PageInput& input) {
  return fmt::format(
      "<section class=\"verdict {}\">\n<h1>{}<span>{}</span></h1>\n{}{}<p class=\"reading {}\"><b>"
      "{}</b> {}</p>\n{}</section>\n",
      words_of(input.state).tone, badge(input.state), text(input.verdict),
      element("p", "summary", text(input.summary)), tally(input),
      input.complete ? "whole" : "partial", input.complete ? "Read whole." : "Not read whole.",
      text(input.reading), notice_list(input.notices));
}

}  // namespace syncwright::report::html
