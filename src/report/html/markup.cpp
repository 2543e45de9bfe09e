#include "report/html/markup.h"

#include <fmt/format.h>

#include "report/layout/text_layout.h"
#include "syncwright/core/clock.h"
#include "syncwright/report/escape.h"

namespace syncwright::report::html {
namespace {

std::string quote_reserved(std::string_view escaped) {
  std::string quoted;
  quoted.reserve(escaped.size());
  for (const char character : escaped) {
    switch (character) {
      case '&':
        quoted += "&amp;";
        break;
      case '<':
        quoted += "&lt;";
        break;
      case '>':
        quoted += "&gt;";
        break;
      case '"':
        quoted += "&quot;";
        break;
      case '\'':
        quoted += "&#39;";
        break;
      default:
        quoted += character;
    }
  }
  return quoted;
}

}  // namespace

std::string text(std::string_view foreign) {
  return quote_reserved(escape_terminal(foreign));
}

std::string short_text(std::string_view foreign, std::size_t columns) {
  return quote_reserved(elide(escape_terminal(foreign), columns, "…"));
}

std::string json(const Json& value) {
  const std::string plain = value.dump(-1, ' ', true, Json::error_handler_t::replace);
  std::string inert;
  inert.reserve(plain.size());
  for (const char character : plain) {
    switch (character) {
      case '<':
        inert += "\\u003c";
        break;
      case '>':
        inert += "\\u003e";
        break;
      case '&':
        inert += "\\u0026";
        break;
      default:
        inert += character;
    }
  }
  return inert;
}

std::string element(std::string_view tag, std::string_view css_class, std::string_view content) {
  if (content.empty()) return {};
  return css_class.empty() ? fmt::format("<{0}>{1}</{0}>", tag, content)
                           : fmt::format("<{0} class=\"{1}\">{2}</{0}>", tag, css_class, content);
}

std::string time(const std::string& rfc3339) {
  const auto instant = parse_rfc3339(rfc3339);
  if (!instant) return text(rfc3339);
  const std::string exact = format_rfc3339(*instant);
  return fmt::format("<time datetime=\"{}\">{} {} UTC</time>", exact, exact.substr(0, 10),
                     exact.substr(11, 5));
}

}  // namespace syncwright::report::html
