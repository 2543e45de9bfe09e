#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "report/html/markup.h"
#include "report/html/sections.h"

namespace syncwright::report::html {
namespace {

// Three columns: what is read, what becomes of it, what is written. Each mapping is one row, in the
// order of the table, so that eye and ear find the same thing at the same place; a source stands at
// the height of the rows that read it, as far as its neighbours leave room, which keeps most lines
// straight. Positions are whole numbers of the picture's own units: equal input, equal bytes.

constexpr int kRowHeight = 34;
constexpr int kTop = 6;
constexpr int kBoxHeight = 24;
constexpr int kSourceEnd = 232;
constexpr int kMiddleBegin = 316;
constexpr int kMiddleWidth = 316;
constexpr int kTargetBegin = 716;
constexpr int kWidth = 960;

struct Box {
  int x;
  int middle;  ///< its height
  int width;
};

std::string box(const Box& at, std::string_view css_class, const std::string& label) {
  return fmt::format(
      "<rect class=\"box {}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"6\"/>"
      "<text x=\"{}\" y=\"{}\">{}</text>",
      css_class, at.x, at.middle - kBoxHeight / 2, at.width, kBoxHeight, at.x + 10, at.middle + 4,
      label);
}

std::string line(int from_x, int from_y, int to_x, int to_y) {
  const int bend = (to_x - from_x) / 2;
  return fmt::format("<path d=\"M{} {}C{} {} {} {} {} {}\"/>", from_x, from_y, from_x + bend,
                     from_y, to_x - bend, to_y, to_x, to_y);
}

const PageFlow& flow_of(const PageMapping& mapping) {
  static const PageFlow nothing;
  if (mapping.after) return *mapping.after;
  return mapping.before ? *mapping.before : nothing;
}

int row_middle(std::size_t row) {
  return kTop + kRowHeight / 2 + static_cast<int>(row) * kRowHeight;
}

/// The attributes that are read, each with its height.
class Sources {
 public:
  explicit Sources(const std::vector<PageMapping>& mappings) {
    std::map<std::string, std::vector<int>> read_at;
    for (std::size_t row = 0; row < mappings.size(); ++row) {
      for (const std::string& source : flow_of(mappings[row]).sources) {
        if (!read_at.contains(source)) names_.push_back(source);
        read_at[source].push_back(row_middle(row));
      }
    }
    const auto wanted = [&](const std::string& name) {
      const std::vector<int>& rows = read_at.at(name);
      return std::accumulate(rows.begin(), rows.end(), 0) / static_cast<int>(rows.size());
    };
    std::stable_sort(names_.begin(), names_.end(), [&](const auto& left, const auto& right) {
      return wanted(left) < wanted(right);
    });
    int free = row_middle(0);
    for (const std::string& name : names_) {
      middles_.push_back(std::max(free, wanted(name)));
      free = middles_.back() + kRowHeight;
    }
    // Where the last ones were pushed below the last row, they go up again as far as there is room.
    int limit = std::max(row_middle(std::max(mappings.size(), names_.size()) - 1), row_middle(0));
    for (std::size_t i = middles_.size(); i-- > 0;) {
      middles_[i] = std::min(middles_[i], limit);
      limit = middles_[i] - kRowHeight;
    }
  }

  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
  [[nodiscard]] int middle(std::size_t place) const { return middles_[place]; }
  [[nodiscard]] std::size_t place_of(const std::string& name) const {
    return static_cast<std::size_t>(std::find(names_.begin(), names_.end(), name) - names_.begin());
  }

 private:
  std::vector<std::string> names_;
  std::vector<int> middles_;
};

std::string middle_label(const PageFlow& flow) {
  switch (flow.kind) {
    case PageFlow::Kind::direct:
      return "direct";
    case PageFlow::Kind::expression:
      return short_text(flow.expression, 40);
    case PageFlow::Kind::constant:
      return short_text("constant " + flow.expression, 40);
    case PageFlow::Kind::none:
      return "default value only";
    case PageFlow::Kind::unmanaged:
      return "as it is in the tenant";
  }
  return {};
}

/// The whole row in words: "userName from mail, through ToLower([mail])".
std::string spoken(const PageMapping& mapping) {
  const PageFlow& flow = flow_of(mapping);
  std::string words = mapping.target;
  if (flow.kind == PageFlow::Kind::constant) return words + ", constant " + flow.expression;
  if (!flow.sources.empty()) {
    words += fmt::format(" from {}", fmt::join(flow.sources, " and "));
  }
  if (flow.kind == PageFlow::Kind::expression) words += ", through " + flow.expression;
  return words;
}

std::string_view change_class(const PageMapping& mapping) {
  if (!mapping.changed) return "";
  if (!mapping.after) return " goes";
  return mapping.before ? " differs" : " comes";
}

std::string row_group(const PageMapping& mapping, std::size_t row, const Sources& sources) {
  const PageFlow& flow = flow_of(mapping);
  const int middle = row_middle(row);
  std::string lines;
  std::vector<std::size_t> read;
  for (const std::string& source : flow.sources) {
    read.push_back(sources.place_of(source));
    lines += line(kSourceEnd, sources.middle(read.back()), kMiddleBegin, middle);
  }
  lines += line(kMiddleBegin + kMiddleWidth, middle, kTargetBegin, middle);
  const std::string_view shape = flow.kind == PageFlow::Kind::expression ? "formula" : "plain";
  return fmt::format(
      "<g class=\"flow{}\" role=\"img\" tabindex=\"{}\" aria-label=\"{}\" data-row=\"{}\" "
      "data-reads=\"{}\">{}{}{}</g>\n",
      change_class(mapping), row == 0 ? 0 : -1, text(spoken(mapping)), row, fmt::join(read, " "),
      lines, box({kMiddleBegin, middle, kMiddleWidth}, shape, middle_label(flow)),
      box({kTargetBegin, middle, kWidth - kTargetBegin}, "end", short_text(mapping.target, 29)));
}

}  // namespace

std::string flow_picture(const PageObjectMapping& mapping) {
  if (mapping.mappings.empty()) return {};
  const Sources sources(mapping.mappings);
  const int height = 2 * kTop + kRowHeight * static_cast<int>(std::max(mapping.mappings.size(),
                                                                       sources.names().size()));
  std::string drawing;
  for (std::size_t row = 0; row < mapping.mappings.size(); ++row) {
    drawing += row_group(mapping.mappings[row], row, sources);
  }
  for (std::size_t place = 0; place < sources.names().size(); ++place) {
    drawing += fmt::format(
        "<g class=\"source\" data-source=\"{}\">{}</g>\n", place,
        box({0, sources.middle(place), kSourceEnd}, "end", short_text(sources.names()[place], 28)));
  }
  return fmt::format(
      "<figure class=\"flows\"><figcaption>What flows where: attributes that are read, what "
      "becomes "
      "of them, attributes that are written</figcaption>\n<div class=\"scroll\"><svg viewBox=\"0 0 "
      "{} {}\" role=\"group\" aria-label=\"Flow of {}; arrow keys walk through it\">\n{}</svg>"
      "</div></figure>\n",
      kWidth, height, text(title_of(mapping)), drawing);
}

}  // namespace syncwright::report::html
