#include "markdown_comment.h"

#include <fmt/format.h>

#include <algorithm>

#include "change_words.h"

namespace syncwright::markdown {

namespace {

constexpr std::size_t kReserve = 500;  ///< bytes, for the sentence about what is left out

}  // namespace

bool Comment::fits(std::size_t bytes) const {
  return text_.size() + bytes + kReserve <= limit_;
}

void Comment::leave_out(std::size_t count, const std::string& what) {
  const auto known = std::find_if(left_out_.begin(), left_out_.end(),
                                  [&what](const auto& entry) { return entry.first == what; });
  if (known == left_out_.end()) {
    left_out_.emplace_back(what, count);
  } else {
    known->second += count;
  }
}

bool Comment::add(const std::string& part, std::size_t count, const std::string& what) {
  const bool is_told = fits(part.size());
  if (is_told) {
    text_ += part;
  } else {
    leave_out(count, what);
  }
  return is_told;
}

void Comment::add_table(const std::string& head, const std::vector<std::string>& rows,
                        const std::string& what) {
  if (rows.empty()) return;
  std::size_t told = 0;
  for (std::string part = head; told < rows.size(); ++told, part.clear()) {
    part += rows[told];
    if (!fits(part.size())) break;
    text_ += part;
  }
  if (told < rows.size()) leave_out(rows.size() - told, what);
}

std::string Comment::take(const std::string& elsewhere) {
  if (!left_out_.empty()) {
    std::string list;
    for (const auto& [what, count] : left_out_) {
      list += (list.empty() ? "" : ", ") + counted(count, what);
    }
    text_ += fmt::format("\nToo long for one comment, left out: {}. {}\n", list, elsewhere);
  }
  return std::move(text_);
}

}  // namespace syncwright::markdown
