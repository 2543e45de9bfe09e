#include "syncwright/core/guid.h"

#include <algorithm>

#include "syncwright/core/ascii.h"

namespace syncwright {

bool is_guid(std::string_view text) {
  constexpr std::string_view shape = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
  return std::equal(text.begin(), text.end(), shape.begin(), shape.end(), [](char c, char wanted) {
    const char lower = ascii::lower(c);
    const bool is_digit = ascii::is_digit(c) || (lower >= 'a' && lower <= 'f');
    return wanted == 'x' ? is_digit : c == wanted;
  });
}

}  // namespace syncwright
