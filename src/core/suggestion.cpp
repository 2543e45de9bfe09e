#include "syncwright/core/suggestion.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "syncwright/core/ascii.h"

namespace syncwright {

namespace {

/// Longer words are no typos of a key; comparing them would cost their product.
constexpr std::size_t longest_word = 256;

/// Insertions, deletions, replacements and swaps of neighbours.
std::size_t edit_distance(const std::string& left, const std::string& right) {
  std::vector<std::size_t> before_last(right.size() + 1);
  std::vector<std::size_t> last(right.size() + 1);
  std::vector<std::size_t> row(right.size() + 1);
  for (std::size_t j = 0; j <= right.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= left.size(); ++i) {
    before_last.swap(last);
    last.swap(row);
    row[0] = i;
    for (std::size_t j = 1; j <= right.size(); ++j) {
      const std::size_t replaced = last[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, replaced});
      const bool swapped =
          i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
  }
  return row[right.size()];
}

}  // namespace

std::string nearest(std::string_view word, std::span<const std::string> candidates) {
  if (word.empty() || word.size() > longest_word) return {};
  const std::string meant = ascii::lower(word);
  std::size_t allowed = std::max<std::size_t>(1, word.size() / 3);
  std::string best;
  for (const std::string& candidate : candidates) {
    const std::size_t apart = candidate.size() > meant.size() ? candidate.size() - meant.size()
                                                              : meant.size() - candidate.size();
    if (apart > allowed) continue;
    const std::size_t distance = edit_distance(meant, ascii::lower(candidate));
    const bool nearer = best.empty() ? distance <= allowed : distance < allowed;
    if (!nearer || candidate.empty()) continue;
    best = candidate;
    allowed = distance;
  }
  return best;
}

std::string did_you_mean(std::string_view word, std::span<const std::string> candidates) {
  const std::string candidate = nearest(word, candidates);
  return candidate.empty() ? std::string{} : "did you mean `" + candidate + "`?";
}

}  // namespace syncwright
