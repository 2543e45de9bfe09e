#include "syncwright/schema/schema_file.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "schema/json_text.h"

namespace syncwright::schema {

namespace {

constexpr std::string_view kBlanks = " \t\r\n";
constexpr std::string_view kContext = "@odata.context\"";
constexpr std::size_t kIndent = 2;

/// Reads valid JSON token by token, and breaks the lines between its members and elements.
class SchemaFileWriter {
 public:
  explicit SchemaFileWriter(std::string_view json) : json_(json) {}

  std::string write() && {
    while (skip_blanks(), at_ < json_.size()) take();
    return std::move(text_) + "\n";
  }

 private:
  void take() {
    switch (json_[at_]) {
      case '{':
      case '[':
        start_item();
        text_ += json_[at_++];
        ++depth_;
        return;
      case '}':
      case ']':
        end_container();
        return;
      case ',':
        has_comma_ = true;
        ++at_;
        return;
      case ':':
        text_ += ": ";
        is_member_value_ = true;
        ++at_;
        return;
      default:
        if (!skip_context()) take_scalar();
    }
  }

  /// A value behind its name stays on the line.
  void start_item() {
    if (!is_member_value_ && depth_ > 0) {
      if (has_comma_) text_ += ',';
      break_line();
    }
    has_comma_ = is_member_value_ = false;
  }

  void end_container() {
    --depth_;
    has_comma_ = false;
    if (text_.back() != '{' && text_.back() != '[') break_line();
    text_ += json_[at_++];
  }

  void take_scalar() {
    start_item();
    const std::size_t end = end_of_scalar();
    text_ += json_.substr(at_, end - at_);
    at_ = end;
  }

  /// The member with its name, its text and the comma behind it.
  bool skip_context() {
    const std::size_t start = at_;
    if (is_member_value_ || !skip_text(kContext) || !skip(':') || !skip_text("\"")) {
      at_ = start;
      return false;
    }
    skip(',');
    return true;
  }

  bool skip_text(std::string_view end) {
    skip_blanks();
    if (json_[at_] != '"') return false;
    const std::size_t behind = end_of_scalar();
    if (!json_.substr(at_, behind - at_).ends_with(end)) return false;
    at_ = behind;
    return true;
  }

  bool skip(char sign) {
    skip_blanks();
    const bool found = at_ < json_.size() && json_[at_] == sign;
    if (found) ++at_;
    return found;
  }

  void skip_blanks() { at_ = std::min(json_.find_first_not_of(kBlanks, at_), json_.size()); }

  [[nodiscard]] std::size_t end_of_scalar() const { return end_of_value(json_, at_, json_.size()); }

  void break_line() { text_.append("\n").append(depth_ * kIndent, ' '); }

  std::string_view json_;
  std::size_t at_ = 0;
  std::string text_;
  std::size_t depth_ = 0;
  bool has_comma_ = false;        ///< read, to be written where another item follows
  bool is_member_value_ = false;  ///< what follows stands behind its name
};

}  // namespace

std::string schema_file_text(std::string_view json) {
  return SchemaFileWriter(json).write();
}

}  // namespace syncwright::schema
