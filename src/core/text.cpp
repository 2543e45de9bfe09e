#include "syncwright/core/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

#include "syncwright/core/ascii.h"

namespace syncwright {

namespace {

/// How a code point of so many bytes starts, and the least value that needs them.
struct Form {
  std::uint8_t mask;
  std::uint8_t lead;
  std::size_t length;
  std::uint32_t least;
};

constexpr std::array forms{
    Form{0x80, 0x00, 1, 0x0},
    Form{0xe0, 0xc0, 2, 0x80},
    Form{0xf0, 0xe0, 3, 0x800},
    Form{0xf8, 0xf0, 4, 0x10000},
};

CodePoint decode_form(std::string_view text, const Form& form) {
  if (text.size() < form.length) return {};
  const auto byte_at = [text](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  std::uint32_t value = byte_at(0) & static_cast<std::uint8_t>(~form.mask);
  for (std::size_t i = 1; i < form.length; ++i) {
    if ((byte_at(i) & 0xc0u) != 0x80u) return {};
    value = (value << 6u) | (byte_at(i) & 0x3fu);
  }
  const bool surrogate = value >= 0xd800 && value <= 0xdfff;
  if (value < form.least || value > 0x10ffff || surrogate) return {};
  return {value, form.length, true};
}

}  // namespace

CodePoint decode_utf8(std::string_view text) {
  const auto first = static_cast<std::uint8_t>(text.front());
  for (const Form& form : forms) {
    if ((first & form.mask) == form.lead) return decode_form(text, form);
  }
  return {};
}

std::optional<std::size_t> find_invalid_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode_utf8(text.substr(at));
    if (!point.valid) return at;
    at += point.length;
  }
  return std::nullopt;
}

std::size_t character_count(std::string_view text) {
  std::size_t count = 0;
  for (; !text.empty(); ++count) text.remove_prefix(decode_utf8(text).length);
  return count;
}

std::vector<std::string> split_lines(std::string_view text) {
  std::vector<std::string> lines;
  while (true) {
    const std::size_t end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return lines;
    text.remove_prefix(end + 1);
  }
}

std::string count_words(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

bool is_guid(std::string_view text) {
  constexpr std::string_view shape = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
  return std::equal(text.begin(), text.end(), shape.begin(), shape.end(), [](char c, char wanted) {
    return wanted == 'x' ? ascii::hex_value(c).has_value() : c == wanted;
  });
}

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
