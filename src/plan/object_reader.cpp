#include "plan/object_reader.h"

#include <limits>
#include <utility>

namespace syncwright {

ObjectReader::ObjectReader(const Json& value, std::string path, std::string& fault)
    : value_(value), path_(std::move(path)), fault_(fault) {
  if (!value_.is_object() && fault_.empty()) {
    fault_ = (path_.empty() ? "the document" : path_) + " is not an object";
  }
}

std::string ObjectReader::text(const char* key) {
  const Json& member = any(key);
  if (member.is_string()) return member.get<std::string>();
  blame(key, "is not a text");
  return {};
}

std::optional<std::string> ObjectReader::text_or_null(const char* key) {
  if (any(key).is_null()) return std::nullopt;
  return text(key);
}

bool ObjectReader::flag(const char* key) {
  const Json& member = any(key);
  if (member.is_boolean()) return member.get<bool>();
  blame(key, "is not true or false");
  return false;
}

int ObjectReader::number(const char* key) {
  const std::int64_t value = int_or(value_, key, -1);
  if (value >= 0 && value <= std::numeric_limits<int>::max()) return static_cast<int>(value);
  blame(key, "is not a whole number in range");
  return 0;
}

std::vector<std::string> ObjectReader::texts(const char* key) {
  std::vector<std::string> values;
  const Json& member = any(key);
  if (!member.is_array()) {
    blame(key, "is not a list");
    return values;
  }
  for (const Json& element : member) {
    if (!element.is_string()) {
      blame(key, "holds something that is not a text");
      return values;
    }
    values.push_back(element.get<std::string>());
  }
  return values;
}

ObjectReader ObjectReader::object(const char* key) {
  return ObjectReader(any(key), path_of(key), fault_);
}

void ObjectReader::blame(const char* key, const char* what) {
  if (fault_.empty()) fault_ = path_of(key) + " " + what;
}

std::string ObjectReader::path_of(const char* key) const {
  return path_.empty() ? key : path_ + "." + key;
}

}  // namespace syncwright
