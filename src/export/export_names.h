#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace syncwright::exporting {

/// What a name is asked for: an application that is exported, or a set of them.
struct NameRequest {
  std::string text;   ///< a display name
  std::string id;     ///< appended where texts are equal: hexadecimal digits and hyphens, or empty
  std::string fixed;  ///< a name that it has already; empty: none
};

/// A display name as a manifest name: small letters, digits and hyphens, at most 63; Latin letters
/// lose their accents. Empty where nothing is left.
[[nodiscard]] std::string slug_of(std::string_view text);

/// A name for each request, none of them in `taken` and no two equal. Those whose slug is not
/// theirs alone all get the first digits of their id behind it, so that the order does not matter.
[[nodiscard]] std::vector<std::string> name_all(const std::vector<NameRequest>& requests,
                                                std::set<std::string> taken);

/// The file of a manifest of this name. A name holds no dot, so that no two have the same file, and
/// none has the Project's.
[[nodiscard]] std::string manifest_file_of(const std::string& name);

}  // namespace syncwright::exporting
