#include "emulator/odata/request_target.h"

#include <algorithm>
#include <charconv>
#include <system_error>
#include <utility>

#include "syncwright/core/ascii.h"
#include "syncwright/core/encoding.h"

namespace syncwright::emulator {

std::vector<std::string> split_names(std::string_view list) {
  std::vector<std::string> names(1);
  for (const char letter : list) {
    if (letter == ',') {
      names.emplace_back();
    } else if (letter != ' ') {
      names.back() += letter;
    }
  }
  std::erase(names, "");
  return names;
}

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
  asked_for_.insert(ascii::lower(name));
  for (const auto& [key, value] : options_) {
    if (ascii::equal_ignoring_case(key, name)) return value;
  }
  return std::nullopt;
}

bool QueryOptions::is_honoured(std::string_view name) const {
  return asked_for_.contains(ascii::lower(name));
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
  return split_names(get("$select").value_or(""));
}

std::string QueryOptions::with(std::string_view name, const std::string& value) const {
  std::string text;
  for (const auto& [key, held] : options_) {
    if (ascii::equal_ignoring_case(key, name)) continue;
    text += key + "=" + percent_encode(held) + "&";
  }
  return text + std::string(name) + "=" + percent_encode(value);
}

RequestTarget RequestTarget::parse(std::string_view url) {
  RequestTarget target;
  const std::size_t scheme = url.find("://");
  const std::size_t host = scheme == std::string_view::npos ? 0 : scheme + 3;
  const std::size_t path = std::min(url.find('/', host), url.size());
  target.root = url.substr(0, path);
  std::string_view rest = url.substr(path);
  rest = rest.substr(0, rest.find('#'));
  const std::size_t question = rest.find('?');
  if (question != std::string_view::npos) {
    target.query = QueryOptions::parse(rest.substr(question + 1));
    rest = rest.substr(0, question);
  }
  while (!rest.empty()) {
    const std::size_t slash = rest.find('/');
    const std::string_view segment = rest.substr(0, slash);
    if (!segment.empty()) target.segments.push_back(percent_decode(segment));
    rest = slash == std::string_view::npos ? std::string_view() : rest.substr(slash + 1);
  }
  return target;
}

bool parse_key_segment(std::string_view segment, KeySegment& parsed) {
  const std::size_t open = segment.find('(');
  if (open == std::string_view::npos || !segment.ends_with("')")) return false;
  parsed.collection = segment.substr(0, open);
  std::string_view inside = segment.substr(open + 1, segment.size() - open - 3);
  const std::size_t quote = inside.find('\'');
  if (quote == std::string_view::npos) return false;
  std::string_view key = inside.substr(0, quote);
  if (!key.empty() && !key.ends_with('=')) return false;
  parsed.key = key.empty() ? key : key.substr(0, key.size() - 1);
  parsed.value.clear();
  std::string_view value = inside.substr(quote + 1);
  for (std::size_t at = 0; at < value.size(); ++at) {
    if (value[at] == '\'') {
      if (at + 1 == value.size() || value[at + 1] != '\'') return false;
      ++at;
    }
    parsed.value += value[at];
  }
  return true;
}

namespace {

/// The name of a navigation, action or function, with its namespace or without.
bool is_name(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char letter) {
    return ascii::is_letter(letter) || ascii::is_digit(letter) || letter == '.' || letter == '_';
  });
}

}  // namespace

std::vector<std::string> without_keys(std::vector<std::string> segments) {
  constexpr std::string_view no_arguments = "()";
  std::vector<std::string> plain;
  KeySegment parsed;
  for (std::string& segment : segments) {
    const std::string_view name = std::string_view(segment).substr(0, segment.find('('));
    if (plain.empty() || !is_name(name)) {
      plain.push_back(std::move(segment));
    } else if (segment.substr(name.size()) == no_arguments) {
      plain.emplace_back(name);
    } else if (parse_key_segment(segment, parsed) && parsed.key.empty()) {
      plain.push_back(parsed.collection);
      plain.push_back(parsed.value);
    } else {
      plain.push_back(std::move(segment));
    }
  }
  return plain;
}

}  // namespace syncwright::emulator
