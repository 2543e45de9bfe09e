#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "report/html/markup.h"
#include "report/html/page_state.h"
#include "report/html/sections.h"
#include "syncwright/core/text.h"
#include "syncwright/plan/change_type.h"

namespace syncwright::report::html {
namespace {

// Time runs from left to right. Applications know nothing of each other, so that each has a lane of
// its own; within a lane one step is done before the next begins (plan/change_type.cpp draws the
// order of the columns).

constexpr std::size_t kMostLanes = 24;
constexpr int kLaneHeight = 36;
constexpr int kHead = 46;
constexpr int kNamesWidth = 232;
constexpr int kPictureWidth = 960;
constexpr int kWidestColumn = 128;

/// The types that occur, in the order in which they run.
std::vector<std::string> columns_of(const std::vector<const PageApplication*>& applications) {
  std::vector<std::string> columns;
  for (const plan::ChangeTraits& traits : plan::change_types()) {
    const auto has_it = [&traits](const PageApplication* application) {
      return std::any_of(application->steps.begin(), application->steps.end(),
                         [&traits](const PageStep& step) { return step.type == traits.name; });
    };
    if (std::any_of(applications.begin(), applications.end(), has_it)) {
      columns.emplace_back(traits.name);
    }
  }
  return columns;
}

int column_middle(std::size_t column, std::size_t columns) {
  const int width =
      std::min(kWidestColumn, (kPictureWidth - kNamesWidth) / static_cast<int>(columns));
  return kNamesWidth + width * static_cast<int>(column) + width / 2;
}

/// "schema.put" on two lines.
std::string heading(const std::string& type, int middle) {
  const std::size_t dot = type.find('.');
  return fmt::format(
      "<text class=\"head\" x=\"{0}\" y=\"14\">{1}</text><text class=\"head\" "
      "x=\"{0}\" y=\"29\">{2}</text>\n",
      middle, text(type.substr(0, dot)), text(type.substr(dot + 1)));
}

std::string_view tone_of(const PageStep& step) {
  if (step.state != PageStep::State::planned) return words_of(step.state).tone;
  switch (step.sign) {
    case '+':
      return "good";
    case '-':
      return "bad";
    case '~':
      return "warn";
    default:
      return "note";
  }
}

std::string_view sign_text(char sign) {
  switch (sign) {
    case '>':
      return "▸";
    case '-':
      return "–";
    case '!':
      return "!";
    case '+':
      return "+";
    default:
      return "~";
  }
}

/// Steps of one type in one lane: a sign, or how many they are.
std::string stop(const std::vector<const PageStep*>& steps, int x, int y) {
  const PageStep& worst = **std::max_element(
      steps.begin(), steps.end(), [](const PageStep* left, const PageStep* right) {
        return (tone_of(*left) != "bad") && (tone_of(*right) == "bad");
      });
  std::string titles;
  for (const PageStep* step : steps) {
    if (!titles.empty()) titles += "; ";
    titles += step->title;
  }
  const std::string label =
      steps.size() > 1 ? std::to_string(steps.size()) : std::string(sign_text(worst.sign));
  return fmt::format(
      "<g class=\"stop {}\"><title>{}</title><circle cx=\"{}\" cy=\"{}\" r=\"11\"/><text x=\"{}\" "
      "y=\"{}\">{}</text></g>",
      tone_of(worst), short_text(titles, 300), x, y, x, y + 4, label);
}

std::string lane(const PageApplication& application, std::size_t place,
                 const std::vector<std::string>& columns) {
  const int y = kHead + kLaneHeight / 2 + kLaneHeight * static_cast<int>(place);
  std::string stops;
  int first = kPictureWidth;
  int last = 0;
  for (std::size_t column = 0; column < columns.size(); ++column) {
    std::vector<const PageStep*> steps;
    for (const PageStep& step : application.steps) {
      if (step.type == columns[column]) steps.push_back(&step);
    }
    if (steps.empty()) continue;
    const int x = column_middle(column, columns.size());
    first = std::min(first, x);
    last = std::max(last, x);
    stops += stop(steps, x, y);
  }
  return fmt::format(
      "<text class=\"name\" x=\"0\" y=\"{}\">{}</text><path class=\"rail\" "
      "d=\"M{} {}H{}\"/>{}\n",
      y + 4, short_text(application.name, 28), first, y, last, stops);
}

}  // namespace

std::string plan_picture(const std::vector<const PageApplication*>& applications) {
  std::vector<const PageApplication*> moving;
  std::copy_if(applications.begin(), applications.end(), std::back_inserter(moving),
               [](const PageApplication* application) { return !application->steps.empty(); });
  if (moving.empty()) return {};
  const std::vector<std::string> columns = columns_of(moving);
  const std::size_t shown = std::min(moving.size(), kMostLanes);
  std::string drawing;
  for (std::size_t column = 0; column < columns.size(); ++column) {
    drawing += heading(columns[column], column_middle(column, columns.size()));
  }
  for (std::size_t i = 0; i < shown; ++i) drawing += lane(*moving[i], i, columns);
  const std::size_t left_out = moving.size() - shown;
  return fmt::format(
      "<section class=\"panel\"><h2>Order of the plan</h2>\n<p class=\"faint\">From left to right "
      "within an application; applications do not wait for each other.{}</p>\n<div "
      "class=\"scroll\" "
      "role=\"region\" tabindex=\"0\" aria-label=\"Order of the plan\"><svg class=\"plan\" "
      "viewBox=\"0 0 {} {}\" role=\"group\" aria-label=\"Steps of "
      "{}\">\n{}</svg></div></section>\n",
      left_out == 0 ? ""
                    : fmt::format(" The first {} of {} are drawn; every card lists its own.", shown,
                                  moving.size()),
      kPictureWidth, kHead + kLaneHeight * static_cast<int>(shown) + 6,
      count_words(moving.size(), "application"), drawing);
}

}  // namespace syncwright::report::html
