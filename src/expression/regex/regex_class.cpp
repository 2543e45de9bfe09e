#include "expression/regex/regex_class.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "syncwright/expression/value.h"
namespace syncwright::expression {

namespace {

constexpr int most_subtractions = 20;

constexpr std::array<std::string_view, 37> categories{
    "L",  "Lu", "Ll", "Lt", "Lm", "Lo", "M",  "Mn", "Mc", "Me", "N",  "Nd", "Nl",
    "No", "P",  "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "S",  "Sm", "Sc", "Sk",
    "So", "Z",  "Zs", "Zl", "Zp", "C",  "Cc", "Cf", "Cs", "Co", "Cn"};

struct Block {
  std::string_view name;
  std::uint32_t first;
  std::uint32_t last;
};

/// The blocks that names of people and places are written in.
constexpr std::array blocks{
    Block{"IsBasicLatin", 0x0, 0x7f},
    Block{"IsLatin-1Supplement", 0x80, 0xff},
    Block{"IsLatinExtended-A", 0x100, 0x17f},
    Block{"IsLatinExtended-B", 0x180, 0x24f},
    Block{"IsIPAExtensions", 0x250, 0x2af},
    Block{"IsSpacingModifierLetters", 0x2b0, 0x2ff},
    Block{"IsCombiningDiacriticalMarks", 0x300, 0x36f},
    Block{"IsGreek", 0x370, 0x3ff},
    Block{"IsGreekandCoptic", 0x370, 0x3ff},
    Block{"IsCyrillic", 0x400, 0x4ff},
    Block{"IsCyrillicSupplement", 0x500, 0x52f},
    Block{"IsArmenian", 0x530, 0x58f},
    Block{"IsHebrew", 0x590, 0x5ff},
    Block{"IsArabic", 0x600, 0x6ff},
    Block{"IsDevanagari", 0x900, 0x97f},
    Block{"IsThai", 0xe00, 0xe7f},
    Block{"IsGeorgian", 0x10a0, 0x10ff},
    Block{"IsHangulJamo", 0x1100, 0x11ff},
    Block{"IsLatinExtendedAdditional", 0x1e00, 0x1eff},
    Block{"IsGreekExtended", 0x1f00, 0x1fff},
    Block{"IsGeneralPunctuation", 0x2000, 0x206f},
    Block{"IsSuperscriptsandSubscripts", 0x2070, 0x209f},
    Block{"IsCurrencySymbols", 0x20a0, 0x20cf},
    Block{"IsLetterlikeSymbols", 0x2100, 0x214f},
    Block{"IsCJKSymbolsandPunctuation", 0x3000, 0x303f},
    Block{"IsHiragana", 0x3040, 0x309f},
    Block{"IsKatakana", 0x30a0, 0x30ff},
    Block{"IsCJKUnifiedIdeographs", 0x4e00, 0x9fff},
    Block{"IsHangulSyllables", 0xac00, 0xd7af},
    Block{"IsPrivateUse", 0xe000, 0xf8ff},
    Block{"IsHalfwidthandFullwidthForms", 0xff00, 0xffef},
};

std::optional<std::string> property_members(std::string_view name) {
  if (std::find(categories.begin(), categories.end(), name) != categories.end()) {
    return fmt::format("\\p{{{}}}", name);
  }
  const auto block = std::find_if(blocks.begin(), blocks.end(),
                                  [name](const Block& known) { return known.name == name; });
  if (block == blocks.end()) return std::nullopt;
  return fmt::format("\\x{{{:x}}}-\\x{{{:x}}}", block->first, block->last);
}

/// Gathers the members of one pair of brackets, as .NET reads them.
class ClassReader {
 public:
  ClassReader(RegexScanner& scanner, int depth) : scanner_(scanner), depth_(depth) {}

  std::string run() {
    const std::size_t start = scanner_.position() - 1;
    negated_ = scanner_.take('^');
    for (bool first = true; !scanner_.at_end(); first = false) {
      if (!first && scanner_.take(']')) return finish();
      if (!member(first)) return {};
    }
    scanner_.fail(start, "a [ without its ]");
    return {};
  }

 private:
  /// One character or range, shorthand, property, or the subtraction that ends the class.
  bool member(bool first) {
    const std::size_t start = scanner_.position();
    if (posix_class(start)) return false;
    if (!first && scanner_.take("-[")) return subtraction(start);
    if (scanner_.peek() == '\\' && shorthand()) return !scanner_.failed();
    const bool hyphen = scanner_.peek() == '\\' && scanner_.peek(1) == '-';
    const auto low = character();
    if (!low) return false;
    // An escaped hyphen begins no range, and in "a-[...]" the bare one begins a subtraction.
    const std::uint32_t behind = scanner_.peek(1);
    if (hyphen || scanner_.peek() != '-' || behind == 0 || behind == ']' || behind == '[') {
      append_regex_literal(members_, *low);
      return true;
    }
    scanner_.take('-');
    const auto high = range_end(start);
    if (!high) return false;
    if (*low > *high) return scanner_.fail(start, "a range in reverse order");
    append_regex_literal(members_, *low);
    members_ += '-';
    append_regex_literal(members_, *high);
    return true;
  }

  /// .NET reads `[:alpha:]` as a set of those very characters, which nobody means.
  bool posix_class(std::size_t start) {
    if (scanner_.take("[:")) {
      scanner_.take('^');
      if (!scanner_.name().empty() && scanner_.take(":]")) {
        scanner_.fail(start, "a POSIX class, which .NET does not know,");
        return true;
      }
    }
    scanner_.move_to(start);
    return false;
  }

  bool subtraction(std::size_t start) {
    if (depth_ == most_subtractions) return scanner_.cannot(start, "a subtraction nested too deep");
    subtracted_ = bracket_class(scanner_, depth_ + 1);
    if (subtracted_.empty()) return false;
    if (!scanner_.at_end() && scanner_.peek() != ']') {
      return scanner_.fail(start, "a subtraction that is not the last part of its class");
    }
    return true;
  }

  /// `\d`, `\p{L}`; false where the backslash begins a mere character.
  bool shorthand() {
    const std::uint32_t letter = scanner_.peek(1);
    std::string found = shorthand_class(letter);
    const bool property = letter == 'p' || letter == 'P';
    if (found.empty() && !property) return false;
    scanner_.move_to(scanner_.position() + 2);
    if (property) found = property_class(scanner_, letter == 'P');
    if (found.starts_with("[^")) {
      others_ += '|' + found;
    } else if (!found.empty()) {
      members_ += found.substr(1, found.size() - 2);
    }
    return true;
  }

  std::optional<std::uint32_t> character() {
    const std::uint32_t point = scanner_.next();
    return point == '\\' ? scanner_.character_escape() : std::optional(point);
  }

  std::optional<std::uint32_t> range_end(std::size_t start) {
    if (scanner_.peek() == '\\') {
      const std::uint32_t letter = scanner_.peek(1);
      if (!shorthand_class(letter).empty() || letter == 'p' || letter == 'P') {
        scanner_.fail(start, "a range that ends with a set of characters");
        return std::nullopt;
      }
    }
    return character();
  }

  /// PCRE2 has no subtraction, and no complement as a member: look-aheads say both.
  [[nodiscard]] std::string finish() const {
    std::string base;
    if (others_.empty()) {
      base = fmt::format("[{}{}]", negated_ ? "^" : "", members_);
    } else {
      const std::string any =
          members_.empty() ? others_.substr(1) : fmt::format("[{}]{}", members_, others_);
      base = negated_ ? fmt::format("(?:(?!{})(?s:.))", any) : fmt::format("(?:{})", any);
    }
    return subtracted_.empty() ? base : fmt::format("(?:(?!{}){})", subtracted_, base);
  }

  RegexScanner& scanner_;
  int depth_;
  bool negated_ = false;
  std::string members_;
  std::string others_;  ///< complements: "|[^...]" each
  std::string subtracted_;
};

}  // namespace

std::string shorthand_class(std::uint32_t letter) {
  switch (letter) {
    case 'd':
      return fmt::format("[{}]", digit_members);
    case 'D':
      return fmt::format("[^{}]", digit_members);
    case 's':
      return fmt::format("[{}]", space_members);
    case 'S':
      return fmt::format("[^{}]", space_members);
    case 'w':
      return fmt::format("[{}]", word_members);
    case 'W':
      return fmt::format("[^{}]", word_members);
    default:
      return {};
  }
}

std::string property_class(RegexScanner& scanner, bool negated) {
  const std::size_t start = scanner.position();
  const auto name = scanner.property();
  if (!name) return {};
  const auto members = property_members(*name);
  if (members) return fmt::format("[{}{}]", negated ? "^" : "", *members);
  const std::string what =
      fmt::format("the category or block \"{}\", which is not known,", shorten(*name));
  if (name->starts_with("Is")) {  // .NET knows more blocks than there are here
    scanner.cannot(start, what);
  } else {
    scanner.fail(start, what);
  }
  return {};
}

std::string bracket_class(RegexScanner& scanner, int depth) {
  return ClassReader(scanner, depth).run();
}

}  // namespace syncwright::expression
