#include "expression/regex/regex_dialect.h"

#include <fmt/format.h>

#include <optional>
#include <vector>

#include "expression/regex/regex_class.h"
#include "expression/regex/regex_scanner.h"
#include "syncwright/expression/value.h"

namespace syncwright::expression {

namespace {

constexpr int kMostNestedGroups = 100;
constexpr std::uint32_t most_number = 65'535;  // of PCRE2's repetitions and groups

std::optional<std::uint32_t> small_number(std::string_view digits) {
  std::uint32_t value = 0;
  for (const char digit : digits) {
    value = value * 10 + static_cast<std::uint32_t>(digit - '0');
    if (value > most_number) return std::nullopt;
  }
  return value;
}

/// `\b` counts the zero-width joiners as letters.
const std::string& boundary(bool wanted) {
  const auto made = [](std::string_view same, std::string_view other) {
    return fmt::format(
        "(?:(?<=[{0}\\x{{200c}}\\x{{200d}}])(?{1}[{0}\\x{{200c}}\\x{{200d}}])|"
        "(?<![{0}\\x{{200c}}\\x{{200d}}])(?{2}[{0}\\x{{200c}}\\x{{200d}}]))",
        word_members, same, other);
  };
  static const std::string at_word = made("!", "=");
  static const std::string elsewhere = made("=", "!");
  return wanted ? at_word : elsewhere;
}

/// Options that change how the rest of a group is read; PCRE2 gets the others.
struct ReadingOptions {
  bool explicit_capture = false;  ///< n
  bool ignore_blanks = false;     ///< x
};

/// What a step left behind, which decides whether a quantifier may follow.
enum class PieceKind { atom, assertion, nothing, fault };

/// Writes the pattern anew for PCRE2. Runs twice: only the first run's groups tell what the
/// references mean.
class Translator {
 public:
  Translator(std::string_view pattern, const GroupTable* groups)
      : scanner_(pattern), groups_(groups) {}

  bool run() {
    if (!alternatives({}, 0)) return false;
    return scanner_.at_end() || scanner_.fail(scanner_.position(), "a ) without its (");
  }

  [[nodiscard]] const RegexRefusal& refusal() const { return scanner_.refusal(); }
  [[nodiscard]] const std::vector<CaptureGroup>& captures() const { return captures_; }
  std::string take() { return std::move(made_); }

 private:
  /// To the `)` of the group, or the end.
  bool alternatives(ReadingOptions options, int depth) {
    while (skip_ignored(options) && !scanner_.at_end() && scanner_.peek() != ')') {
      if (scanner_.take('|')) {
        made_ += '|';
        continue;
      }
      const std::size_t start = made_.size();
      const PieceKind done = piece(options, depth);
      if (done == PieceKind::fault ||
          (done != PieceKind::nothing && !quantifier(options, start, done))) {
        return false;
      }
    }
    return !scanner_.failed();
  }

  /// Comments, and under `x` blanks and what follows `#`.
  bool skip_ignored(const ReadingOptions& options) {
    while (!scanner_.at_end()) {
      const std::size_t start = scanner_.position();
      if (scanner_.take("(?#")) {
        while (!scanner_.at_end() && scanner_.peek() != ')') scanner_.next();
        if (!scanner_.take(')')) return scanner_.fail(start, "a comment without its )");
      } else if (options.ignore_blanks && scanner_.take('#')) {
        while (!scanner_.at_end() && scanner_.peek() != '\n') scanner_.next();
      } else if (options.ignore_blanks && is_blank(scanner_.peek())) {
        scanner_.next();
      } else {
        break;
      }
    }
    return true;
  }

  static bool is_blank(std::uint32_t point) {
    return point == ' ' || (point >= '\t' && point <= '\r');
  }

  PieceKind piece(ReadingOptions& options, int depth) {
    const std::size_t start = scanner_.position();
    if (quantifier_next()) return refuse(start, "a quantifier with nothing before it");
    const std::uint32_t point = scanner_.next();
    switch (point) {
      case '(':
        return group(options, depth, start);
      case '\\':
        return backslash(start);
      case '[':
        return append(bracket_class(scanner_), PieceKind::atom);
      case '^':
        return append("^", PieceKind::assertion);
      case '$':
        return append("$", PieceKind::assertion);
      case '.':
        return append(".", PieceKind::atom);
      default:
        append_regex_literal(made_, point);
        return PieceKind::atom;
    }
  }

  PieceKind append(std::string_view written, PieceKind piece) {
    if (written.empty()) return PieceKind::fault;
    made_ += written;
    return piece;
  }

  PieceKind refuse(std::size_t position, std::string_view what) {
    scanner_.fail(position, what);
    return PieceKind::fault;
  }
  /// Of a construct of .NET that has no translation, and of our own bounds.
  PieceKind cannot(std::size_t position, std::string_view what) {
    scanner_.cannot(position, what);
    return PieceKind::fault;
  }

  // Quantifiers

  [[nodiscard]] bool quantifier_next() {
    const std::uint32_t point = scanner_.peek();
    if (point == '*' || point == '+' || point == '?') return true;
    const std::size_t start = scanner_.position();
    const bool counted = scanner_.counts().has_value();
    scanner_.move_to(start);
    return counted;
  }

  /// What stands behind a piece that began at `start` of the result. PCRE2 takes no quantifier
  /// right behind an anchor, and reads a second `+` in its own way.
  bool quantifier(const ReadingOptions& options, std::size_t start, PieceKind piece) {
    if (!skip_ignored(options)) return false;
    const std::size_t position = scanner_.position();
    if (!quantifier_next()) return true;
    if (piece == PieceKind::assertion) {
      made_.insert(start, "(?:");
      made_ += ')';
    }
    if (const auto counts = scanner_.counts()) {
      if (!append_counts(*counts, position)) return false;
    } else {
      scanner_.move_to(position);
      made_ += static_cast<char>(scanner_.next());
    }
    if (!skip_ignored(options)) return false;
    if (scanner_.take('?')) made_ += '?';
    if (!skip_ignored(options)) return false;
    if (!quantifier_next()) return true;
    return scanner_.fail(scanner_.position(), "a quantifier behind a quantifier");
  }

  bool append_counts(const RegexCounts& counts, std::size_t position) {
    const auto least = small_number(counts.least);
    const auto most = small_number(counts.most.value_or(""));
    if (!least || !most) return scanner_.cannot(position, "a quantifier over 65535");
    const bool bounded = counts.most && !counts.most->empty();
    if (bounded && *most < *least) return scanner_.fail(position, "a quantifier in reverse order");
    made_ += fmt::format("{{{}", *least);
    if (counts.most) made_ += bounded ? fmt::format(",{}", *most) : ",";
    made_ += '}';
    return true;
  }

  // Escapes

  PieceKind backslash(std::size_t start) {
    const std::uint32_t letter = scanner_.peek();
    switch (letter) {
      case 'A':
      case 'Z':
      case 'z':
        scanner_.next();
        return append(fmt::format("\\{}", static_cast<char>(letter)), PieceKind::assertion);
      case 'b':
      case 'B':
        scanner_.next();
        return append(boundary(letter == 'b'), PieceKind::assertion);
      case 'G':
        return cannot(start, "\\G (where the last match ended), which has no translation,");
      case 'p':
      case 'P':
        scanner_.next();
        return append(property_class(scanner_, letter == 'P'), PieceKind::atom);
      case 'k':
        scanner_.next();
        return named_reference(start);
      default:
        break;
    }
    if (const std::string shorthand = shorthand_class(letter); !shorthand.empty()) {
      scanner_.next();
      return append(shorthand, PieceKind::atom);
    }
    if (letter >= '1' && letter <= '9') return numbered_reference(start);
    const auto literal = scanner_.character_escape();
    if (!literal) return PieceKind::fault;
    append_regex_literal(made_, *literal);
    return PieceKind::atom;
  }

  PieceKind named_reference(std::size_t start) {
    const bool angled = scanner_.take('<');
    if (!angled && !scanner_.take('\'')) return refuse(start, "a \\k without a name");
    const std::string name = scanner_.name();
    if (name.empty() || !scanner_.take(angled ? '>' : '\'')) {
      return refuse(start, "a \\k without a name");
    }
    return reference(start, name);
  }

  /// `\12` is a group where there are so many, else an octal escape.
  PieceKind numbered_reference(std::size_t start) {
    const std::size_t digits_start = scanner_.position();
    const std::string digits = scanner_.digits();
    if (groups_ == nullptr || digits.size() == 1 || !groups_->find(digits).empty()) {
      return reference(start, digits);
    }
    scanner_.move_to(digits_start);
    const auto literal = scanner_.character_escape();
    if (!literal) return PieceKind::fault;
    append_regex_literal(made_, *literal);
    return PieceKind::atom;
  }

  /// A group that is written more than once: the last of them that took part.
  PieceKind reference(std::size_t start, std::string_view name) {
    if (groups_ == nullptr) return append("(?:)", PieceKind::atom);
    const std::vector<std::uint32_t>& places = groups_->find(name);
    if (places.empty() || places.front() == 0) {
      return refuse(start, fmt::format("a reference to the group \"{}\", which does not exist,",
                                       shorten(name)));
    }
    std::string made = fmt::format("\\g{{{}}}", places.front());
    for (std::size_t i = 1; i < places.size(); ++i) {
      made = fmt::format("(?({0})\\g{{{0}}}|{1})", places[i], made);
    }
    return append(made, PieceKind::atom);
  }

  // Groups

  PieceKind group(ReadingOptions& options, int depth, std::size_t start) {
    if (depth == kMostNestedGroups) return cannot(start, "a group nested too deep");
    if (scanner_.peek() != '?' || scanner_.peek(1) == ')') {
      if (options.explicit_capture) return body("(?:", options, depth, start);
      return capture({}, options, depth, start);
    }
    for (const std::string_view opening : {"?:", "?=", "?!", "?>", "?<=", "?<!"}) {
      if (scanner_.take(opening)) return body(fmt::format("({}", opening), options, depth, start);
    }
    if (scanner_.take("?(")) return conditional(options, depth, start);
    if (scanner_.take("?<")) return named_group('>', options, depth, start);
    if (scanner_.take("?'")) return named_group('\'', options, depth, start);
    scanner_.take('?');
    return inline_options(options, depth, start);
  }

  PieceKind body(std::string_view opening, const ReadingOptions& options, int depth,
                 std::size_t start) {
    made_ += opening;
    if (!alternatives(options, depth + 1)) return PieceKind::fault;
    if (!scanner_.take(')')) return refuse(start, "a ( without its )");
    made_ += ')';
    return PieceKind::atom;
  }

  PieceKind capture(CaptureGroup group, const ReadingOptions& options, int depth,
                    std::size_t start) {
    captures_.push_back(std::move(group));
    return body("(", options, depth, start);
  }

  PieceKind named_group(char close, const ReadingOptions& options, int depth, std::size_t start) {
    const std::string name = scanner_.name();
    if (scanner_.peek() == '-') {
      return cannot(start, "a balancing group, which has no translation,");
    }
    if (name.empty() || !scanner_.take(close)) return refuse(start, "a group with a wrong name");
    CaptureGroup made;
    if (!is_regex_digit(static_cast<unsigned char>(name.front()))) {
      made.name = name;
    } else {
      const auto number = small_number(name);
      const bool digits_only = name.find_first_not_of("0123456789") == std::string::npos;
      if (!digits_only || !number || *number == 0) {
        return refuse(start, "a group with a wrong number");
      }
      made.number = *number;
    }
    return capture(std::move(made), options, depth, start);
  }

  /// `(?(1)yes|no)`, `(?(name)yes|no)`, else the condition is itself a pattern.
  PieceKind conditional(const ReadingOptions& options, int depth, std::size_t start) {
    const std::size_t condition = scanner_.position();
    const std::string name = scanner_.name();
    const bool number = !name.empty() && is_regex_digit(static_cast<unsigned char>(name.front()));
    if (!name.empty() && scanner_.take(')')) {
      if (groups_ == nullptr) return body("(?(?=)", options, depth, start);
      const std::vector<std::uint32_t>& places = groups_->find(name);
      if (places.size() > 1) {
        return cannot(start, "a condition on a group that is written twice");
      }
      if (!places.empty()) {
        return body(fmt::format("(?({})", places.front()), options, depth, start);
      }
    }
    if (number) return refuse(start, "a condition on a group that does not exist");
    scanner_.move_to(condition);
    return pattern_condition(options, depth, start);
  }

  PieceKind pattern_condition(const ReadingOptions& options, int depth, std::size_t start) {
    const bool angled = scanner_.peek() == '?' && scanner_.peek(1) == '<';
    const bool look_behind = scanner_.peek(2) == '=' || scanner_.peek(2) == '!';
    if ((angled && !look_behind) || (scanner_.peek() == '?' && scanner_.peek(1) == '\'')) {
      return refuse(start, "a condition that is a named group");
    }
    made_ += "(?(?=";
    ReadingOptions inner = options;
    const PieceKind done = scanner_.peek() == '?' ? group(inner, depth + 1, start)
                                                  : body("(?:", options, depth + 1, start);
    if (done == PieceKind::fault) return PieceKind::fault;
    return body(")", options, depth, start);
  }

  /// `(?i)` for the rest of the group, `(?i-s:...)` for what is inside.
  PieceKind inline_options(ReadingOptions& options, int depth, std::size_t start) {
    ReadingOptions changed = options;
    std::string on;
    std::string off;
    bool adding = true;
    while (scanner_.peek() != ')' && scanner_.peek() != ':') {
      std::uint32_t letter = scanner_.at_end() ? 0 : scanner_.next();
      if (letter >= 'A' && letter <= 'Z') letter += 'a' - 'A';
      if (letter == 'n') {
        changed.explicit_capture = adding;
      } else if (letter == 'x') {
        changed.ignore_blanks = adding;
      } else if (letter == 'i' || letter == 'm' || letter == 's') {
        (adding ? on : off) += static_cast<char>(letter);
      } else if (letter == '-' || letter == '+') {
        adding = letter == '+';
      } else {
        return refuse(start, "a grouping construct that .NET does not know");
      }
    }
    const std::string flags = off.empty() ? on : on + '-' + off;
    if (scanner_.take(':')) return body(fmt::format("(?{}:", flags), changed, depth, start);
    scanner_.take(')');
    options = changed;
    if (!flags.empty()) made_ += fmt::format("(?{})", flags);
    return PieceKind::nothing;
  }

  RegexScanner scanner_;
  const GroupTable* groups_;
  std::vector<CaptureGroup> captures_;
  std::string made_;
};

}  // namespace

tl::expected<TranslatedRegex, RegexRefusal> translate_regex(std::string_view pattern) {
  Translator first(pattern, nullptr);
  if (!first.run()) return tl::unexpected(first.refusal());
  TranslatedRegex translated{{}, GroupTable(first.captures())};
  Translator second(pattern, &translated.groups);
  if (!second.run()) return tl::unexpected(second.refusal());
  translated.pattern = second.take();
  return translated;
}

}  // namespace syncwright::expression
