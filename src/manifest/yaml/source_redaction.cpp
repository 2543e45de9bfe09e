#include "manifest/yaml/source_redaction.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include "manifest/yaml/yaml_cursor.h"
#include "syncwright/core/ascii.h"
#include "syncwright/core/environment.h"
#include "syncwright/core/text.h"
#include "syncwright/model/secret_keys.h"

/// A diagnostic shows its source line, and the line may hold a secret in clear text:
/// often it is the very fault. No tree can be asked, since the file may be no YAML at all, so this
/// is a small reader of what YAML's two styles have in common, which never fails. It knows what is
/// harmless (keys, well-formed references, values of keys that Graph shows) and hides the rest, to
/// the end of the line and over all deeper lines. Hiding too much costs a caret; hiding too little
/// prints a password into a pipeline's log (docs/architecture.md#decision-10).

namespace syncwright::manifest {
namespace {

/// Hides a value that starts on `line` at the byte `column` (both from 0) and goes on over all
/// lines that stand deeper than its key's.
void hide_value(std::vector<std::string>& lines, std::size_t key_line, std::size_t line,
                std::size_t column) {
  if (key_line >= lines.size() || line >= lines.size()) return;
  const std::size_t depth = depth_of(lines[key_line]);
  lines[line].resize(std::min(column, lines[line].size()));
  lines[line] += kHiddenText;
  for (std::size_t next = line + 1; next < lines.size(); ++next) {
    if (!is_blank_line(lines[next]) && depth_of(lines[next]) <= depth) return;
    lines[next].clear();
  }
}

/// What the keys of a mapping are.
enum class Level { credentials, values };

const std::vector<std::string>& masked_keys() {
  static const std::vector<std::string> keys = [] {
    std::vector<std::string> masked;
    for (const std::string& key : model::secret_keys()) {
      if (model::is_masked_secret_key(key)) masked.push_back(ascii::lower(key));
    }
    return masked;
  }();
  return keys;
}

bool is_clear_key(const std::string& key) {
  return model::is_secret_key(key) && !model::is_masked_secret_key(key);
}

std::string meant_setting(const std::string& key) {
  static const std::vector<std::string> settings{"revision", "validate", "values"};
  return nearest(key, settings);
}

/// Whether the text names a variable, as far as it shows: `${...}` may become a part of the name.
bool may_name_variable(const std::string& text) {
  std::string name;
  std::size_t read = 0;
  for (std::size_t at = text.find("${"); at != std::string::npos; at = text.find("${", read)) {
    const std::size_t end = text.find('}', at);
    if (end == std::string::npos) return false;
    name += text.substr(read, at - read) + "_";
    read = end + 1;
  }
  return is_environment_name(name + text.substr(read));
}

/// Reads from one place on. Every `read_...` returns false where something was hidden: the rest of
/// the line is gone then.
class CredentialsReader : private YamlCursor {
 public:
  CredentialsReader(std::vector<std::string>& lines, std::size_t line)
      : YamlCursor(lines, line), key_line_(line) {}

  /// `column`, a byte of the line: behind the colon of the key that the mapping or value belongs
  /// to.
  void read_credentials(std::size_t column) { read_below_or_behind(column, Level::credentials); }

  void read_masked(std::size_t column) {
    at_ = column;
    skip_blanks();
    if (peek() == '#') {
      hide_from(at_);  // to YAML a comment, and a secret to whoever did not quote it
    } else if (at_line_end()) {
      read_reference_below(depth_of(lines_[line_]));
    } else if (read_secret()) {
      hide_rest();
    }
  }

 private:
  void read_below_or_behind(std::size_t column, Level level) {
    at_ = column;
    skip_properties();
    if (at_line_end()) {
      read_block(depth_of(lines_[line_]), level);
    } else if (read_container(level)) {
      hide_rest();
    }
  }

  void read_block(std::size_t depth, Level level) {
    while (enter_line_below(depth)) {
      key_line_ = line_;
      const std::size_t start = at_;
      if (peek() == '{') {
        if (read_flow(level)) hide_rest();
        continue;
      }
      const std::optional<std::string> key = read_key();
      if (!key) {
        hide_from(start);
        continue;
      }
      read_entry(*key, level);
    }
  }

  void read_entry(const std::string& key, Level level) {
    const std::string setting = level == Level::credentials ? meant_setting(key) : std::string();
    if (setting == "values") {
      read_below_or_behind(at_, Level::values);
    } else if (setting.empty() && !is_clear_key(key)) {
      read_masked(at_);
    } else {
      skip_blanks();
      if (peek() == '{') read_masked(at_);
    }
  }

  bool read_container(Level level) {
    skip_properties();
    if (peek() == '*') return read_plain("*");
    if (peek() == '{') return read_flow(level);
    const std::string rest = lines_[line_].substr(at_);
    if (rest != "null" && rest != "~") return hide_from(at_);
    at_ = lines_[line_].size();
    return true;
  }

  bool read_flow(Level level) {
    ++at_;
    while (true) {
      skip_to_text();
      if (is_at_end() || take('}')) return true;
      if (take(',')) continue;
      const std::size_t start = at_;
      const std::optional<std::string> key = read_key();
      if (!key) return hide_from(start);
      skip_to_text();
      if (!read_flow_value(*key, level)) return false;
    }
  }

  bool read_flow_value(const std::string& key, Level level) {
    const std::string setting = level == Level::credentials ? meant_setting(key) : std::string();
    if (setting == "values") return read_container(Level::values);
    if (peek() == '}' || peek() == ',') return true;
    const bool is_clear = !setting.empty() || is_clear_key(key);
    return is_clear && peek() != '{' ? read_plain() : read_secret();
  }

  /// A reference or an alias.
  bool read_secret() {
    if (peek() == '*') return read_plain("*");
    if (peek() != '{') return hide_from(at_);
    const std::size_t line = line_;
    const std::size_t start = at_++;
    skip_to_text();
    if (is_at_end() || take('}')) return true;
    const std::optional<std::string> place = read_key();
    if (!place || !is_place(*place)) return hide_from(line, start);
    skip_to_text();
    if (peek() != '}' && !read_place(*place)) return false;
    skip_to_text();
    return is_at_end() || take('}') || hide_from(line, start);
  }

  /// One of the three forms on the lines below its key.
  void read_reference_below(std::size_t depth) {
    bool is_first = true;
    while (enter_line_below(depth)) {
      const std::size_t start = at_;
      if (is_first && peek() == '{') {
        if (read_secret()) hide_rest();
      } else {
        const std::optional<std::string> place = is_first ? read_key() : std::nullopt;
        if (!place || !is_place(*place)) {
          hide_from(start);
        } else {
          skip_blanks();
          if (peek() == '#') {
            hide_from(at_);
          } else if (at_line_end() && *place == "command") {
            read_arguments_below(start);
          } else if (!at_line_end() && read_place(*place)) {
            hide_rest();
          }
        }
      }
      is_first = false;
    }
  }

  /// The list of a command, which may stand as deep as its key.
  void read_arguments_below(std::size_t depth) {
    while (enter_line_below(depth == 0 ? 0 : depth - 1)) {
      if (peek() == '-') continue;
      hide_from(at_);
      return;
    }
  }

  bool read_place(const std::string& place) {
    const std::size_t start = at_;
    if (place == "command") return read_list();
    if (place == "file") return read_plain();
    std::string name;
    if (!read_text(name) || !may_name_variable(name)) return hide_from(start);
    // Behind a name without quotes, `#` without a blank belongs to it.
    return peek() != '#' || lines_[line_][at_ - 1] == ' ' || hide_from(start);
  }

  bool read_list() {
    if (peek() != '[') return hide_from(at_);
    ++at_;
    while (true) {
      skip_to_text();
      if (is_at_end() || take(']')) return true;
      if (take(',')) continue;
      if (peek() == '[' || peek() == '{') return hide_from(at_);
      if (!read_plain()) return false;
    }
  }

  /// A scalar that may be shown.
  bool read_plain(std::string_view prefix = {}) {
    const std::size_t start = at_;
    at_ += prefix.size();
    std::string text;
    return read_text(text) || hide_from(start);
  }

  /// Behind a whole value only a comment may follow.
  void hide_rest() {
    const std::size_t end = at_;
    skip_blanks();
    if (peek() == '#' && at_ == end && lines_[line_][at_ - 1] != ' ') hide_from(at_);
    if (!at_line_end() && peek() != '}' && peek() != ',' && peek() != ']') hide_from(at_);
  }

  bool hide_from(std::size_t column) { return hide_from(line_, column); }

  bool hide_from(std::size_t line, std::size_t column) {
    hide_value(lines_, std::min(key_line_, line), line, column);
    line_ = line;
    at_ = lines_[line].size();
    return false;
  }

  static bool is_place(const std::string& key) {
    return key == "env" || key == "file" || key == "command";
  }

  std::size_t key_line_;
};

/// Column behind the colon of a key that ends at `end`, npos where it is none.
std::size_t behind_colon(const std::string& line, std::size_t end) {
  if (end < line.size() && (line[end] == '"' || line[end] == '\'')) ++end;
  const std::size_t colon = line.find_first_not_of(" \t", end);
  return colon != std::string::npos && line[colon] == ':' ? colon + 1 : std::string::npos;
}

bool means_credentials(const std::string& word) {
  static const std::vector<std::string> meant{"credentials"};
  return !nearest(word, meant).empty();
}

/// Reads below the keys of the line that mean credentials.
void hide_below_credentials(std::vector<std::string>& lines, std::size_t line) {
  for (std::size_t at = 0; at < lines[line].size();) {
    if (!is_word_letter(lines[line][at])) {
      ++at;
      continue;
    }
    const std::size_t start = at;
    while (at < lines[line].size() && is_word_letter(lines[line][at])) ++at;
    const std::size_t value = behind_colon(lines[line], at);
    if (value == std::string::npos || !means_credentials(lines[line].substr(start, at - start))) {
      continue;
    }
    CredentialsReader(lines, line).read_credentials(value);
  }
}

void hide_behind_masked_keys(std::vector<std::string>& lines, std::size_t line) {
  const std::string lower =
      ascii::lower(lines[line]);  // of what gets hidden nothing is found again
  for (const std::string& key : masked_keys()) {
    for (std::size_t at = lower.find(key); at != std::string::npos; at = lower.find(key, at + 1)) {
      const std::size_t value = behind_colon(lines[line], at + key.size());
      if (value != std::string::npos) CredentialsReader(lines, line).read_masked(value);
    }
  }
}

/// Hides whatever may be a secret below a key that is `credentials`, also misspelt, and behind keys
/// that Graph masks, in any case, wherever they stand. The text may be no YAML at all: what is
/// shown is what is surely no secret, a key, a well-formed reference or the value of a clear key.
void hide_credentials(std::vector<std::string>& lines) {
  for (std::size_t line = 0; line < lines.size(); ++line) {
    if (is_blank_line(lines[line])) continue;
    hide_below_credentials(lines, line);
    hide_behind_masked_keys(lines, line);
  }
}

}  // namespace

std::string redact(std::string_view text, const std::vector<HiddenValue>& hidden) {
  std::vector<std::string> lines = split_lines(text);
  for (const HiddenValue& value : hidden) {
    if (value.key_line < 1 || value.value.line < 1 || value.value.column < 1) continue;
    const auto line = static_cast<std::size_t>(value.value.line - 1);
    if (line >= lines.size()) continue;
    hide_value(lines, static_cast<std::size_t>(value.key_line - 1), line,
               byte_in_line(lines[line], value.value.column));
  }
  hide_credentials(lines);
  std::string result;
  for (const std::string& line : lines) result += line + '\n';
  result.pop_back();
  return result;
}

}  // namespace syncwright::manifest
