#include "syncwright/core/file_name.h"

namespace syncwright {

const std::string& FileName::text() const {
  static const std::string none;
  return text_ ? *text_ : none;
}

}  // namespace syncwright
