#include "emulator/odata/filter.h"

#include <array>
#include <cctype>
#include <utility>

#include "emulator/exchange.h"
#include "syncwright/core/ascii.h"

namespace syncwright::emulator {

namespace {

constexpr std::size_t longest_filter = 8'000;
constexpr int max_depth = 20;
constexpr int max_tests = 200;

/// Recursive descent over the text; every `read_...` returns false where the text is not what it
/// reads, which fails the whole filter.
class FilterParser {
 public:
  explicit FilterParser(std::string_view text) : rest_(text) {}

  std::optional<FilterNode> parse() {
    FilterNode root;
    if (!read_alternatives(root, 0)) return std::nullopt;
    skip_blanks();
    return rest_.empty() ? std::optional(std::move(root)) : std::nullopt;
  }

 private:
  void skip_blanks() {
    while (!rest_.empty() && (rest_.front() == ' ' || rest_.front() == '\t'))
      rest_.remove_prefix(1);
  }

  bool take(char letter) {
    skip_blanks();
    if (rest_.empty() || rest_.front() != letter) return false;
    rest_.remove_prefix(1);
    return true;
  }

  static bool is_word(char letter) {
    return std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '_' ||
           letter == '/' || letter == '.' || letter == '-' || letter == ':' || letter == '@';
  }

  std::string_view peek_word() {
    skip_blanks();
    std::size_t length = 0;
    while (length < rest_.size() && is_word(rest_[length])) ++length;
    return rest_.substr(0, length);
  }

  bool take_keyword(std::string_view word) {
    if (!ascii::equal_ignoring_case(peek_word(), word)) return false;
    rest_.remove_prefix(word.size());
    return true;
  }

  bool read_alternatives(FilterNode& node, int depth) {
    return read_joined(node, depth, "or", FilterNode::Kind::any_of);
  }

  bool read_joined(FilterNode& node, int depth, std::string_view word, FilterNode::Kind kind) {
    if (depth > max_depth) return false;
    FilterNode joined;
    joined.kind = kind;
    do {
      FilterNode part;
      const bool read = kind == FilterNode::Kind::any_of
                            ? read_joined(part, depth + 1, "and", FilterNode::Kind::all_of)
                            : read_term(part, depth + 1);
      if (!read) return false;
      joined.children.push_back(std::move(part));
    } while (take_keyword(word));
    node = joined.children.size() == 1 ? std::move(joined.children.front()) : std::move(joined);
    return true;
  }

  bool read_term(FilterNode& node, int depth) {
    if (take_keyword("not")) {
      FilterNode inner;
      if (depth > max_depth || !read_term(inner, depth + 1)) return false;
      node.kind = FilterNode::Kind::negation;
      node.children.push_back(std::move(inner));
      return true;
    }
    if (take('(')) return read_alternatives(node, depth + 1) && take(')');
    return ++tests_ <= max_tests && read_test(node);
  }

  bool read_test(FilterNode& node) {
    static constexpr std::array<std::pair<std::string_view, FilterOperation>, 3> functions{{
        {"startswith", FilterOperation::starts_with},
        {"endswith", FilterOperation::ends_with},
        {"contains", FilterOperation::contains},
    }};
    for (const auto& [name, operation] : functions) {
      if (!take_keyword(name)) continue;
      node.operation = operation;
      return take('(') && read_path(node.path) && take(',') && read_literal(node) && take(')');
    }
    if (!read_path(node.path)) return false;
    constexpr std::string_view any = "/any";
    if (node.path.size() > any.size() && node.path.ends_with(any)) {
      node.path.resize(node.path.size() - any.size());
      return read_any(node);
    }
    return read_comparison(node);
  }

  /// `(t:t eq 'x')` or `(t:t/id eq 'x')`, the path already read. The word before `eq` is "t:t".
  bool read_any(FilterNode& node) {
    if (!take('(')) return false;
    const std::string word(peek_word());
    rest_.remove_prefix(word.size());
    const std::size_t colon = word.find(':');
    if (colon == std::string::npos) return false;
    std::string variable = word.substr(0, colon);
    std::string used = word.substr(colon + 1);
    if (used.empty() && !read_path(used)) return false;
    const std::size_t slash = used.find('/');
    if (slash != std::string::npos) node.member = used.substr(slash + 1);
    const bool is_variable = used.substr(0, slash) == variable;
    if (!is_variable || !take_keyword("eq") || !read_literal(node)) return false;
    node.operation = FilterOperation::any;
    return take(')');
  }

  bool read_comparison(FilterNode& node) {
    static constexpr std::array<std::string_view, 4> orderings{"gt", "ge", "lt", "le"};
    if (take_keyword("in")) {
      node.operation = FilterOperation::in;
      if (!take('(')) return false;
      do {
        if (!read_literal(node)) return false;
      } while (take(','));
      return take(')');
    }
    if (take_keyword("eq")) {
      node.operation = FilterOperation::eq;
      return read_literal(node);
    }
    if (take_keyword("ne")) {
      node.operation = FilterOperation::ne;
      return read_literal(node);
    }
    for (const std::string_view ordering : orderings) {
      if (!take_keyword(ordering)) continue;
      node.operation = FilterOperation::ordering;
      node.comparison = ordering;
      return read_literal(node);
    }
    return false;
  }

  bool read_path(std::string& path) {
    const std::string_view word = peek_word();
    if (word.empty() || std::isalpha(static_cast<unsigned char>(word.front())) == 0) return false;
    path = word;
    rest_.remove_prefix(word.size());
    return true;
  }

  bool read_literal(FilterNode& node) {
    skip_blanks();
    Literal literal;
    if (!rest_.empty() && rest_.front() == '\'') {
      if (!read_string(literal)) return false;
    } else if (!read_bare(literal)) {
      return false;
    }
    node.literals.push_back(std::move(literal));
    return node.literals.size() <= max_tests;
  }

  bool read_string(Literal& literal) {
    std::string text;
    for (std::size_t at = 1; at < rest_.size(); ++at) {
      if (rest_[at] == '\'') {
        if (at + 1 >= rest_.size() || rest_[at + 1] != '\'') {
          literal.value = std::move(text);
          rest_.remove_prefix(at + 1);
          return true;
        }
        ++at;
      }
      text += rest_[at];
    }
    return false;
  }

  bool read_bare(Literal& literal) {
    const std::string_view word = peek_word();
    if (word.empty()) return false;
    if (ascii::equal_ignoring_case(word, "true") || ascii::equal_ignoring_case(word, "false")) {
      literal.value = ascii::equal_ignoring_case(word, "true");
    } else if (ascii::equal_ignoring_case(word, "null")) {
      literal.value = nullptr;
    } else if (const std::optional<Instant> time = parse_rfc3339(word)) {
      literal.value = std::string(word);
      literal.time = time;
    } else if (Json number = Json::parse(word, nullptr, false); number.is_number()) {
      literal.value = std::move(number);
    } else if (word.size() == 36) {
      literal.value = std::string(word);  // a Guid may stand without quotes
    } else {
      return false;
    }
    rest_.remove_prefix(word.size());
    return true;
  }

  std::string_view rest_;
  int tests_ = 0;
};

void check_test(const FilterNode& test, std::span<const FilterRule> rules, FilterSupport& verdict,
                std::string& offending) {
  FilterSupport own = FilterSupport::unsupported;
  const std::string path = test.member.empty() ? test.path : test.path + "/" + test.member;
  for (const FilterRule& rule : rules) {
    if (!ascii::equal_ignoring_case(rule.path, path)) continue;
    if ((rule.basic & bit(test.operation)) != 0) {
      own = FilterSupport::supported;
    } else if ((rule.advanced & bit(test.operation)) != 0) {
      own = FilterSupport::needs_consistency_level;
    }
  }
  if (own > verdict) {
    verdict = own;
    offending = path;
  }
}

}  // namespace

std::optional<FilterNode> parse_filter(std::string_view text) {
  if (text.size() > longest_filter) return std::nullopt;
  return FilterParser(text).parse();
}

FilterSupport check_filter(const FilterNode& filter, std::span<const FilterRule> rules,
                           std::string& offending) {
  FilterSupport verdict = FilterSupport::supported;
  switch (filter.kind) {
    case FilterNode::Kind::test:
      check_test(filter, rules, verdict, offending);
      return verdict;
    case FilterNode::Kind::negation:
      verdict = FilterSupport::needs_consistency_level;
      offending = "not";
      break;
    case FilterNode::Kind::all_of:
    case FilterNode::Kind::any_of:
      break;
  }
  for (const FilterNode& child : filter.children) {
    std::string property;
    const FilterSupport own = check_filter(child, rules, property);
    if (own > verdict) {
      verdict = own;
      offending = std::move(property);
    }
  }
  return verdict;
}

}  // namespace syncwright::emulator
