#include "syncwright/core/json_object.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace syncwright {

std::string path_sentence(const std::string& path, const std::string& key,
                          const std::string& what) {
  if (key.empty()) return fmt::format("{} {}", path.empty() ? "the document" : path, what);
  return path.empty() ? fmt::format("{} {}", key, what) : fmt::format("{}.{} {}", path, key, what);
}

void JsonFault::blame(const std::string& path, const std::string& key, const std::string& what) {
  blame(dialect_.sentence(path, key, what));
}

void JsonFault::blame(std::string sentence) {
  if (sentence_.empty()) sentence_ = std::move(sentence);
}

Result<void> JsonFault::result() const {
  if (found()) return fail(ErrorKind::invalid_input, sentence_);
  return {};
}

JsonObject::JsonObject(const Json& json, std::string path, JsonFault& fault)
    : json_(&json), path_(std::move(path)), fault_(&fault) {
  if (!json_->is_object()) blame(dialect().object);
}

const Json* JsonObject::member(const std::string& key) {
  read_.insert(key);
  const Json& found = member_or_null(*json_, key.c_str());
  const bool is_there = json_->is_object() && json_->contains(key);
  return !is_there || (dialect().null_is_left_out && found.is_null()) ? nullptr : &found;
}

const Json& JsonObject::any(const std::string& key) {
  read_.insert(key);
  return member_or_null(*json_, key.c_str());
}

std::vector<std::string> JsonObject::keys() const {
  std::vector<std::string> names;
  if (!json_->is_object()) return names;
  for (const auto& [key, value] : json_->items()) names.push_back(key);
  return names;
}

template <class T>
T JsonObject::require(const std::string& key, std::optional<T> value, const char* what) {
  if (!value) blame(key, dialect().missing == nullptr ? what : dialect().missing);
  return std::move(value).value_or(T{});
}

std::string JsonObject::text(const std::string& key) {
  return require(key, text_or_null(key), dialect().text);
}

bool JsonObject::flag(const std::string& key) {
  return require(key, flag_or_null(key), dialect().flag);
}

int JsonObject::number(const std::string& key) {
  constexpr int most = std::numeric_limits<int>::max();
  return static_cast<int>(require(key, number_or_null(key, 0, most), dialect().number));
}

std::vector<std::string> JsonObject::texts(const std::string& key) {
  return require(key, texts_or_null(key), dialect().texts);
}

const Json& JsonObject::array(const std::string& key) {
  static const Json empty = Json::array();
  const Json& list = any(key);
  if (list.is_array()) return list;
  blame(key, dialect().list);
  return empty;
}

JsonObject JsonObject::object(const std::string& key) {
  return JsonObject(any(key), path_of(key), *fault_);
}

std::optional<std::string> JsonObject::text_or_null(const std::string& key) {
  const Json* value = member(key);
  if (value == nullptr) return std::nullopt;
  if (value->is_string()) return value->get<std::string>();
  blame(key, dialect().text);
  return std::nullopt;
}

std::optional<bool> JsonObject::flag_or_null(const std::string& key) {
  const Json* value = member(key);
  if (value == nullptr) return std::nullopt;
  if (value->is_boolean()) return value->get<bool>();
  blame(key, dialect().flag);
  return std::nullopt;
}

std::optional<std::int64_t> JsonObject::number_or_null(const std::string& key) {
  const Json* value = member(key);
  if (value == nullptr) return std::nullopt;
  constexpr std::uint64_t largest = std::numeric_limits<std::int64_t>::max();
  if (!value->is_number_integer()) {
    blame(key, dialect().number);
  } else if (value->is_number_unsigned() && value->get<std::uint64_t>() > largest) {
    blame(key, dialect().number_of_64_bits);
  } else {
    return value->get<std::int64_t>();
  }
  return std::nullopt;
}

std::optional<std::int64_t> JsonObject::number_or_null(const std::string& key, std::int64_t least,
                                                       std::int64_t most) {
  const std::optional<std::int64_t> value = number_or_null(key);
  if (!value || (*value >= least && *value <= most)) return value;
  blame(key, fmt::format(fmt::runtime(dialect().number_range), least, most));
  return std::nullopt;
}

std::optional<std::vector<std::string>> JsonObject::texts_or_null(const std::string& key) {
  const Json* value = member(key);
  if (value == nullptr) return std::nullopt;
  if (!value->is_array()) {
    blame(key, dialect().texts);
    return std::nullopt;
  }
  if (std::all_of(value->begin(), value->end(), [](const Json& each) { return each.is_string(); }))
    return value->get<std::vector<std::string>>();
  blame(key, dialect().texts_element);
  return std::nullopt;
}

void JsonObject::refuse_unknown() {
  if (!json_->is_object()) return;
  for (const auto& [key, value] : json_->items()) {
    if (!read_.contains(key)) blame(key, "is unknown");
  }
}

std::string JsonObject::path_of(const std::string& key) const {
  return path_.empty() ? key : path_ + "." + key;
}

}  // namespace syncwright
