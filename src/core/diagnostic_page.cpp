#include "core/diagnostic_page.h"

#include "syncwright/core/ascii.h"

// One page serves two readers: GitHub shows it as Markdown, and `syncwright explain` prints it in a
// terminal. Only what the two need is read here, line by line: headings, fenced blocks, code spans
// and escapes. Anything else of Markdown would be printed as it stands, and so does not belong in a
// page (tests/arch/diagnostic_pages.py).

namespace syncwright {

namespace {

std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

bool is_escapable(char sign) {
  return sign > ' ' && sign <= '~' && !ascii::is_letter(sign) && !ascii::is_digit(sign);
}

/// Takes the backslashes out of prose that keep Markdown from reading a sign as its own.
class ProseReader {
 public:
  std::string read(std::string_view line) {
    std::string plain;
    for (std::size_t i = 0; i < line.size(); ++i) {
      if (line[i] == '`') in_code_ = !in_code_;
      if (!in_code_ && line[i] == '\\' && i + 1 < line.size() && is_escapable(line[i + 1])) ++i;
      plain += line[i];
    }
    return plain;
  }

 private:
  bool in_code_ = false;  ///< a code span may go on in the next line
};

std::string_view label_below(std::string_view heading) {
  if (heading == "## Wrong") return "wrong:  ";
  if (heading == "## Right") return "right:  ";
  return {};
}

std::string read_body(std::string_view rest) {
  ProseReader prose;
  std::string text;
  std::string_view label;
  bool in_example = false;
  while (!rest.empty()) {
    const std::string_view line = take_line(rest);
    if (line.starts_with("```")) {
      if (in_example) label = {};
      in_example = !in_example;
    } else if (in_example) {
      text.append("    ").append(label).append(line) += '\n';
    } else if (line == "## See also") {
      break;
    } else if (line.starts_with("## ")) {
      label = label_below(line);
    } else if (!line.empty()) {
      text += prose.read(line) + '\n';
    }
  }
  if (!text.empty()) text.pop_back();
  return text;
}

}  // namespace

DiagnosticPage read_diagnostic_page(std::string_view markdown) {
  const std::string_view heading = take_line(markdown);
  take_line(markdown);
  const std::string_view level = take_line(markdown);
  const std::size_t title = heading.find(": ");
  DiagnosticPage page;
  if (!heading.starts_with("# ") || title == std::string_view::npos) return page;
  if (level == "Level: warning") {
    page.severity = Severity::warning;
  } else if (level == "Level: note") {
    page.severity = Severity::note;
  } else if (level != "Level: error") {
    return page;
  }
  page.title = ProseReader().read(heading.substr(title + 2));
  page.text = read_body(markdown);
  return page;
}

}  // namespace syncwright
