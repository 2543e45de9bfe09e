#include "emulator/odata/query_options.h"

#include <charconv>
#include <system_error>
#include <utility>

#include "emulator/exchange.h"
#include "syncwright/core/ascii.h"
#include "syncwright/core/encoding.h"

namespace syncwright::emulator {

QueryOptions QueryOptions::parse(std::string_view text) {
  QueryOptions options;
  while (!text.empty()) {
    const std::size_t end = text.find('&');
    const std::string_view part = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    if (part.empty()) continue;
    const std::size_t equals = part.find('=');
    const std::string_view value =
        equals == std::string_view::npos ? std::string_view() : part.substr(equals + 1);
    options.options_.emplace_back(percent_decode(part.substr(0, equals), true),
                                  percent_decode(value, true));
  }
  return options;
}

std::optional<std::string> QueryOptions::get(std::string_view name) const {
  for (const auto& [key, value] : options_) {
    if (ascii::equal_ignoring_case(key, name)) return value;
  }
  return std::nullopt;
}

std::optional<std::size_t> QueryOptions::number(std::string_view name) const {
  const std::optional<std::string> text = get(name);
  if (!text) return std::nullopt;
  std::size_t value = 0;
  const char* end = text->data() + text->size();
  const auto [rest, error] = std::from_chars(text->data(), end, value);
  if (error != std::errc() || rest != end || text->empty() || value > 1'000'000) {
    return std::nullopt;
  }
  return value;
}

std::vector<std::string> QueryOptions::select() const {
  std::vector<std::string> names;
  std::string name;
  for (const char letter : get("$select").value_or("") + ",") {
    if (letter != ',') {
      if (letter != ' ') name += letter;
    } else if (!name.empty()) {
      names.push_back(std::move(name));
      name.clear();
    }
  }
  return names;
}

std::string QueryOptions::with(std::string_view name, const std::string& value) const {
  std::string text;
  for (const auto& [key, held] : options_) {
    if (ascii::equal_ignoring_case(key, name)) continue;
    text += key + "=" + percent_encode(held) + "&";
  }
  return text + std::string(name) + "=" + percent_encode(value);
}

}  // namespace syncwright::emulator
