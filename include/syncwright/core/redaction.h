#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace syncwright {

/// One way to write a secret value down; its text is never empty.
struct SecretSpelling {
  std::string text;
  bool base64 = false;  ///< the digits before and after it may hold bits of the value as well
};

/// How one value may stand in a text that somebody else wrote: as it is, JSON-escaped (once or
/// twice: a document inside a message), percent-encoded (capital or small digits, a blank as `+`),
/// and in base64 or base64url, also in the middle of other bytes: Basic credentials are
/// `user:password`, encoded together. None is shorter than the value. Wiped on destruction.
class SecretSpellings {
 public:
  explicit SecretSpellings(std::string_view value);
  SecretSpellings(const SecretSpellings&) = delete;
  SecretSpellings& operator=(const SecretSpellings&) = delete;
  ~SecretSpellings();

  [[nodiscard]] const std::vector<SecretSpelling>& all() const { return spellings_; }

 private:
  std::vector<SecretSpelling> spellings_;
};

/// Stands in a text for a value that was taken out of it.
inline constexpr std::string_view kSecretMark = "(secret)";
/// A shorter spelling stands in many a text by accident, and a mark in its place would tell it.
inline constexpr std::size_t kShortestRedacted = 8;

/// A text that somebody else wrote, out of which values are taken. The text must outlive it.
class Redaction {
 public:
  explicit Redaction(std::string_view text) : text_(text), hidden_(text.size(), false) {}

  /// Every spelling of eight bytes or more, wherever it stands; a shorter one where it is the whole
  /// text.
  void hide(const SecretSpellings& spellings);
  /// What somebody's cut leaves of them: any sixteen bytes of a spelling, and at the end of a text
  /// that ends with an ellipsis its first four bytes or more.
  void hide_parts(const SecretSpellings& spellings);

  [[nodiscard]] bool found() const;
  /// kSecretMark for each stretch that was hidden, the rest as it was.
  [[nodiscard]] std::string text() const;

 private:
  void hide(std::size_t begin, std::size_t end);

  std::string_view text_;
  std::vector<bool> hidden_;
};

/// `text` without the value of any Secret that lives in this process.
[[nodiscard]] std::string without_held_secrets(std::string_view text);

/// `text` without any sixteen bytes of a value that are free of blanks, as they stand: for an
/// access token, which has nothing to escape, and is looked for in too many answers for every
/// spelling.
[[nodiscard]] std::string without_plain_parts(std::string_view text, std::string_view value);

/// The request id that an answer's header has, as a log may tell it. A GUID is one; anything else
/// may be what the request held.
[[nodiscard]] std::string request_id_for_log(std::string_view header);

}  // namespace syncwright
