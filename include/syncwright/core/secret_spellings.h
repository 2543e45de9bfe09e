#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace syncwright {

struct SecretSpelling {
  std::string text;
  bool base64 = false;  ///< the digits before and after it may hold bits of the value as well
};

/// How one value may stand in a text that somebody else wrote: as it is, JSON-escaped
/// (once or twice: a document inside a message),
/// percent-encoded (capital or small digits, a blank as `+`), and in base64 or base64url, also in
/// the middle of other bytes: Basic credentials are `user:password`, encoded together. Wiped on
/// destruction.
class SecretSpellings {
 public:
  explicit SecretSpellings(std::string_view value);
  SecretSpellings(const SecretSpellings&) = delete;
  SecretSpellings& operator=(const SecretSpellings&) = delete;
  ~SecretSpellings();

  /// None is empty.
  [[nodiscard]] const std::vector<SecretSpelling>& all() const { return spellings_; }

 private:
  std::vector<SecretSpelling> spellings_;
};

}  // namespace syncwright
