#include "syncwright/expression/value.h"

#include <fmt/format.h>

#include <algorithm>

#include "expression/dates/date_time.h"
#include "expression/functions/operand.h"

namespace syncwright::expression {

namespace {

template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};

std::string join_elements(const MultiValue& elements) {
  return fmt::format("{}", fmt::join(elements, ", "));
}

/// A single value that is no object and no array.
std::optional<Value> scalar(const Json& json) {
  if (json.is_null()) return Value(Null());
  if (json.is_string()) return Value(json.get<std::string>());
  if (json.is_boolean()) return Value(json.get<bool>());
  if (json.is_number_unsigned() && json.get<std::uint64_t>() > INT64_MAX) {
    return Value(canonical_json(json));
  }
  if (json.is_number_integer()) return Value(json.get<std::int64_t>());
  if (json.is_number()) return Value(canonical_json(json));
  return std::nullopt;
}

}  // namespace

bool is_null_or_empty(const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return text->empty();
  if (const auto* list = std::get_if<MultiValue>(&value)) return list->empty();
  return is_null(value);
}

std::string to_text(const Value& value) {
  return std::visit(
      Overloaded{[](Null) { return std::string(); }, [](const std::string& text) { return text; },
                 [](std::int64_t number) { return std::to_string(number); },
                 [](bool flag) { return std::string(flag ? "True" : "False"); },
                 [](DateTime date) { return general_date(date); },
                 [](const MultiValue& elements) { return join_elements(elements); }},
      value);
}

Json to_json(const Value& value) {
  if (is_null(value)) return nullptr;
  if (const auto* list = std::get_if<MultiValue>(&value)) return Json(*list);
  return Json(to_text(value));
}

tl::expected<Value, std::string> value_from_json(const Json& json) {
  if (auto value = scalar(json)) return std::move(*value);
  if (!json.is_array()) {
    return tl::unexpected(
        std::string("found an object; an attribute is a text, a number, true, false, null, or an "
                    "array of those"));
  }
  MultiValue elements;
  for (const Json& element : json) {
    if (element.is_null()) continue;
    const auto value = scalar(element);
    if (!value && !element.is_object()) {
      return tl::unexpected(std::string(
          "found an array within an array; elements are texts, numbers, true, false or objects"));
    }
    elements.push_back(value ? to_text(*value) : canonical_json(element));
  }
  return Value(std::move(elements));
}

std::string shorten(std::string_view text, std::size_t most) {
  if (text.size() <= most) return std::string(text);
  std::size_t end = most;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0u) == 0x80u) --end;
  return fmt::format("{}...", text.substr(0, end));
}

std::string quote(std::string_view text) {
  return fmt::format("`{}`", shorten(text));
}

std::string quote(const Value& value) {
  return is_null(value) ? "nothing" : quote(std::string_view(ValueText(value)));
}

std::string quote_list(const std::vector<std::string>& texts) {
  constexpr std::size_t most = 10;
  std::string list;
  for (std::size_t at = 0; at < std::min(most, texts.size()); ++at) {
    if (at > 0) list += ", ";
    list += quote(std::string_view(texts[at]));
  }
  if (texts.size() > most) list += fmt::format(" and {} more", texts.size() - most);
  return list;
}

}  // namespace syncwright::expression
