#include "manifest/yaml/scalar_extent.h"

#include <algorithm>

namespace syncwright {
namespace {

constexpr std::string_view blanks_and_breaks = " \t\r\n";

std::size_t skip_properties(std::string_view text, std::size_t at) {
  while (at < text.size() && (text[at] == '&' || text[at] == '!')) {
    at = std::min(text.find_first_of(blanks_and_breaks, at), text.size());
    at = std::min(text.find_first_not_of(blanks_and_breaks, at), text.size());
  }
  return at;
}

/// One past the closing quote, npos where there is none.
std::size_t end_of_quoted(std::string_view text, std::size_t open) {
  const char quote = text[open];
  for (std::size_t at = open + 1; at < text.size(); ++at) {
    if (quote == '"' && text[at] == '\\') {
      ++at;
    } else if (text[at] == quote) {
      const bool doubled = quote == '\'' && at + 1 < text.size() && text[at + 1] == '\'';
      if (!doubled) return at + 1;
      ++at;
    }
  }
  return std::string_view::npos;
}

}  // namespace

ScalarExtent find_extent(std::string_view text, std::size_t at, std::string_view value) {
  ScalarExtent extent;
  extent.begin = skip_properties(text, at);
  extent.end = extent.begin;
  if (extent.begin >= text.size()) return extent;
  const char first = text[extent.begin];
  if (first == '"' || first == '\'') {
    const std::size_t end = end_of_quoted(text, extent.begin);
    extent.terminated = end != std::string_view::npos;
    extent.end = extent.terminated ? end : extent.begin + 1;
    extent.text_begin = extent.begin + 1;
    extent.verbatim =
        extent.terminated && text.substr(extent.text_begin, end - extent.begin - 2) == value;
  } else if (first == '|' || first == '>') {
    extent.end = extent.begin + 1;
  } else {
    extent.text_begin = extent.begin;
    extent.verbatim = text.substr(extent.begin, value.size()) == value;
    extent.end = extent.verbatim ? extent.begin + value.size() : text.size();
  }
  if (value.find('\n') != std::string_view::npos) extent.verbatim = false;
  return extent;
}

}  // namespace syncwright
