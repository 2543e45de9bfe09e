#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "syncwright/core/json.h"

namespace syncwright {

/// Reads the members of a JSON object that anybody may have written. The first fault is kept in
/// `fault`
/// ("changes[3].type is not a text") and every later read gives an empty value, so that a decoder
/// reads straight on and looks once at the end.
class ObjectReader {
 public:
  ObjectReader(const Json& value, std::string path, std::string& fault);

  [[nodiscard]] std::string text(const char* key);
  [[nodiscard]] std::optional<std::string> text_or_null(const char* key);
  [[nodiscard]] bool flag(const char* key);
  [[nodiscard]] int number(const char* key);  ///< not negative
  [[nodiscard]] std::vector<std::string> texts(const char* key);
  /// The member, null where it is absent.
  [[nodiscard]] const Json& any(const char* key) const { return member_or_null(value_, key); }
  /// One of the spellings that `parse` knows.
  template <class Parse>
  [[nodiscard]] auto spelled(const char* key, Parse parse) {
    auto value = parse(text(key));
    if (!value) blame(key, "is not known to this version");
    return value.value_or(typename decltype(value)::value_type{});
  }
  /// What `decode` makes of every element of a list.
  template <class Decode>
  [[nodiscard]] auto list(const char* key, Decode decode) {
    std::vector<decltype(decode(std::declval<ObjectReader&>()))> decoded;
    const Json& member = any(key);
    if (!member.is_array()) {
      blame(key, "is not a list");
      return decoded;
    }
    for (std::size_t i = 0; i < member.size() && fault_.empty(); ++i) {
      ObjectReader element(member[i], path_of(key) + "[" + std::to_string(i) + "]", fault_);
      decoded.push_back(decode(element));
    }
    return decoded;
  }
  [[nodiscard]] ObjectReader object(const char* key);

  void blame(const char* key, const char* what);

 private:
  [[nodiscard]] std::string path_of(const char* key) const;

  const Json& value_;
  std::string path_;
  std::string& fault_;
};

}  // namespace syncwright
