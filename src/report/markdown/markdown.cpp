#include "report/markdown/markdown.h"

#include <fmt/format.h>

#include "syncwright/report/escape.h"

namespace syncwright::markdown {

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

}  // namespace syncwright::markdown
