#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace syncwright {

/// How one value may stand in a text that somebody else wrote: as it is, JSON-escaped,
/// percent-encoded (capital or small digits, a blank as `+`), and in base64 or base64url, also in
/// the middle of other bytes: Basic credentials are `user:password`, encoded together. Wiped on
/// destruction.
class SecretSpellings {
 public:
  explicit SecretSpellings(std::string_view value);
  SecretSpellings(const SecretSpellings&) = delete;
  SecretSpellings& operator=(const SecretSpellings&) = delete;
  ~SecretSpellings();

  [[nodiscard]] const std::vector<std::string>& all() const { return spellings_; }

 private:
  std::vector<std::string> spellings_;
};

/// Whether a text that is about to be shown is, or holds, the value of any Secret that lives in
/// this process, in any spelling. What is shorter than eight bytes must be the whole text: a
/// shorter value ("true") stands in many a text by chance.
[[nodiscard]] bool repeats_held_secret(std::string_view text);

}  // namespace syncwright
