#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <string>
#include <string_view>

#include "report/layout/text_layout.h"
#include "report/text/plan_sections.h"
#include "report/words/change_words.h"
#include "report/words/value_words.h"
#include "syncwright/report/escape.h"

namespace syncwright::report {

namespace {

using Fields = std::span<const schema::FieldChange* const>;

constexpr std::size_t kLongestPath = 44;  ///< longer paths do not push the values of others away
constexpr std::size_t kDeeper = 2;        ///< beneath an object mapping's name

bool is_unknown(const schema::FieldChange& field) {
  return bool_or(field.before, "unknown", false);
}

/// What a field does, as a sign of its own: beneath a change that makes something there is none.
char sign_of_field(const schema::FieldChange& field) {
  if (field.after.is_null()) return '-';
  if (is_unknown(field)) return '~';
  return field.before.is_null() ? '+' : '~';
}

/// "[city] → [extensionAttribute10]", or the one value there is.
std::string transition(const schema::FieldChange& field, const Style& style) {
  if (field.after.is_null()) return is_unknown(field) ? "" : value_words(field.before);
  if (field.before.is_null() || is_unknown(field)) return value_words(field.after);
  return fmt::format("{} {} {}", value_words(field.before), style.arrow(),
                     value_words(field.after));
}

/// "RULE/User->User" out of "RULE/User->User/title" and "RULE/User->User:enabled"; empty where the
/// path is of no object mapping.
std::string_view object_mapping_of(std::string_view path) {
  const std::size_t arrow = path.find("->");
  if (arrow == std::string_view::npos) return {};
  const std::size_t slash = path.find('/', arrow);
  return path.substr(0, slash != std::string_view::npos ? slash : path.rfind(':'));
}

std::size_t width_of(std::string_view text) {
  return display_width(escape_terminal(text));
}

/// The fields from the first on that stand beneath one name; 0: none do.
std::size_t count_beneath_one(Fields fields) {
  const std::string_view mapping = object_mapping_of(fields.front()->path.text());
  if (mapping.empty()) return 0;
  const auto end =
      std::find_if(fields.begin(), fields.end(), [mapping](const schema::FieldChange* field) {
        return object_mapping_of(field->path.text()) != mapping;
      });
  const bool is_long = std::any_of(fields.begin(), end, [](const schema::FieldChange* field) {
    return width_of(field->path.text()) > kLongestPath;
  });
  const auto count = static_cast<std::size_t>(end - fields.begin());
  return is_long && count > 1 ? count : 0;
}

/// What is left of a path beneath its object mapping: "title", ":enabled".
std::string_view below(std::string_view path, std::size_t mapping) {
  return path.substr(path[mapping] == '/' ? mapping + 1 : mapping);
}

/// The paths of some fields, without what stands above them already.
class Section {
 public:
  Section(Page& page, std::size_t indent, std::size_t above)
      : page_(page), indent_(indent), above_(above) {}

  void add(const schema::FieldChange& field) {
    fields_.push_back(&field);
    const std::size_t width = width_of(name_of(field));
    if (width <= kLongestPath) widest_ = std::max(widest_, width);
  }

  void append(const schema::FieldChange& field) const {
    const char sign = sign_of_field(field);
    const std::string name = escape_terminal(name_of(field));
    const std::string head = page_.paint(tone_of_sign(sign), std::string(1, sign)) + " " +
                             page_.paint(Tone::plain, name);
    const std::size_t width = 2 + display_width(name);
    const std::string words = transition(field, page_.style());
    const std::size_t begin = indent_ + std::max(2 + widest_, width) + 2;
    const auto limit = static_cast<std::size_t>(std::max(page_.style().width, 0));
    const bool fits = begin + display_width(words) <= limit;
    const bool replaces = !field.before.is_null() && !field.after.is_null() && !is_unknown(field);
    if (fits || (!replaces && display_width(name) <= kLongestPath)) {
      page_.entry(indent_, head, width, begin, words);
      return;
    }
    page_.entry(indent_, head, width, begin, "");
    if (!replaces) {
      page_.paragraph(indent_ + 4, words);
      return;
    }
    page_.entry(indent_ + 4, page_.paint(Tone::bad, "-"), 1, indent_ + 6,
                value_words(field.before));
    page_.entry(indent_ + 4, page_.paint(Tone::good, "+"), 1, indent_ + 6,
                value_words(field.after));
  }

  void append_all() const {
    for (const schema::FieldChange* field : fields_) append(*field);
  }

 private:
  [[nodiscard]] std::string_view name_of(const schema::FieldChange& field) const {
    const std::string_view path = field.path.text();
    return above_ == 0 ? path : below(path, above_);
  }

  Page& page_;
  std::size_t indent_;
  std::size_t above_;  ///< bytes of the object mapping's name, which stands above
  std::size_t widest_ = 0;
  std::vector<const schema::FieldChange*> fields_;
};

void append_beneath_one(Page& page, std::size_t indent, Fields fields) {
  const std::string_view mapping = object_mapping_of(fields.front()->path.text());
  page.entry(indent, escape_terminal(mapping), width_of(mapping), 0, "");
  Section section(page, indent + kDeeper, mapping.size());
  for (const schema::FieldChange* field : fields) section.add(*field);
  section.append_all();
}

}  // namespace

void append_fields(Page& page, std::size_t indent,
                   const std::vector<const schema::FieldChange*>& fields) {
  const Fields all(fields);
  Section others(page, indent, 0);
  for (std::size_t i = 0; i < all.size();) {
    const std::size_t count = count_beneath_one(all.subspan(i));
    if (count == 0) others.add(*all[i]);
    i += std::max<std::size_t>(count, 1);
  }
  for (std::size_t i = 0; i < all.size();) {
    const std::size_t count = count_beneath_one(all.subspan(i));
    if (count == 0) {
      others.append(*all[i++]);
    } else {
      append_beneath_one(page, indent, all.subspan(i, count));
      i += count;
    }
  }
}

}  // namespace syncwright::report
