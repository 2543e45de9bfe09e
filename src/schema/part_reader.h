#pragma once

#include <fmt/format.h>
#include <simdjson.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "syncwright/schema/synchronization_schema.h"

namespace syncwright::schema {

namespace ondemand = simdjson::ondemand;

/// Elements of arrays that the index keeps one entry for: an empty `{}` of the text takes over a
/// hundred bytes there. The largest schemas known have some ten thousand.
inline constexpr std::size_t max_parts = 500'000;

/// Walks values of an on-demand document, each token once; the first fault is kept with its place,
/// and every function returns false from then on.
class PartReader {
 public:
  PartReader(const std::string& text, ondemand::document& document)
      : text_(text), document_(document) {}

  [[nodiscard]] const std::string& fault() const { return fault_; }
  [[nodiscard]] std::size_t parts() const { return parts_; }
  [[nodiscard]] bool has_too_many_parts() const { return parts_ > max_parts; }

  /// `on_member(key, value)` for each member. Where a key repeats the last one wins, as elsewhere.
  template <class OnMember>
  bool object(ondemand::value value, TextSpan& span, OnMember on_member) {
    const std::size_t begin = begin_of(value);
    ondemand::object object;
    if (value.get_object().get(object)) return report_type("an object");
    return members(object, on_member) && close(begin, span);
  }

  template <class OnMember>
  bool members(ondemand::object& object, OnMember on_member) {
    for (auto field : object) {
      std::string_view key;
      ondemand::value member;
      if (key_of(field).get(key) || field.value().get(member)) return report_broken();
      if (!on_member(key, member)) return false;
    }
    return true;
  }

  /// `on_element(value, element)` fills one new element of `elements`; null is an empty array.
  template <class Element, class OnElement>
  bool array(ondemand::value value, const char* name, TextSpan& span,
             std::vector<Element>& elements, OnElement on_element) {
    place_.push_back({name, no_index});
    elements.clear();
    span = {};
    if (is_null(value)) return leave();
    const std::size_t begin = begin_of(value);
    ondemand::array array;
    if (value.get_array().get(array)) return report_type("an array");
    for (auto item : array) {
      ondemand::value element;
      if (item.get(element)) return report_broken();
      if (++parts_ > max_parts) return too_many();
      place_.back().index = elements.size();
      if (!on_element(element, elements.emplace_back())) return false;
    }
    return close(begin, span) && leave();
  }

  /// null is the empty text.
  bool string(ondemand::value value, const char* name, std::string& text) {
    text.clear();
    if (is_null(value)) return true;
    std::string_view content;
    if (value.get_string().get(content)) return report_type("a string", name);
    text = content;
    return true;
  }

  bool boolean(ondemand::value value, const char* name, bool fallback, bool& result) {
    result = fallback;
    if (is_null(value)) return true;
    return !value.get_bool().get(result) || report_type("a boolean", name);
  }

  bool integer(ondemand::value value, const char* name, std::int64_t& result) {
    result = 0;
    if (is_null(value)) return true;
    return !value.get_int64().get(result) || report_type("a 64-bit integer", name);
  }

  /// Only where the value lies; it has to be null or of the given type.
  bool stretch(ondemand::value value, const char* name, ondemand::json_type type, TextSpan& span) {
    ondemand::json_type found{};
    if (value.type().get(found)) return report_broken();
    if (found == ondemand::json_type::object && type == found) {
      return object(value, span, [](std::string_view, ondemand::value) { return true; });
    }
    if (found != ondemand::json_type::null && found != type) {
      return report_type(type == ondemand::json_type::object ? "an object" : "a string", name);
    }
    span = span_of(value.raw_json_token());
    return true;
  }

 private:
  static constexpr std::size_t no_index = static_cast<std::size_t>(-1);
  struct Step {
    const char* name;
    std::size_t index;
  };

  /// Hardly a key has an escape in it, and most are passed over: only one that has is copied.
  template <class Field>
  static simdjson::simdjson_result<std::string_view> key_of(Field& field) {
    ondemand::raw_json_string raw;
    if (const auto error = field.key().get(raw)) return error;
    const char* end = raw.raw();
    while (*end != '"' && *end != '\\') ++end;  // the whole text has been judged to be JSON
    if (*end == '\\') return field.unescaped_key();
    return std::string_view(raw.raw(), static_cast<std::size_t>(end - raw.raw()));
  }

  static bool is_null(ondemand::value& value) {
    ondemand::json_type type{};
    return !value.type().get(type) && type == ondemand::json_type::null;
  }

  std::size_t begin_of(ondemand::value& value) const {
    return static_cast<std::size_t>(value.raw_json_token().data() - text_.data());
  }

  /// simdjson's raw views reach up to the next token.
  TextSpan span_of(std::string_view raw) const {
    const std::size_t last = raw.find_last_not_of(" \t\r\n");
    const auto begin = static_cast<std::size_t>(raw.data() - text_.data());
    return {begin, begin + (last == std::string_view::npos ? 0 : last + 1)};
  }

  /// The stretch of an object or array that has just been walked to its end. Asking for its raw
  /// text instead would walk every token once more for each level around it. No part is the root,
  /// so a token follows, and only white space stands before that.
  bool close(std::size_t begin, TextSpan& span) {
    const char* next = nullptr;
    if (document_.current_location().get(next)) return report_broken();
    const auto behind = static_cast<std::size_t>(next - text_.data());
    span = {begin, text_.find_last_not_of(" \t\r\n", behind - 1) + 1};
    return true;
  }

  bool leave() {
    place_.pop_back();
    return true;
  }

  bool report_type(const char* expected, const char* member = nullptr) {
    std::string place;
    for (const Step& step : place_) {
      place += place.empty() ? "" : ".";
      place += step.name;
      if (step.index != no_index) place += fmt::format("[{}]", step.index);
    }
    if (member != nullptr) place += (place.empty() ? "" : ".") + std::string(member);
    fault_ = fmt::format("{} of the synchronization schema is not {}", place, expected);
    return false;
  }

  bool too_many() {
    fault_ = fmt::format("the synchronization schema has more than {} parts", max_parts);
    return false;
  }

  bool report_broken() {
    fault_ = "the synchronization schema is not valid JSON";
    return false;
  }

  const std::string& text_;
  ondemand::document& document_;
  std::vector<Step> place_;
  std::string fault_;
  std::size_t parts_ = 0;
};

}  // namespace syncwright::schema
