#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace syncwright::markdown {

/// A document of at most so many bytes: parts in order, each whole or left out, tables as many rows
/// as fit. What is left out is counted, and told at the end.
class Comment {
 public:
  /// `head` is told whatever the limit.
  Comment(std::string head, std::size_t limit) : text_(std::move(head)), limit_(limit) {}

  /// False where the part is left out; it then counts as `count` of `what` ("application").
  bool add(const std::string& part, std::size_t count, const std::string& what);
  /// `head` with the rows that fit; the others count as `what` ("job"). No rows: nothing.
  void add_table(const std::string& head, const std::vector<std::string>& rows,
                 const std::string& what);

  /// The document; where something is left out, with a sentence that ends with `elsewhere`.
  [[nodiscard]] std::string take(const std::string& elsewhere);

 private:
  [[nodiscard]] bool fits(std::size_t bytes) const;
  void leave_out(std::size_t count, const std::string& what);

  std::string text_;
  std::size_t limit_;
  std::vector<std::pair<std::string, std::size_t>> left_out_;
};

}  // namespace syncwright::markdown
