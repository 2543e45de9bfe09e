#include "report/markdown/markdown.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/words/change_words.h"
#include "syncwright/core/text.h"
#include "syncwright/report/escape.h"

namespace syncwright::report::markdown {

namespace {

constexpr std::size_t kReserve = 500;  ///< bytes, for the sentence about what is left out

}  // namespace

std::string text(std::string_view foreign) {
  constexpr std::string_view meaning = "\\`*_{}[]()<>#+!|~@&:";
  std::string quoted;
  for (const char character : escape_terminal(foreign)) {
    if (meaning.find(character) == std::string_view::npos) {
      quoted += character;
    } else {
      quoted += fmt::format("&#{};", static_cast<int>(character));
    }
  }
  return quoted;
}

std::string code(std::string_view foreign) {
  const std::string plain = escape_terminal(foreign);
  const bool simple = !plain.empty() && plain.find_first_of("`|\\") == std::string::npos &&
                      plain.front() != ' ' && plain.back() != ' ';
  return simple ? "`" + plain + "`" : text(foreign);
}

std::string row(const std::vector<std::string>& cells) {
  return fmt::format("| {} |\n", fmt::join(cells, " | "));
}

std::string heading_row(const std::vector<std::string>& cells) {
  std::string line = "|";
  for (std::size_t i = 0; i < cells.size(); ++i) line += "---|";
  return row(cells) + line + "\n";
}

bool Comment::fits(std::size_t bytes) const {
  return text_.size() + bytes + reserved_ + kReserve <= limit_;
}

void Comment::leave_out(const LeftOut& left_out) {
  for (const auto& [what, count] : left_out) {
    const auto known =
        std::find_if(left_out_.begin(), left_out_.end(),
                     [&name = what](const auto& entry) { return entry.first == name; });
    if (known == left_out_.end()) {
      left_out_.emplace_back(what, count);
    } else {
      known->second += count;
    }
  }
}

void Comment::add(const std::string& text, std::size_t count, const std::string& what) {
  if (fits(text.size())) {
    text_ += text;
  } else {
    leave_out({{what, count}});
  }
}

void Comment::add_parts(const std::vector<Part>& parts) {
  std::vector<bool> is_told;
  std::size_t owed = 0;
  for (const Part& part : parts) {
    const std::size_t least = part.versions.back().text.size();
    is_told.push_back(fits(owed + least));
    if (is_told.back()) {
      owed += least;
    } else {
      leave_out(part.whole);
    }
  }
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (!is_told[i]) continue;
    const std::vector<Version>& versions = parts[i].versions;
    owed -= versions.back().text.size();
    const auto longest =
        std::find_if(versions.begin(), versions.end() - 1,
                     [&](const Version& version) { return fits(owed + version.text.size()); });
    text_ += longest->text;
    leave_out(longest->left_out);
  }
}

void Comment::add_table(const std::string& head, const std::vector<std::string>& rows,
                        const std::string& what) {
  if (rows.empty()) return;
  std::size_t told = 0;
  for (std::string part = head; told < rows.size(); ++told, part.clear()) {
    part += rows[told];
    if (!fits(part.size())) break;
    text_ += part;
  }
  if (told < rows.size()) leave_out({{what, rows.size() - told}});
}

std::string Comment::take(const std::string& elsewhere) {
  if (!left_out_.empty()) {
    std::string list;
    for (const auto& [what, count] : left_out_) {
      list += (list.empty() ? "" : ", ") + count_words(count, what);
    }
    text_ += fmt::format("\nToo long for one comment, left out: {}. {}\n", list, elsewhere);
  }
  return std::move(text_);
}

}  // namespace syncwright::report::markdown
