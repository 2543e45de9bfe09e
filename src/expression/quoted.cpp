#include "syncwright/expression/quoted.h"

#include <fmt/format.h>

#include <algorithm>

#include "expression/functions/operand.h"

namespace syncwright {

std::string shortened(std::string_view text, std::size_t most) {
  if (text.size() <= most) return std::string(text);
  std::size_t end = most;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0u) == 0x80u) --end;
  return fmt::format("{}...", text.substr(0, end));
}

std::string quoted(std::string_view text) {
  return fmt::format("`{}`", shortened(text));
}

std::string quoted(const Value& value) {
  return is_null(value) ? "nothing" : quoted(std::string_view(ValueText(value)));
}

std::string quoted_list(const std::vector<std::string>& texts) {
  constexpr std::size_t most = 10;
  std::string list;
  for (std::size_t at = 0; at < std::min(most, texts.size()); ++at) {
    if (at > 0) list += ", ";
    list += quoted(std::string_view(texts[at]));
  }
  if (texts.size() > most) list += fmt::format(" and {} more", texts.size() - most);
  return list;
}

}  // namespace syncwright
