#include "report/junit/junit.h"

#include <fmt/format.h>

#include <algorithm>

#include "syncwright/core/text.h"
#include "syncwright/report/escape.h"

namespace syncwright::report::junit {

namespace {

/// XML 1.0 has no place for these two, not even as a reference; controls are escaped before.
bool is_no_xml(const CodePoint& point) {
  return point.value == 0xfffe || point.value == 0xffff;
}

std::string_view entity_of(char character) {
  switch (character) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    default:
      return {};
  }
}

std::string xml(std::string_view foreign) {
  const std::string safe = escape_terminal(foreign);
  std::string escaped;
  for (std::string_view rest = safe; !rest.empty();) {
    const CodePoint point = decode_utf8(rest);
    const std::string_view entity = entity_of(rest.front());
    if (!entity.empty()) {
      escaped += entity;
    } else if (is_no_xml(point)) {
      escaped += fmt::format("\\u{:04x}", point.value);
    } else {
      escaped += rest.substr(0, point.length);
    }
    rest.remove_prefix(point.length);
  }
  return escaped;
}

/// One line each; a single line has no line feed behind it where it is an attribute's.
std::string xml_lines(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += xml(line) + "\n";
  return text;
}

const char* element_of(Fault::Kind kind) {
  switch (kind) {
    case Fault::Kind::failure:
      return "failure";
    case Fault::Kind::error:
      return "error";
    case Fault::Kind::skipped:
      return "skipped";
  }
  return "error";
}

std::string fault_element(const Fault& fault) {
  const char* element = element_of(fault.kind);
  std::string head = fmt::format("      <{}", element);
  if (!fault.type.empty()) head += fmt::format(" type=\"{}\"", xml(fault.type));
  head += fmt::format(" message=\"{}\"", xml(fault.message));
  return fault.lines.empty() ? head + "/>\n"
                             : head + fmt::format(">{}</{}>\n", xml_lines(fault.lines), element);
}

std::string case_element(const Case& each) {
  std::string head = fmt::format("    <testcase classname=\"{}\" name=\"{}\"", xml(each.class_name),
                                 xml(each.name));
  if (!each.where.file.empty()) {
    head += fmt::format(" file=\"{}\" line=\"{}\"", xml(each.where.file.text()), each.where.line);
  }
  if (each.time) {
    head += fmt::format(" time=\"{}.{:03}\"", each.time->count() / 1000, each.time->count() % 1000);
  }
  std::string body;
  if (each.fault) body += fault_element(*each.fault);
  if (!each.output.empty()) {
    body += fmt::format("      <system-out>{}</system-out>\n", xml_lines(each.output));
  }
  return body.empty() ? head + "/>\n" : head + ">\n" + body + "    </testcase>\n";
}

std::size_t count_of(const Suite& suite, Fault::Kind kind) {
  return static_cast<std::size_t>(
      std::count_if(suite.cases.begin(), suite.cases.end(),
                    [kind](const Case& each) { return each.fault && each.fault->kind == kind; }));
}

/// The attributes of a suite, or of all together: errors and skipped cases where there are any.
struct Counts {
  std::size_t cases = 0;
  std::size_t failures = 0;
  std::size_t errors = 0;
  std::size_t skipped = 0;

  void add(const Suite& suite) {
    cases += suite.cases.size();
    failures += count_of(suite, Fault::Kind::failure);
    errors += count_of(suite, Fault::Kind::error);
    skipped += count_of(suite, Fault::Kind::skipped);
  }

  [[nodiscard]] std::string attributes() const {
    std::string text = fmt::format("tests=\"{}\" failures=\"{}\"", cases, failures);
    if (errors > 0) text += fmt::format(" errors=\"{}\"", errors);
    if (skipped > 0) text += fmt::format(" skipped=\"{}\"", skipped);
    return text;
  }
};

}  // namespace

std::string document(std::string_view name, const std::vector<Suite>& suites) {
  Counts all;
  std::string elements;
  for (const Suite& suite : suites) {
    Counts counts;
    counts.add(suite);
    all.add(suite);
    elements += fmt::format("  <testsuite name=\"{}\" {}>\n", xml(suite.name), counts.attributes());
    for (const Case& each : suite.cases) elements += case_element(each);
    elements += "  </testsuite>\n";
  }
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<testsuites name=\"{}\" {}>\n{}</testsuites>\n",
      xml(name), all.attributes(), elements);
}

}  // namespace syncwright::report::junit
