#include "expression/regex/regex_replacement.h"

#include <algorithm>

namespace syncwright::expression {

namespace {

using PartKind = ReplacementPart::Kind;

class ReplacementReader {
 public:
  ReplacementReader(std::string_view text, const GroupTable& groups)
      : rest_(text), groups_(groups) {}

  std::vector<ReplacementPart> run() {
    while (!rest_.empty()) {
      const std::size_t dollar = std::min(rest_.find('$'), rest_.size());
      literal(dollar);
      if (!rest_.empty() && !substitution()) literal(1);
    }
    return std::move(parts_);
  }

 private:
  void literal(std::size_t length) {
    if (length == 0) return;
    if (parts_.empty() || parts_.back().kind != PartKind::literal) parts_.emplace_back();
    parts_.back().text += rest_.substr(0, length);
    rest_.remove_prefix(length);
  }

  bool substitution() {
    const std::string_view behind = rest_.substr(1);
    if (behind.empty()) return false;
    switch (behind.front()) {
      case '$':
        rest_.remove_prefix(1);
        literal(1);
        return true;
      case '&':
        return group(2, groups_.find("0"));
      case '+':
        return group(2, groups_.last());
      case '`':
        return portion(PartKind::left);
      case '\'':
        return portion(PartKind::right);
      case '_':
        return portion(PartKind::whole);
      case '{':
        return take_braces(behind.substr(1));
      default:
        break;
    }
    const std::size_t digits = std::min(behind.find_first_not_of("0123456789"), behind.size());
    return group(1 + digits, groups_.find(behind.substr(0, digits)));
  }

  bool take_braces(std::string_view inside) {
    const std::size_t close = inside.find('}');
    if (close == std::string_view::npos) return false;
    return group(close + 3, groups_.find(inside.substr(0, close)));
  }

  bool portion(PartKind kind) {
    parts_.push_back({kind, {}, {}});
    rest_.remove_prefix(2);
    return true;
  }

  bool group(std::size_t length, const std::vector<std::uint32_t>& places) {
    if (places.empty()) return false;
    parts_.push_back({PartKind::group, {}, places});
    rest_.remove_prefix(length);
    return true;
  }

  std::string_view rest_;
  const GroupTable& groups_;
  std::vector<ReplacementPart> parts_;
};

}  // namespace

std::vector<ReplacementPart> read_replacement(std::string_view text, const GroupTable& groups) {
  return ReplacementReader(text, groups).run();
}

}  // namespace syncwright::expression
