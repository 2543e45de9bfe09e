#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace syncwright::report::markdown {

/// Bytes. GitHub refuses a comment of more than 65536 characters.
inline constexpr std::size_t kCommentLimit = 60'000;

/// Foreign text that formats nothing: every character with a meaning in GitHub's Markdown, HTML, a
/// mention or an issue's number becomes an entity. On one line.
[[nodiscard]] std::string text(std::string_view foreign);

/// In backquotes where it can be, else as text().
[[nodiscard]] std::string code(std::string_view foreign);

/// "| a | b |" of cells that are Markdown already.
[[nodiscard]] std::string row(const std::vector<std::string>& cells);
/// A heading row and the line under it.
[[nodiscard]] std::string heading_row(const std::vector<std::string>& cells);

/// How many of what is left out: {"application", 3}.
using LeftOut = std::vector<std::pair<std::string, std::size_t>>;

/// One length of a part of a document, and what it leaves out.
struct Version {
  std::string text;
  LeftOut left_out;
};

/// A part in several lengths, the longest first, the last one with no more than has to be known.
struct Part {
  std::vector<Version> versions;
  LeftOut whole;  ///< what is left out where not even the last one fits
};

/// A document of at most so many bytes: parts in order, each whole, shortened or left out, tables
/// as many rows as fit. What is left out is counted at the end.
class Comment {
 public:
  /// `head` is there whatever the limit.
  Comment(std::string head, std::size_t limit) : text_(std::move(head)), limit_(limit) {}

  /// Keeps so many bytes for what comes later; 0 gives them back.
  void reserve(std::size_t bytes) { reserved_ = bytes; }
  [[nodiscard]] std::size_t size() const { return text_.size(); }

  /// Where it does not fit it counts as `count` of `what` ("application").
  void add(const std::string& text, std::size_t count, const std::string& what);
  /// Every part gets room for its shortest version first; the room that is left goes to longer
  /// versions, in the order of the parts. So no part is long at the cost of another that is
  /// missing.
  void add_parts(const std::vector<Part>& parts);
  /// `head` with the rows that fit; the others count as `what` ("job"). No rows: nothing.
  void add_table(const std::string& head, const std::vector<std::string>& rows,
                 const std::string& what);

  /// The document; where something is left out, with a sentence that ends with `elsewhere`.
  [[nodiscard]] std::string take(const std::string& elsewhere);

 private:
  [[nodiscard]] bool fits(std::size_t bytes) const;
  void leave_out(const LeftOut& what);

  std::string text_;
  std::size_t limit_;
  std::size_t reserved_ = 0;
  LeftOut left_out_;
};

}  // namespace syncwright::report::markdown
