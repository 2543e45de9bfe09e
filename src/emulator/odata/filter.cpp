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

Json with_letters(const Json& text, FilterNode::Letters letters) {
  if (!text.is_string() || letters == FilterNode::Letters::as_they_are) return text;
  const std::string& held = text.get_ref<const std::string&>();
  return letters == FilterNode::Letters::lower ? ascii::lower(held) : ascii::upper(held);
}

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
    return ++tests_ <= max_tests && read_test(node, depth);
  }

  bool read_test(FilterNode& node, int depth) {
    static constexpr std::array<std::pair<std::string_view, FilterOperation>, 3> functions{{
        {"startswith", FilterOperation::starts_with},
        {"endswith", FilterOperation::ends_with},
        {"contains", FilterOperation::contains},
    }};
    for (const auto& [name, operation] : functions) {
      if (!take_keyword(name)) continue;
      node.operation = operation;
      const bool read =
          take('(') && read_operand(node) && take(',') && read_literal(node) && take(')');
      return read && (!take_keyword("eq") || take_keyword("true"));
    }
    constexpr std::string_view any = "/any";
    const std::string_view word = peek_word();
    if (word.size() > any.size() && word.ends_with(any)) {
      if (!read_property(node.path)) return false;
      node.path.resize(node.path.size() - any.size());
      return read_any(node, depth);
    }
    return read_operand(node) && read_comparison(node);
  }

  /// `()` or `(t:...)`, the path of the list already read.
  bool read_any(FilterNode& node, int depth) {
    node.kind = FilterNode::Kind::any_item;
    if (!take('(')) return false;
    if (take(')')) return true;
    skip_blanks();
    std::size_t length = 0;
    while (length < rest_.size() && std::isalnum(static_cast<unsigned char>(rest_[length])) != 0)
      ++length;
    const std::string variable(rest_.substr(0, length));
    rest_.remove_prefix(length);
    if (variable.empty() || !take(':')) return false;
    const std::string outer = std::exchange(variable_, variable);
    FilterNode inner;
    const bool read = read_alternatives(inner, depth + 1) && take(')');
    variable_ = outer;
    node.children.push_back(std::move(inner));
    return read;
  }

  /// A property, or tolower(property) or toupper(property).
  bool read_operand(FilterNode& node) {
    node.letters = read_letters();
    if (node.letters == FilterNode::Letters::as_they_are) return read_property(node.path);
    return take('(') && read_property(node.path) && take(')');
  }

  FilterNode::Letters read_letters() {
    if (take_keyword("tolower")) return FilterNode::Letters::lower;
    return take_keyword("toupper") ? FilterNode::Letters::upper : FilterNode::Letters::as_they_are;
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

  /// Inside any() a path begins with the variable, which is left out.
  bool read_property(std::string& path) {
    const std::string_view word = peek_word();
    if (word.empty() || std::isalpha(static_cast<unsigned char>(word.front())) == 0) return false;
    rest_.remove_prefix(word.size());
    path = word;
    if (variable_.empty()) return true;
    const std::size_t slash = path.find('/');
    if (path.substr(0, slash) != variable_) return false;
    path = slash == std::string::npos ? "" : path.substr(slash + 1);
    return true;
  }

  bool read_literal(FilterNode& node) {
    const FilterNode::Letters letters = read_letters();
    const bool is_wrapped = letters != FilterNode::Letters::as_they_are;
    if (is_wrapped && !take('(')) return false;
    skip_blanks();
    Literal literal;
    if (!rest_.empty() && rest_.front() == '\'') {
      if (!read_string(literal)) return false;
      literal.value = with_letters(literal.value, letters);
    } else if (is_wrapped || !read_bare(literal)) {
      return false;
    }
    if (is_wrapped && !take(')')) return false;
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
    } else if (const std::optional<Instant> time = time_of(word)) {
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

  /// A day alone is its midnight.
  static std::optional<Instant> time_of(std::string_view word) {
    constexpr std::size_t letters_of_a_day = 10;
    return parse_rfc3339(word.size() == letters_of_a_day ? std::string(word) + "T00:00:00Z"
                                                         : std::string(word));
  }

  std::string_view rest_;
  std::string variable_;  // of the any() that is read; empty outside
  int tests_ = 0;
};

}  // namespace

std::optional<FilterNode> parse_filter(std::string_view text) {
  if (text.size() > longest_filter) return std::nullopt;
  return FilterParser(text).parse();
}

}  // namespace syncwright::emulator
