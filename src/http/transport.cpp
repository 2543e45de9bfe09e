#include "syncwright/http/transport.h"

#include <algorithm>

#include "syncwright/core/ascii.h"

namespace syncwright {

const char* to_string(HttpMethod method) {
  switch (method) {
    case HttpMethod::get:
      return "GET";
    case HttpMethod::post:
      return "POST";
    case HttpMethod::put:
      return "PUT";
    case HttpMethod::patch:
      return "PATCH";
    case HttpMethod::del:
      return "DELETE";
  }
  return "GET";
}

void HttpHeaders::set(std::string name, std::string value) {
  std::erase_if(fields_,
                [&](const auto& field) { return ascii::equal_ignoring_case(field.first, name); });
  add(std::move(name), std::move(value));
}

void HttpHeaders::add(std::string name, std::string value) {
  fields_.emplace_back(std::move(name), std::move(value));
}

std::optional<std::string> HttpHeaders::get(std::string_view name) const {
  for (const auto& [field, value] : fields_) {
    if (ascii::equal_ignoring_case(field, name)) return value;
  }
  return std::nullopt;
}

}  // namespace syncwright
