#include "emulator/odata/search.h"

#include <algorithm>
#include <utility>

#include "emulator/odata/filter.h"
#include "syncwright/core/ascii.h"

namespace syncwright::emulator {

namespace {

constexpr std::size_t longest_search = 8'000;
constexpr int max_search_depth = 20;
constexpr int max_clauses = 200;

class SearchParser {
 public:
  explicit SearchParser(std::string_view text) : rest_(text) {}

  std::optional<SearchNode> parse() {
    SearchNode root;
    if (!read_joined(root, 0, SearchNode::Kind::any_of)) return std::nullopt;
    skip_blanks();
    return rest_.empty() ? std::optional(std::move(root)) : std::nullopt;
  }

 private:
  void skip_blanks() {
    while (rest_.starts_with(' ')) rest_.remove_prefix(1);
  }

  bool take(std::string_view word) {
    skip_blanks();
    if (!rest_.starts_with(word)) return false;
    rest_.remove_prefix(word.size());
    return true;
  }

  /// AND binds closer than OR.
  bool read_joined(SearchNode& node, int depth, SearchNode::Kind kind) {
    if (depth > max_search_depth) return false;
    const bool is_or = kind == SearchNode::Kind::any_of;
    SearchNode joined;
    joined.kind = kind;
    do {
      SearchNode part;
      const bool read = is_or ? read_joined(part, depth + 1, SearchNode::Kind::all_of)
                              : read_term(part, depth + 1);
      if (!read) return false;
      joined.children.push_back(std::move(part));
    } while (take(is_or ? "OR" : "AND"));
    node = joined.children.size() == 1 ? std::move(joined.children.front()) : std::move(joined);
    return true;
  }

  bool read_term(SearchNode& node, int depth) {
    if (take("(")) return read_joined(node, depth + 1, SearchNode::Kind::any_of) && take(")");
    return ++clauses_ <= max_clauses && take("\"") && read_clause(node);
  }

  /// The opening quote is taken already.
  bool read_clause(SearchNode& node) {
    std::string text;
    std::size_t at = 0;
    while (at < rest_.size() && rest_[at] != '"') {
      if (rest_[at] == '\\' && ++at == rest_.size()) return false;
      text += rest_[at++];
    }
    const std::size_t colon = text.find(':');
    if (at == rest_.size() || colon == 0 || colon == std::string::npos) return false;
    rest_.remove_prefix(at + 1);
    node.property = text.substr(0, colon);
    node.text = ascii::trim(std::string_view(text).substr(colon + 1));
    return !node.text.empty();
  }

  std::string_view rest_;
  int clauses_ = 0;
};

enum class Sort { blank, digit, letter, symbol };

/// Bytes beyond ASCII are parts of letters.
Sort sort_of(char letter) {
  if (letter == ' ' || letter == '\t') return Sort::blank;
  if (ascii::is_digit(letter)) return Sort::digit;
  const bool is_beyond_ascii = (static_cast<unsigned char>(letter) & 0x80U) != 0;
  return ascii::is_letter(letter) || is_beyond_ascii ? Sort::letter : Sort::symbol;
}

bool is_capital(char letter) {
  return letter >= 'A' && letter <= 'Z';
}

/// Whether a word ends between the two letters.
bool is_cut_between(char left, char right) {
  const Sort before = sort_of(left);
  if (before != sort_of(right) || before == Sort::symbol) return true;
  return before == Sort::letter && left >= 'a' && left <= 'z' && is_capital(right);
}

std::vector<std::string> cut(std::string_view value) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at < value.size(); ++at) {
    if (at == 0 || is_cut_between(value[at - 1], value[at])) words.emplace_back();
    words.back() += ascii::lower(value[at]);
  }
  return words;
}

/// [G] docs/graph.md#4.2 says which words are cut and not whether a beginning of one suffices;
/// its example looks for "Guthr".
bool assumed_word_is_found_by_its_beginning(const std::string& word,
                                            const std::string& looked_for) {
  return word.starts_with(looked_for);
}

bool is_found_by_words(std::string_view value, std::string_view text) {
  const std::vector<std::string> held = search_words(value);
  std::vector<std::string> wanted = cut(text);
  std::erase_if(wanted,
                [](const std::string& word) { return sort_of(word.front()) == Sort::blank; });
  return std::all_of(wanted.begin(), wanted.end(), [&](const std::string& word) {
    return std::any_of(held.begin(), held.end(), [&](const std::string& one) {
      return assumed_word_is_found_by_its_beginning(one, word);
    });
  });
}

bool is_tokenized(std::string_view property) {
  return ascii::equal_ignoring_case(property, "displayName") ||
         ascii::equal_ignoring_case(property, "description");
}

bool is_found_by_clause(const SearchNode& clause, const Json& object) {
  const Json::const_iterator found = find_property(object, clause.property);
  if (found == object.end() || !found->is_string()) return false;
  const std::string& value = found->get_ref<const std::string&>();
  if (is_tokenized(clause.property)) return is_found_by_words(value, clause.text);
  return ascii::lower(value).starts_with(ascii::lower(clause.text));
}

void collect_properties(const SearchNode& search, std::vector<std::string>& properties) {
  if (search.kind == SearchNode::Kind::clause) properties.push_back(search.property);
  for (const SearchNode& child : search.children) collect_properties(child, properties);
}

}  // namespace

std::optional<SearchNode> parse_search(std::string_view text) {
  if (text.size() > longest_search) return std::nullopt;
  return SearchParser(text).parse();
}

std::vector<std::string> search_words(std::string_view value) {
  std::vector<std::string> words;
  std::string joined;  // of words since the last blank
  bool has_symbol = false;
  const auto finish = [&] {
    if (has_symbol && !joined.empty()) words.push_back(joined);
    joined.clear();
    has_symbol = false;
  };
  for (std::string& word : cut(value)) {
    if (sort_of(word.front()) == Sort::blank) {
      finish();
      continue;
    }
    if (sort_of(word.front()) == Sort::symbol) {
      has_symbol = true;
    } else {
      joined += word;
    }
    words.push_back(std::move(word));
  }
  finish();
  return words;
}

bool is_found(const SearchNode& search, const Json& object) {
  const auto finds = [&](const SearchNode& child) { return is_found(child, object); };
  switch (search.kind) {
    case SearchNode::Kind::all_of:
      return std::all_of(search.children.begin(), search.children.end(), finds);
    case SearchNode::Kind::any_of:
      return std::any_of(search.children.begin(), search.children.end(), finds);
    case SearchNode::Kind::clause:
      return is_found_by_clause(search, object);
  }
  return false;
}

std::vector<std::string> searched_properties(const SearchNode& search) {
  std::vector<std::string> properties;
  collect_properties(search, properties);
  return properties;
}

}  // namespace syncwright::emulator
